import { displayName, namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { quotedList } from '../../../text/words.js';
import { replaceValue } from '../../../yaml/edit.js';
import { secretsNamed } from '../../kubernetes/lookups.js';
import { secretsByName, secretsIn } from '../../kubernetes/tables.js';
import { keyOf } from '../kinds/shared.js';
import { certificateRefsOf } from '../references.js';

export const unknownCertificate = defineRule({
  id: 'gateway-api/unknown-certificate',
  title: 'Listener presents a certificate that does not exist',
  severity: 'error',
  category: 'reference',
  effect: 'TLS handshakes on this listener fail.',
  why: 'A listener that ends TLS presents the certificate of a Secret, in its own namespace unless it says otherwise. Without the Secret it has nothing to present.',
  remedy: 'Correct the name, create the Secret, or ask cert-manager for it.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: shop-tsl }] } }]
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: shop, namespace: ingress }
spec: { secretName: shop-tls, dnsNames: [shop.example.com], issuerRef: { name: public } }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: shop-tls }] } }]
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: shop, namespace: ingress }
spec: { secretName: shop-tls, dnsNames: [shop.example.com], issuerRef: { name: public } }
`,
  },

  kinds: ['Gateway', 'ListenerSet', 'XListenerSet'],
  reads: { secretsNamed, secretsIn, secretsByName },

  *check({ resource, read }) {
    // cert-manager makes the Secrets that a Gateway with these annotations names.
    if (resource.annotations.has('cert-manager.io/issuer') || resource.annotations.has('cert-manager.io/cluster-issuer')) return;
    for (const ref of certificateRefsOf(resource)) {
      if (ref.kind !== 'Secret' || ref.group !== '' || read.secretsNamed(keyOf(ref)).length > 0) continue;
      const here = read.secretsIn(namespaceKey(ref.namespace));
      const near = nearest(
        ref.name,
        here.map((it) => it.data.name),
      );
      const found = near === undefined ? read.secretsByName(ref.name) : here.filter((it) => it.data.name === near);
      const names = [...new Set(found.map((it) => displayName(it.data)))].sort();
      yield {
        at: ref.nameNode,
        certainty: names.length > 0 ? 'near' : 'unseen', // Secrets are seldom committed
        message: `No Secret "${displayName(ref)}" exists${names.length === 0 ? ' in this workspace' : ` (${quotedList(names)} ${names.length === 1 ? 'exists' : 'exist'})`}.`,
        related: found.map((it) => ({
          at: it,
          message: `Secret "${displayName(it.data)}" is ${it.data.generatedBy === undefined ? 'defined' : 'asked for'} here`,
        })),
        ...(near !== undefined && { data: near }),
      };
    }
  },

  fix({ resource, problem, text }) {
    const ref = certificateRefsOf(resource).find((it) => it.nameNode.start === problem.at.start);
    const near = problem.data as string | undefined;
    return ref === undefined || near === undefined
      ? []
      : [{ title: `Change to "${near}"`, preferred: true, edits: [replaceValue(text, ref.nameNode, near)] }];
  },
});
