import { defineRule } from '../../../rules/rule.js';
import type { Resource } from '../../../model/resource.js';
import type { YamlNode } from '../../../yaml/node.js';

/** Conditions that tell whether Istio took a resource, by kind. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  Service: ['istio.io/WaypointBound'],
  ServiceEntry: ['istio.io/WaypointBound'],
  WorkloadEntry: ['istio.io/WaypointBound'],
  AuthorizationPolicy: ['ZtunnelAccepted', 'WaypointAccepted'],
  Gateway: ['Accepted', 'Programmed', 'ResolvedRefs'],
  HTTPRoute: ['Accepted', 'Programmed', 'ResolvedRefs'],
  GRPCRoute: ['Accepted', 'Programmed', 'ResolvedRefs'],
};

export const negativeCondition = defineRule({
  id: 'istio/negative-condition',
  title: 'Status of an exported resource says that Istio refused it',
  severity: 'warning',
  category: 'semantics',
  peers: ['IST0171'],
  effect: 'It was not in force when this was exported.',
  why: 'Controllers write into the status of a resource whether they could use it. A condition that is False says that they could not, and why.',
  remedy: 'Look at reason and message of the condition.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec: { hosts: [api.example.com], ports: [{ name: https, number: 443, protocol: TLS }], resolution: DNS }
status:
  conditions: [{ type: istio.io/WaypointBound, status: "False", reason: WaypointIsNotReady }]
`,
    good: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec: { hosts: [api.example.com], ports: [{ name: https, number: 443, protocol: TLS }], resolution: DNS }
status:
  conditions: [{ type: istio.io/WaypointBound, status: "True", reason: WaypointAccepted }]
`,
  },

  mentions: ['conditions'],
  kinds: [
    'Service',
    'ServiceEntry',
    'WorkloadEntry',
    'AuthorizationPolicy',
    'gateway.networking.k8s.io/Gateway',
    'gateway.networking.k8s.io/HTTPRoute',
    'gateway.networking.k8s.io/GRPCRoute',
  ],
  reads: {},

  *check({ resource }) {
    for (const condition of conditionsOf(resource)) {
      const type = condition.text('type') ?? '';
      if (!TYPES[resource.kind]?.includes(type)) continue;
      const reason = condition.text('reason');
      const isNegative = condition.text('status') === 'False';
      if (!isNegative && !(type === 'WaypointAccepted' && reason === 'PartiallyInvalid')) continue;
      yield {
        at: condition.get(isNegative ? 'status' : 'reason')!,
        message: `Condition "${type}" is ${isNegative ? 'False' : 'only partly true'}${reason === undefined ? '' : `: ${reason.slice(0, 60)}`}.`,
      };
    }
  },
});

function conditionsOf({ root }: Resource): readonly YamlNode[] {
  return [...root.list('status.conditions.*'), ...root.list('status.parents.*.conditions.*')];
}
