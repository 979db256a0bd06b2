import { world } from '../../../index/settings.js';
import { displayName, namespaceKey } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { secretsNamed } from '../../kubernetes/lookups.js';
import { secretsByName, secretsIn } from '../../kubernetes/tables.js';
import { credentialsOf, handshakesFail, placesOf } from '../credentials.js';
import { gatewayPods } from '../gateways.js';
import { isOpen, labelsAt } from '../kinds/shared.js';

export const unknownGatewayCredential = defineRule({
  id: 'istio/unknown-gateway-credential',
  title: 'Gateway takes its certificate from a Secret that does not exist',
  severity: 'error',
  category: 'reference',
  peers: ['IST0101:credentialName'],
  effect: 'TLS handshakes on this port fail.',
  why: 'The pods of a gateway fetch certificate and key from the Secret that credentialName names, in their own namespace. Until it exists they cannot finish a handshake.',
  remedy: 'Correct the name, or create the Secret (or the cert-manager Certificate that makes it) in the namespace of the pods.',
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
    tls: { mode: SIMPLE, credentialName: shop-tsl }
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
  unseen: 'hint',

  kinds: ['Gateway'],
  reads: { gatewayPods, secretsNamed, secretsByName, secretsIn, world },

  *check({ resource, read }) {
    const selector = labelsAt(resource.root, 'spec.selector') ?? {};
    if (Object.keys(selector).length === 0 || isOpen(resource, 'spec.selector')) return;
    const pods = read.gatewayPods(selectorText(selector));
    for (const credential of credentialsOf(resource.root)) {
      const { server, node, name, namespace } = credential;
      const places = placesOf(credential, pods);
      const [place] = places;
      if (place === undefined || places.some((it) => read.secretsNamed(`${it}/${name}`).length > 0)) continue;
      // One elsewhere is a problem of its own: istio/gateway-credential-elsewhere.
      if (namespace === undefined && read.secretsByName(name).some((it) => it.data.namespace !== undefined)) continue;
      const here = places.flatMap((it) => read.secretsIn(it));
      const near = nearest(
        name,
        here.map((it) => it.data.name),
      );
      const found = here.filter((it) => it.data.name === near);
      const isOwned = here.length > 0;
      const shown = displayName({ namespace: place === namespaceKey(undefined) ? undefined : place, name });
      yield {
        at: node,
        certainty: near !== undefined ? 'near' : isOwned ? 'owned' : 'unseen',
        ...(near === undefined && !isOwned && read.world() === 'open'
          ? { message: `Secret "${shown}" is not in this workspace; it may exist elsewhere.`, effect: '' }
          : {
              message: `No Secret "${shown}" exists${near === undefined ? ' in this workspace' : ` ("${near}" exists)`}.`,
              effect: handshakesFail(server),
            }),
        related: found.map((it) => ({
          at: it,
          message: `Secret "${it.data.name}" is ${it.data.generatedBy === undefined ? 'defined' : 'asked for'} here`,
        })),
        data: near === undefined ? undefined : { from: name, to: near },
      };
    }
  },

  fix({ resource, problem, text }) {
    const change = problem.data as { from: string; to: string } | undefined;
    const node = credentialsOf(resource.root).find((it) => it.node.start === problem.at.start)?.node;
    const written = node?.text();
    if (change === undefined || node === undefined || written === undefined) return [];
    const to = written.slice(0, written.length - change.from.length) + change.to;
    return [{ title: `Change to "${to}"`, preferred: true, edits: [replaceValue(text, node, to)] }];
  },
});
