import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { repairs, type Repair } from '../validation/repairs.js';
import { quotedList } from '../words.js';

const TARGETS: readonly (readonly [string, string])[] = [
  ['', 'Service'],
  ['core', 'Service'],
  ['networking.istio.io', 'ServiceEntry'],
  ['gateway.networking.k8s.io', 'Gateway'],
  ['gateway.networking.k8s.io', 'GatewayClass'],
];

export const invalidTarget = defineRule({
  id: 'istio/invalid-target',
  title: 'Policy targets a kind that no policy can target',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'targetRefs name what a waypoint or a gateway serves: a Service, a ServiceEntry, a Gateway of the Gateway API or a GatewayClass, each with its group. Pods and Deployments are selected by labels.',
  remedy: 'Target one of these, with its group, or use a selector.',
  example: {
    bad: `
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: cart, namespace: shop }
spec:
  targetRefs: [{ group: apps, kind: Deployment, name: cart }]
  accessLogging: [{ disabled: true }]
`,
    good: `
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: cart, namespace: shop }
spec:
  targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: waypoint }]
  accessLogging: [{ disabled: true }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec:
  gatewayClassName: istio-waypoint
  listeners: [{ name: mesh, port: 15008, protocol: HBONE }]
`,
  },

  mentions: ['targetRef'],
  kinds: ['AuthorizationPolicy', 'RequestAuthentication', 'Telemetry', 'WasmPlugin', 'TrafficExtension'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    for (const target of [...root.list('spec.targetRef'), ...root.list('spec.targetRefs.*')]) {
      const at = target.get('kind');
      const kind = at?.text();
      const group = target.has('group') ? target.text('group') : '';
      if (!at || kind === undefined || group === undefined || (target.type === 'map' && target.partial)) continue;
      if (TARGETS.some(([g, k]) => g === group && k === kind)) continue;
      const groups = TARGETS.filter(([, k]) => k === kind).map(([g]) => g);
      const wanted = groups[0] === '' ? 'the core group, which is empty' : `group ${quotedList(groups)}`;
      yield groups.length > 0
        ? {
            at: target.has('group') ? target.get('group')! : at,
            message: `A ${kind} that a policy can target is in ${wanted}.`,
            data: target.has('group')
              ? { write: groups[0]! }
              : ({ set: 'group', value: groups[0] === '' ? '""' : groups[0]!, of: 'kind' } satisfies Repair),
          }
        : { at, message: `No policy can target a ${kind}.`, ...correction(kind) };
    }
  },

  fix: repairs,
});

function correction(kind: string): { readonly data?: Repair } {
  const near = nearest(kind, new Set(TARGETS.map((it) => it[1])));
  return near === undefined ? {} : { data: { write: near } };
}
