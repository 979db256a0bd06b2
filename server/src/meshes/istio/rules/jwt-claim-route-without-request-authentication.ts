import { displayName, namespaceKey } from '../../../model/resource.js';
import { selects, selectorText } from '../../../model/selectors.js';
import type { Range } from '../../../text/range.js';
import { defineRule } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { ANY_NAMESPACE, pickedWorkloads } from '../../kubernetes/lookups.js';
import { gatewayKey } from '../hosts.js';
import { gatewayEntriesOf } from '../kinds/traffic.js';
import { gatewaysNamed, hasDefaultGateway } from '../lookups.js';
import { meshConfig } from '../mesh-config.js';
import { requestAuthentications } from '../tables.js';

const CLAIM = /^@request\.auth\.claims(\..+|(\[[^\]]+\])+)$/i;

export const jwtClaimRouteWithoutRequestAuthentication = defineRule({
  id: 'istio/jwt-claim-route-without-request-authentication',
  title: 'Route by JWT claims on a gateway that reads no tokens',
  severity: 'error',
  category: 'policy',
  peers: ['IST0149'],
  effect: 'This match never holds.',
  why: 'Claims are known only where a RequestAuthentication makes the proxy verify the token. Without one on the gateway, "@request.auth.claims" matches nothing.',
  remedy: 'Add a RequestAuthentication that selects the pods of the gateway.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: storefront, namespace: istio-ingress }
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match:
    - headers: { "@request.auth.claims.group": { exact: admin } }
    redirect: { authority: admin.example.com }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: istio-ingress }
spec:
  selector: { app: gateway }
  servers:
  - port: { number: 80, name: http, protocol: HTTP }
    hosts: [shop.example.com]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway, namespace: istio-ingress }
spec:
  selector: { matchLabels: { app: gateway } }
  template:
    metadata: { labels: { app: gateway, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: istio-proxy, image: auto, ports: [{ containerPort: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: gateway, namespace: istio-ingress }
spec: { selector: { app: gateway }, ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: storefront, namespace: istio-ingress }
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match:
    - headers: { x-group: { exact: admin } }
    redirect: { authority: admin.example.com }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: istio-ingress }
spec:
  selector: { app: gateway }
  servers:
  - port: { number: 80, name: http, protocol: HTTP }
    hosts: [shop.example.com]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway, namespace: istio-ingress }
spec:
  selector: { matchLabels: { app: gateway } }
  template:
    metadata: { labels: { app: gateway, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: istio-proxy, image: auto, ports: [{ containerPort: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: gateway, namespace: istio-ingress }
spec: { selector: { app: gateway }, ports: [{ name: http, port: 80 }] }
`,
  },

  // Names of claims are read in any case.
  mentions: ['@'], // with which every claim begins, in whatever case
  kinds: ['VirtualService'],
  reads: { gatewaysNamed, pickedWorkloads, requestAuthentications, meshConfig, hasDefaultGateway },

  *check({ resource, read }) {
    const [claim] = claimsIn(resource.root);
    if (claim === undefined) return;
    const { rootNamespace } = read.meshConfig();
    for (const { node, inMatch } of gatewayEntriesOf(resource.root)) {
      const key = inMatch ? undefined : gatewayKey(node.text() ?? 'mesh', resource.namespace);
      const [gateway] = key === undefined ? [] : read.gatewaysNamed(key);
      if (!gateway || gateway.data.incomplete) continue;
      const pods: { labels: Readonly<Record<string, string>>; namespace: string | undefined }[] = read
        .pickedWorkloads(`${ANY_NAMESPACE}/${selectorText(gateway.data.selector)}`)
        .map((it) => it.data);
      const byDefault = { labels: { istio: 'ingressgateway' }, namespace: rootNamespace };
      if (pods.length === 0 && read.hasDefaultGateway() && selects(gateway.data.selector, byDefault.labels)) pods.push(byDefault);
      const bare = pods.find(({ labels, namespace }) => {
        const policies = [...new Set([rootNamespace, namespaceKey(namespace)])].flatMap((it) => read.requestAuthentications(it));
        return !policies.some((it) => it.data.hasTargetRef || selects(it.data.selector ?? {}, labels));
      });
      if (bare === undefined) continue;
      const seen = read.requestAuthentications(rootNamespace).length + read.requestAuthentications(namespaceKey(bare.namespace)).length > 0;
      yield {
        at: claim,
        certainty: seen ? 'owned' : 'unseen',
        message: `No RequestAuthentication in this workspace applies to the pods of Gateway "${displayName(gateway.data)}".`,
        related: [{ at: gateway, message: `Gateway "${displayName(gateway.data)}" is defined here` }],
      };
    }
  },
});

/** Keys of matches that name a claim of a token. */
function claimsIn(root: YamlNode): readonly Range[] {
  return root
    .list('spec.http.*.match.*')
    .flatMap((match) =>
      ['headers', 'withoutHeaders'].flatMap((field) =>
        (match.map(field)?.entries ?? []).flatMap((entry) => (CLAIM.test(entry.key) && !entry.keyOpaque ? [entry.keyRange] : [])),
      ),
    );
}
