import { defineRule, type Problem } from '../../../rules/rule.js';
import type { Resource } from '../../../model/resource.js';
import type { YamlMap } from '../../../yaml/node.js';
import { isHttpProtocol, isTlsProtocol, knownProtocol } from '../validation/ports.js';
import { repairs } from '../validation/repairs.js';
import { isSet, isSurelySet, lacksText, placeOfLack, quoted } from '../validation/values.js';

const AES = ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA', 'AES256-SHA'];
const CIPHERS: ReadonlySet<string> = new Set([
  ...['ECDHE-ECDSA', 'ECDHE-RSA'].flatMap((it) => [...AES, 'CHACHA20-POLY1305'].map((cipher) => `${it}-${cipher}`)),
  ...AES,
  'DES-CBC3-SHA',
]);
/** What says where certificates come from. */
const CERTIFICATES = ['serverCertificate', 'privateKey', 'caCertificates', 'tlsCertificates', 'credentialName', 'credentialNames'];
const TERMINATING = ['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'];

export const invalidServerTls = defineRule({
  id: 'istio/invalid-server-tls',
  title: 'TLS settings of a server that its mode does not allow',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'SIMPLE and MUTUAL need a certificate from one source, and MUTUAL with files also a CA for the certificates of clients. ISTIO_MUTUAL brings certificates of its own, and PASSTHROUGH leaves TLS to what is behind it. A Sidecar reads certificates from files only.',
  remedy: 'Set what the mode needs, and nothing else.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  ingress:
  - port: { number: 8443, name: web, protocol: HTTPS }
    tls: { mode: SIMPLE, privateKey: /etc/certs/tls.key }
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
      const tls = server.map('tls');
      const protocol = knownProtocol(server.text('port.protocol') ?? '');
      // What other protocols cannot have at all is the business of istio/tls-protocol-mismatch.
      if (tls && protocol !== undefined && (isTlsProtocol(protocol) || (isHttpProtocol(protocol) && isForRedirect(tls))))
        yield* optionProblems(resource, tls);
    }
    for (const listener of root.list('spec.ingress.*')) {
      const tls = listener.map('tls');
      if (!tls) continue;
      let refused = false;
      for (const field of ['subjectAltNames', 'httpsRedirect', 'credentialName', 'credentialNames', 'tlsCertificates']) {
        if (!isSurelySet(tls, field)) continue;
        refused = true;
        yield {
          at: tls.entry(field)!.keyRange,
          message: `A Sidecar cannot have "${field}".`,
          ...(!CERTIFICATES.includes(field) && { data: { remove: field } }),
        };
      }
      const mode = tls.get('mode');
      const written = mode?.text();
      if (mode && (written === 'ISTIO_MUTUAL' || written === 'AUTO_PASSTHROUGH')) {
        refused = true;
        yield { at: mode, message: `A Sidecar cannot have mode ${written}.` };
      }
      if (!refused) yield* optionProblems(resource, tls);
    }
  },

  fix: repairs,
});

