import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { secretsNamed } from '../../kubernetes/lookups.js';
import { keyOf } from '../kinds/shared.js';
import { certificateRefsOf } from '../references.js';

const NEEDED = ['tls.crt', 'tls.key'];

export const unusableCertificate = defineRule({
  id: 'gateway-api/unusable-certificate',
  title: 'Listener presents a Secret that holds no certificate',
  severity: 'error',
  category: 'semantics',
  effect: 'TLS handshakes on this listener fail.',
  why: 'A listener takes its certificate from a Secret of type kubernetes.io/tls, whose keys tls.crt and tls.key hold the certificate and its private key.',
  remedy: 'Name a Secret of that type, or give this one both keys.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: shop-tls }] } }]
---
apiVersion: v1
kind: Secret
metadata: { name: shop-tls, namespace: ingress }
stringData: { cert: REPLACE_ME, key: REPLACE_ME }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: shop-tls }] } }]
---
apiVersion: v1
kind: Secret
metadata: { name: shop-tls, namespace: ingress }
type: kubernetes.io/tls
stringData: { tls.crt: REPLACE_ME, tls.key: REPLACE_ME }
`,
  },

  kinds: ['Gateway', 'ListenerSet', 'XListenerSet'],
  reads: { secretsNamed },

  *check({ resource, read }) {
    for (const ref of certificateRefsOf(resource)) {
      if (ref.kind !== 'Secret' || ref.group !== '') continue;
      const found = read.secretsNamed(keyOf(ref));
      const [secret] = found;
      if (!secret || found.some(({ data }) => data.generatedBy !== undefined || data.incomplete)) continue;
      const { keys } = secret.data;
      const missing = NEEDED.filter((key) => !keys.includes(key));
      // One without any keys is filled in by something that runs in the cluster.
      if (missing.length === 0 || keys.length === 0) continue;
      yield {
        at: ref.nameNode,
        message: `Secret "${displayName(secret.data)}" has no ${quotedList(missing, 'or')}, only ${quotedList(keys)}.`,
        related: [{ at: secret, message: `Secret "${displayName(secret.data)}" is defined here` }],
      };
    }
  },
});
