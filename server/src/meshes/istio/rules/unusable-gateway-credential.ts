import { now } from '../../../index/settings.js';
import { displayName } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import { defineRule } from '../../../rules/rule.js';
import { secretsNamed } from '../../kubernetes/lookups.js';
import { credentialsOf, flawOf, handshakesFail, placesOf } from '../credentials.js';
import { gatewayPods } from '../gateways.js';
import { isOpen, labelsAt } from '../kinds/shared.js';

export const unusableGatewayCredential = defineRule({
  id: 'istio/unusable-gateway-credential',
  title: 'Secret of a Gateway that cannot serve TLS',
  severity: 'error',
  category: 'semantics',
  peers: ['IST0161'],
  effect: 'TLS handshakes on this port fail.',
  why: 'A gateway needs a certificate that holds today and its key, under "tls.crt" and "tls.key" (or "cert" and "key"); for MUTUAL also the CA of its clients.',
  remedy: 'Renew or complete the Secret.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: istio-ingress }
spec:
  selector: { istio: ingress }
  servers:
  - port: { number: 443, name: https, protocol: HTTPS }
    hosts: [shop.example.com]
    tls: { mode: SIMPLE, credentialName: shop-tls }
---
apiVersion: v1
kind: Secret
metadata: { name: shop-tls, namespace: istio-ingress }
stringData: { certificate: REPLACED_BY_CI, key: REPLACED_BY_CI }
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
metadata: { name: public, namespace: istio-ingress }
spec:
  selector: { istio: ingress }
  servers:
  - port: { number: 443, name: https, protocol: HTTPS }
    hosts: [shop.example.com]
    tls: { mode: SIMPLE, credentialName: shop-tls }
---
apiVersion: v1
kind: Secret
metadata: { name: shop-tls, namespace: istio-ingress }
type: kubernetes.io/tls
stringData: { tls.crt: REPLACED_BY_CI, tls.key: REPLACED_BY_CI }
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
  reads: { gatewayPods, secretsNamed, now },

  *check({ resource, read }) {
    const selector = labelsAt(resource.root, 'spec.selector') ?? {};
    if (Object.keys(selector).length === 0 || isOpen(resource, 'spec.selector')) return;
    const pods = read.gatewayPods(selectorText(selector));
    for (const credential of credentialsOf(resource.root)) {
      const { server, node, name } = credential;
      const places = placesOf(credential, pods);
      const [secret, ...more] = places.flatMap((it) => read.secretsNamed(`${it}/${name}`));
      if (!secret || more.length > 0) continue; // one of several environments: which one is meant nobody can tell
      const related = [{ at: secret, message: `Secret "${displayName(secret.data)}" is defined here` }];
      const flaw = flawOf(secret, read.now());
      if (flaw !== undefined) {
        yield { at: node, message: `Secret "${displayName(secret.data)}" ${flaw}.`, effect: handshakesFail(server), related };
        continue;
      }
      const { keys, generatedBy, incomplete } = secret.data;
      if (server.text('tls.mode') !== 'MUTUAL' || generatedBy !== undefined || incomplete || server.has('tls.caCertCredentialName'))
        continue;
      if (keys.includes('ca.crt') || keys.includes('cacert') || places.some((it) => read.secretsNamed(`${it}/${name}-cacert`).length > 0))
        continue;
      yield {
        at: node,
        peers: [],
        message: `Secret "${displayName(secret.data)}" has no "ca.crt" to check clients with, and there is no "${name}-cacert".`,
        effect: 'No client gets through mode MUTUAL.',
        related,
      };
    }
  },
});
