import { selectorText } from '../../../model/selectors.js';
import { defineRule, type Evidence, type Fix } from '../../../rules/rule.js';
import { shortPath } from '../../../text/uri.js';
import { replaceValue } from '../../../yaml/edit.js';
import { secretsNamed } from '../../kubernetes/lookups.js';
import { secretsByName } from '../../kubernetes/tables.js';
import { credentialsOf, handshakesFail, placesOf } from '../credentials.js';
import { gatewayPods } from '../gateways.js';
import { isOpen, labelsAt } from '../kinds/shared.js';
import { quotedList } from '../words.js';

export const gatewayCredentialElsewhere = defineRule({
  id: 'istio/gateway-credential-elsewhere',
  title: 'Secret of a Gateway is in another namespace than its pods',
  severity: 'error',
  category: 'reference',
  peers: ['IST0101:credentialName'],
  effect: 'TLS handshakes on this port fail.',
  why: 'The pods of a gateway read the Secret that credentialName names from the namespace they run in, wherever the Gateway itself is. Elsewhere they have no right to look.',
  remedy: 'Keep the Secret in the namespace of the gateway’s pods.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingress }
  servers:
  - port: { number: 443, name: https, protocol: HTTPS }
    hosts: [shop.example.com]
    tls: { mode: SIMPLE, credentialName: shop-tls }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: shop, namespace: shop }
spec: { secretName: shop-tls, dnsNames: [shop.example.com], issuerRef: { name: public } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway, namespace: istio-ingress }
spec:
  selector: { matchLabels: { istio: ingress } }
  template:
    metadata: { labels: { istio: ingress, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: istio-proxy, image: auto, ports: [{ containerPort: 443 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: gateway, namespace: istio-ingress }
spec: { selector: { istio: ingress }, ports: [{ name: https, port: 443 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingress }
  servers:
  - port: { number: 443, name: https, protocol: HTTPS }
    hosts: [shop.example.com]
    tls: { mode: SIMPLE, credentialName: shop-tls }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: shop, namespace: istio-ingress }
spec: { secretName: shop-tls, dnsNames: [shop.example.com], issuerRef: { name: public } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway, namespace: istio-ingress }
spec:
  selector: { matchLabels: { istio: ingress } }
  template:
    metadata: { labels: { istio: ingress, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: istio-proxy, image: auto, ports: [{ containerPort: 443 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: gateway, namespace: istio-ingress }
spec: { selector: { istio: ingress }, ports: [{ name: https, port: 443 }] }
`,
  },

  kinds: ['Gateway'],
  reads: { gatewayPods, secretsNamed, secretsByName },

  *check({ resource, read }) {
    const selector = labelsAt(resource.root, 'spec.selector') ?? {};
    if (Object.keys(selector).length === 0 || isOpen(resource, 'spec.selector')) return;
    const pods = read.gatewayPods(selectorText(selector));
    for (const credential of credentialsOf(resource.root)) {
      const { server, node, name, namespace } = credential;
      const places = placesOf(credential, pods);
      if (namespace !== undefined || places.length === 0 || places.some((it) => read.secretsNamed(`${it}/${name}`).length > 0)) continue;
      const elsewhere = read.secretsByName(name).filter((it) => it.data.namespace !== undefined);
      if (elsewhere.length === 0) continue;
      const found = [...new Set(elsewhere.map((it) => it.data.namespace!))].sort();
      yield {
        at: node,
        certainty: 'near',
        message: `Secret "${name}" is in ${quotedList(found)}, but the pods of this Gateway run in ${quotedList(places)}.`,
        effect: handshakesFail(server),
        related: [
          ...elsewhere.map((it): Evidence => ({
            at: it,
            message: `Secret "${name}" is ${it.data.generatedBy === undefined ? 'defined' : 'asked for'} here`,
          })),
          ...pods.flatMap((it): readonly Evidence[] =>
            it.workload ? [{ at: it.workload, message: `"${it.workload.data.name}" is the gateway` }] : [],
          ),
        ],
        data: elsewhere.length === 1 && places.length === 1 ? { secret: elsewhere[0]!.resource, to: places[0]! } : undefined,
      };
    }
  },

  fix({ problem, other }) {
    const move = problem.data as { secret: string; to: string } | undefined;
    const place = move && other(move.secret);
    const node = place?.resource.root.get('metadata.namespace');
    if (move === undefined || place === undefined || node === undefined) return [];
    const { kind } = place.resource;
    return [
      {
        title: `Move the ${kind} to "${move.to}" (${shortPath(place.file)})`,
        edits: [{ resource: move.secret, ...replaceValue(place.text, node, move.to) }],
      } satisfies Fix,
    ];
  },
});