function* optionProblems(resource: Resource, tls: YamlMap): Generator<Problem> {
  const mode = tls.has('mode') ? tls.text('mode') : 'PASSTHROUGH';
  yield* cipherProblems(tls);
  if (mode === undefined || tls.partial) return;
  const set = CERTIFICATES.filter((it) => isSurelySet(tls, it));
  if (mode === 'ISTIO_MUTUAL') {
    for (const field of set)
      yield {
        at: tls.entry(field)!.keyRange,
        message: `Mode ISTIO_MUTUAL brings its certificates, so "${field}" cannot be set.`,
        data: { remove: field },
      };
    return;
  }
  if (mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH') {
    const field = [...set, ...(isSurelySet(tls, 'caCrl') ? ['caCrl'] : [])][0];
    if (field !== undefined)
      yield {
        at: tls.entry(field)!.keyRange,
        severity: 'warning',
        peers: ['IST0133'],
        message: `Mode ${mode} leaves TLS to the workload, so "${field}" has no use.`,
        effect: 'It is ignored.',
        data: { remove: field },
      };
    return;
  }
  const hasPair = isSurelySet(tls, 'serverCertificate') && isSurelySet(tls, 'privateKey');
  const sources = [
    ...(hasPair ? ['serverCertificate'] : []),
    ...['credentialName', 'credentialNames', 'tlsCertificates'].filter((it) => isSurelySet(tls, it)),
  ];
  // The schema holds the others against each other.
  if (sources.length > 1 && (hasPair || (sources.includes('credentialName') && sources.includes('tlsCertificates'))))
    yield {
      at: tls.entry(sources[1]!)!.keyRange,
      message: `Certificates come from one source, and this has "${sources[0]}" and "${sources[1]}".`,
      related: [{ at: tls.entry(sources[0]!)!.keyRange, message: `"${sources[0]}" is set here` }],
    };
  const terminates = TERMINATING.includes(mode);
  if (!terminates || isSet(tls, 'credentialName') || isSet(tls, 'credentialNames')) return;
  if (mode !== 'SIMPLE' && lacksText(resource, tls, 'caCertificates'))
    yield { at: modePlace(resource, tls), message: `Mode ${mode} needs "caCertificates" for the certificates of clients.` };
  const pairs = isSet(tls, 'tlsCertificates') ? tls.list('tlsCertificates.*') : [tls];
  for (const pair of pairs) {
    const missing = ['serverCertificate', 'privateKey'].filter((it) => lacksText(resource, pair, it));
    if (missing.length === 0) continue;
    const at = pair === tls ? modePlace(resource, tls) : placeOfLack(resource.root, pair);
    const names = missing.map((it) => `"${it}"`).join(' and ');
    yield {
      at,
      message:
        pair === tls
          ? `Mode ${mode} needs ${names}${resource.kind === 'Gateway' ? ', or "credentialName"' : ''}.`
          : `This certificate needs ${names}.`,
    };
  }
  const crl = tls.entry('caCrl');
  if (crl && isSurelySet(tls, 'caCrl') && mode === 'SIMPLE')
    yield {
      at: crl.keyRange,
      message: 'Mode SIMPLE takes no certificates of clients, so "caCrl" cannot be set.',
      data: { remove: 'caCrl' },
    };
}

/** Whether these are settings that a server of protocol HTTP may have, which redirects to HTTPS by them. */
function isForRedirect(tls: YamlMap): boolean {
  const passes = !tls.has('mode') || ['PASSTHROUGH', 'AUTO_PASSTHROUGH'].includes(tls.text('mode') ?? '');
  return passes && !['serverCertificate', 'privateKey', 'caCertificates'].some((it) => isSet(tls, it));
}

function modePlace(resource: Resource, tls: YamlMap): Problem['at'] {
  return tls.get('mode') ?? placeOfLack(resource.root, tls);
}

function* cipherProblems(tls: YamlMap): Generator<Problem> {
  const minimum = tls.get('minProtocolVersion');
  const version = minimum?.text();
  const ciphers = tls.list('cipherSuites.*');
  if (minimum && (version === 'TLSV1_0' || version === 'TLSV1_1') && !isSet(tls, 'cipherSuites') && !tls.partial)
    yield {
      at: minimum,
      severity: 'warning',
      peers: ['IST0133'],
      message: `Envoy's own cipher suites have none for ${version}; that needs "cipherSuites".`,
      effect: 'Old clients still cannot connect.',
    };
  const seen = new Set<string>();
  for (const at of ciphers) {
    const cipher = at.text();
    if (cipher === undefined) continue;
    const isKnown = cipher === '' || cipher === 'ALL' || /^[^A-Za-z0-9]/.test(cipher) || CIPHERS.has(cipher);
    const message = !isKnown
      ? `${quoted(cipher)} is no cipher suite that Envoy knows.`
      : seen.has(cipher)
        ? `${quoted(cipher)} is here twice.`
        : undefined;
    if (message !== undefined) yield { at, severity: 'warning', peers: ['IST0133'], message, effect: 'It is left out.' };
    seen.add(cipher);
  }
}
