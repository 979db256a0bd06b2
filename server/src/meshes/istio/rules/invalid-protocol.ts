import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { knownProtocol, PROTOCOLS } from '../validation/ports.js';
import { repairs } from '../validation/repairs.js';
import { quoted } from '../validation/values.js';

export const invalidProtocol = defineRule({
  id: 'istio/invalid-protocol',
  title: 'Port with a protocol that Istio does not know',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'The protocol says how Envoy reads the bytes. Istio knows HTTP, HTTP2, HTTPS, GRPC, GRPC-Web, TCP, TLS, UDP, HTTP_PROXY, Mongo, MySQL and Redis; everything else is TCP. HBONE, which ambient uses inside, cannot be declared.',
  remedy: 'Write a protocol that Istio knows, or TCP.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec:
  hosts: [api.example.com]
  ports: [{ number: 80, name: web, protocol: HTTP1 }]
  resolution: DNS
`,
    good: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec:
  hosts: [api.example.com]
  ports: [{ number: 80, name: web, protocol: HTTP }]
  resolution: DNS
`,
  },

  kinds: ['Gateway', 'ServiceEntry', 'Sidecar'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    const paths = ['spec.servers.*.port', 'spec.ports.*', 'spec.ingress.*.port', 'spec.egress.*.port'];
    for (const at of paths.flatMap((it) => root.list(`${it}.protocol`))) {
      const protocol = at.text();
      if (protocol === undefined || knownProtocol(protocol) !== undefined || (protocol === '' && resource.kind !== 'Gateway')) continue;
      const upper = protocol.toUpperCase();
      const near = nearest(upper, PROTOCOLS);
      const isHttp = upper.startsWith('HTTP/1') || upper === 'HTTP1';
      const write = isHttp ? 'HTTP' : upper === 'HTTP/2' ? 'HTTP2' : near;
      yield {
        at,
        message: protocol === '' ? 'The protocol is empty.' : `${quoted(protocol)} is no protocol that Istio knows.`,
        ...(write !== undefined && upper.length > 2 && { data: { write, preferred: false } }),
      };
    }
  },

  fix: repairs,
});
