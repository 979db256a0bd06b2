import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { gatewayKey } from '../hosts.js';
import { gatewayEntriesOf } from '../kinds/traffic.js';

export const gatewayNotQualified = defineRule({
  id: 'istio/gateway-not-qualified',
  title: 'Gateway is named in the old way, with dots',
  severity: 'warning',
  category: 'style',
  peers: ['KIA1108', 'IST0133'],
  effect: 'Istio reads it for the sake of old manifests only.',
  why: 'Gateways in other namespaces were once written "name.namespace.svc.cluster.local". The control plane still understands it, most tools do not.',
  remedy: 'Write "namespace/name".',
  otherTools: 'istioctl analyze does not understand such a name and says that the Gateway does not exist.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: storefront, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [public.istio-ingress.svc.cluster.local]
  http:
  - redirect: { authority: www.example.com }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: istio-ingress }
spec:
  selector: { istio: ingressgateway }
  servers:
  - port: { number: 80, name: http, protocol: HTTP }
    hosts: [shop.example.com]
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: storefront, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [istio-ingress/public]
  http:
  - redirect: { authority: www.example.com }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: istio-ingress }
spec:
  selector: { istio: ingressgateway }
  servers:
  - port: { number: 80, name: http, protocol: HTTP }
    hosts: [shop.example.com]
`,
  },

  mentions: ['gateways'],
  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    for (const { node } of gatewayEntriesOf(resource.root)) {
      const written = node.text();
      if (written === undefined || written.includes('/') || !written.includes('.')) continue;
      const key = gatewayKey(written, resource.namespace)!;
      const [namespace, name] = key.split('/');
      yield { at: node, message: `"${written}" is the old way to write "${displayName({ namespace, name: name! })}".`, data: key };
    }
  },

  fix({ resource, problem, text }) {
    const node = gatewayEntriesOf(resource.root).find((it) => it.node.start === problem.at.start)?.node;
    const key = problem.data as string;
    return node === undefined ? [] : [{ title: `Change to "${key}"`, preferred: true, edits: [replaceValue(text, node, key)] }];
  },
});
