import { defineRule } from '../../../rules/rule.js';
import { changeFixes, choiceOf } from '../suggestions.js';
import { PROXY_PROTOCOLS } from '../words.js';

/** How people write protocols elsewhere. */
const SPELLINGS: Readonly<Record<string, string>> = {
  http: 'HTTP/1',
  http1: 'HTTP/1',
  'http/1.1': 'HTTP/1',
  http2: 'HTTP/2',
  h2: 'HTTP/2',
  h2c: 'HTTP/2',
  grpc: 'gRPC',
  tcp: 'opaque',
};

export const serverProxyProtocolInvalid = defineRule({
  id: 'linkerd/server-proxy-protocol-invalid',
  title: 'Server with a protocol that Linkerd does not know',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'The protocol of a Server is one of six words, in exactly their spelling: "gRPC" is one, "grpc" is none. The schema of the kind takes any text, so it is the webhook of Linkerd that refuses all others.',
  remedy: 'Use one of unknown, HTTP/1, HTTP/2, gRPC, opaque and TLS.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec:
  podSelector: { matchLabels: { app: cart } }
  port: 8080
  proxyProtocol: grpc
  accessPolicy: audit
`,
    good: `
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec:
  podSelector: { matchLabels: { app: cart } }
  port: 8080
  proxyProtocol: gRPC
  accessPolicy: audit
`,
  },

  kinds: ['Server'],
  reads: {},

  *check({ resource }) {
    const node = resource.root.get('spec.proxyProtocol');
    const written = node?.text();
    if (node === undefined || written === undefined || PROXY_PROTOCOLS.includes(written)) return;
    yield {
      at: node,
      message: `"${written}" is no protocol of a Server; use ${PROXY_PROTOCOLS.slice(0, -1).join(', ')} or TLS.`,
      data: choiceOf(written, PROXY_PROTOCOLS, SPELLINGS),
    };
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
