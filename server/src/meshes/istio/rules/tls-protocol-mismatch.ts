import { defineRule } from '../../../rules/rule.js';
import { isHttpProtocol, isTlsProtocol, knownProtocol } from '../validation/ports.js';
import { isSurelySet, lacks } from '../validation/values.js';
import { repairs } from '../validation/repairs.js';

const PASSTHROUGH = ['PASSTHROUGH', 'AUTO_PASSTHROUGH'];

export const tlsProtocolMismatch = defineRule({
  id: 'istio/tls-protocol-mismatch',
  title: 'TLS settings and protocol of a port do not go together',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'A port of protocol HTTPS or TLS needs TLS settings, and only such a port can have them. On an HTTP port "tls" is for "httpsRedirect" alone, which in turn means nothing on other ports.',
  remedy: 'Change the protocol, or the TLS settings.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  ingress:
  - port: { number: 8443, name: web, protocol: HTTP }
    tls: { mode: SIMPLE, serverCertificate: /etc/certs/tls.crt, privateKey: /etc/certs/tls.key }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  ingress:
  - port: { number: 8443, name: web, protocol: HTTPS }
    tls: { mode: SIMPLE, serverCertificate: /etc/certs/tls.crt, privateKey: /etc/certs/tls.key }
`,
  },

  kinds: ['Gateway', 'Sidecar'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    for (const server of root.list('spec.servers.*')) {
      if (server.type !== 'map') continue;
      const at = server.get('port.protocol');
      const protocol = knownProtocol(at?.text() ?? '');
      if (!at || protocol === undefined) continue;
      const tls = server.map('tls');
      if (isTlsProtocol(protocol)) {
        if (lacks(resource, server, 'tls')) yield { at, message: `A server of protocol ${protocol} needs "tls".` };
      } else if (tls && !isHttpProtocol(protocol)) {
        yield {
          at: server.entry('tls')!.keyRange,
          message: `A server of protocol ${protocol} cannot have "tls".`,
          data: { remove: 'tls' },
        };
      } else if (tls) {
        const mode = tls.has('mode') ? tls.text('mode') : 'PASSTHROUGH';
        if (mode === undefined) continue;
        const certificate = ['caCertificates', 'privateKey', 'serverCertificate'].find((it) => isSurelySet(tls, it));
        if (!PASSTHROUGH.includes(mode) || certificate !== undefined)
          yield {
            at: tls.entry(PASSTHROUGH.includes(mode) ? certificate! : 'mode')!.keyRange,
            message: `A server of protocol ${protocol} does not terminate TLS; HTTPS does.`,
          };
      }
      const redirect = tls?.entry('httpsRedirect');
      if (redirect?.value.boolean() === true && !isHttpProtocol(protocol))
        yield {
          at: redirect.keyRange,
          severity: 'warning',
          peers: ['IST0133'],
          message: `"httpsRedirect" is for servers of protocol HTTP, and this is ${protocol}.`,
          effect: 'It does nothing here.',
          data: { remove: 'httpsRedirect' },
        };
    }
    for (const listener of root.list('spec.ingress.*')) {
      const written = listener.text('port.protocol');
      const protocol = knownProtocol(written ?? '');
      if (listener.type !== 'map' || !listener.map('tls') || protocol === undefined || isTlsProtocol(protocol)) continue;
      yield {
        at: listener.entry('tls')!.keyRange,
        message: `A listener of protocol ${protocol} cannot have "tls"; HTTPS and TLS can.`,
        data: { remove: 'tls' },
      };
    }
  },

  fix: repairs,
});
