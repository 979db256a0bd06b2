import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import type { YamlNode } from '../../../yaml/node.js';
import { isConsulClass } from '../classes.js';
import { changeToNear, type Finding, keyAt, unknownValue } from '../fields.js';
import { TLS_VERSIONS } from '../names.js';

const OPTION = 'api-gateway.consul.hashicorp.com/';
const CIPHER_SUITES: readonly string[] = ['ECDHE_ECDSA', 'ECDHE_RSA', 'RSA'].flatMap((exchange) => [
  ...['AES_128_GCM_SHA256', 'AES_128_CBC_SHA', 'AES_256_GCM_SHA384', 'AES_256_CBC_SHA'].map((it) => `TLS_${exchange}_WITH_${it}`),
  ...(exchange === 'RSA' ? [] : [`TLS_${exchange}_WITH_CHACHA20_POLY1305_SHA256`]),
]);

export const gatewayListenerInvalid = defineRule({
  id: 'consul/gateway-listener-invalid',
  title: 'Listener that Consul does not carry out',
  severity: 'warning',
  category: 'semantics',
  effect: 'Consul does not accept it.',
  why: 'Consul carries out HTTP, HTTPS and TCP listeners of HTTPRoutes and TCPRoutes, one for each port, and ends TLS itself. Port 20000 is its own.',
  remedy: 'Use what Consul carries out.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: api, namespace: shop }
spec:
  gatewayClassName: consul
  listeners:
  - { name: dns, port: 5353, protocol: UDP }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: api, namespace: shop }
spec:
  gatewayClassName: consul
  listeners:
  - { name: http, port: 8080, protocol: HTTP }
`,
  },

  kinds: ['gateway.networking.k8s.io/Gateway'],
  reads: { isConsulClass },

  *check({ resource, read }) {
    const { root } = resource;
    if (!read.isConsulClass(root.text('spec.gatewayClassName') ?? '')) return;
    if (root.list('spec.addresses.*').length > 0)
      yield { at: keyAt(resource, 'spec.addresses'), message: 'Consul takes no addresses for a Gateway.' };
    const ports = new Set<number>();
    for (const listener of root.list('spec.listeners.*')) {
      yield* unknownValue(listener.get('protocol'), ['HTTP', 'HTTPS', 'TCP'], 'protocol that Consul listens for');
      const port = listener.get('port');
      const number = port?.number();
      if (port && number === 20_000) yield { at: port, message: 'Port 20000 belongs to the proxy itself.' };
      else if (port && number !== undefined && ports.has(number)) yield { at: port, message: `An earlier listener has port ${number}.` };
      if (number !== undefined) ports.add(number);
      const mode = listener.get('tls.mode');
      if (mode?.text() === 'Passthrough') yield { at: mode, message: 'Consul passes no TLS through; it ends it.' };
      for (const kind of listener.list('allowedRoutes.kinds.*.kind'))
        if (kind.text() !== undefined) yield* unknownValue(kind, ['HTTPRoute', 'TCPRoute'], 'kind of route that Consul takes');
      yield* tlsFaults(listener);
    }
  },

  fix: changeToNear,
});

function* tlsFaults(listener: YamlNode): Iterable<Finding> {
  const options = listener.map('tls.options');
  const least = options?.entry(`${OPTION}tls_min_version`)?.value;
  for (const node of [least, options?.entry(`${OPTION}tls_max_version`)?.value]) yield* unknownValue(node, TLS_VERSIONS, 'version of TLS');
  const suites = options?.entry(`${OPTION}tls_cipher_suites`)?.value;
  const written = suites?.text();
  if (suites && written !== undefined) {
    const unknown = written
      .split(',')
      .map((it) => it.trim())
      .find((it) => it !== '' && !CIPHER_SUITES.includes(it));
    if (unknown !== undefined) yield { at: suites, message: `"${shown(unknown)}" is no cipher suite that Consul has.` };
    else if (least?.text() === 'TLSv1_3') yield { at: suites, message: 'TLS 1.3 has cipher suites of its own, which cannot be chosen.' };
  }
  for (const ref of listener.list('tls.certificateRefs.*')) {
    const [kind, group] = [ref.get('kind'), ref.get('group')];
    if (kind?.text() !== undefined && kind.text() !== 'Secret')
      yield { at: kind, message: `A certificate is in a Secret, not in a ${shown(kind.text()!)}.` };
    else if (group?.text() !== undefined && group.text() !== '' && group.text() !== 'core')
      yield { at: group, message: 'A certificate is in a Secret of the core group.' };
  }
}
