import { displayName, namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { controllerOfClass, gatewaysNamed } from '../../gateway-api/lookups.js';

/** Whose kinds they are, and how names of its controllers begin. */
const OWNERS: Readonly<Record<string, { readonly name: string; readonly controllers: RegExp }>> = {
  'security.istio.io': { name: 'Istio', controllers: /istio\.io\// },
  'telemetry.istio.io': { name: 'Istio', controllers: /istio\.io\// },
  'extensions.istio.io': { name: 'Istio', controllers: /istio\.io\// },
  'policy.linkerd.io': { name: 'Linkerd', controllers: /linkerd\.io\// },
};

export const targetOfAnotherController = defineRule({
  id: 'mesh/target-of-another-controller',
  title: 'Policy on a Gateway that another system carries out',
  severity: 'warning',
  category: 'pitfall',
  effect: 'It is not enforced.',
  why: 'A Gateway is carried out by the controller of its class. A policy of a mesh that targets a Gateway of somebody else is accepted, and nobody enforces it.',
  remedy: "Write the policy in the kinds of the Gateway's own controller, or give the Gateway a class of this mesh.",
  example: { bad: example('io.cilium/gateway-controller'), good: example('istio.io/gateway-controller') },

  mentions: ['targetRef'],
  kinds: [
    'security.istio.io/AuthorizationPolicy',
    'security.istio.io/RequestAuthentication',
    'telemetry.istio.io/Telemetry',
    'extensions.istio.io/WasmPlugin',
  ],
  reads: { gatewaysNamed, controllerOfClass },

  *check({ resource, read }) {
    const owner = OWNERS[resource.group];
    if (!owner) return;
    for (const target of [...resource.root.list('spec.targetRef'), ...resource.root.list('spec.targetRefs.*')]) {
      const [name, at] = [target.text('name'), target.get('name')];
      if (target.text('kind') !== 'Gateway' || target.text('group') !== 'gateway.networking.k8s.io' || name === undefined || !at) continue;
      const found = read.gatewaysNamed(`${namespaceKey(resource.namespace)}/${name}`);
      const [gateway] = found;
      const className = gateway?.data.className;
      if (!gateway || className === undefined || found.length > 1) continue;
      const controller = read.controllerOfClass(className);
      if (controller === undefined || owner.controllers.test(controller)) continue;
      yield {
        at,
        message: `Gateway "${displayName(gateway.data)}" is of class "${className}", which "${controller}" carries out, not ${owner.name}.`,
        related: [{ at: gateway, message: `Gateway "${gateway.data.name}" is defined here` }],
      };
    }
  },
});

function example(controller: string): string {
  return `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: public, namespace: edge }
spec:
  targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: public }]
  rules: [{ to: [{ operation: { methods: [GET] } }] }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: edge }
spec:
  gatewayClassName: house
  listeners: [{ name: http, port: 80, protocol: HTTP }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: house }
spec: { controllerName: ${controller} }
`;
}
