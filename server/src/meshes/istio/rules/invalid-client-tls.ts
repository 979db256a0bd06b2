import type { Resource } from '../../../model/resource.js';
import { defineRule, type Problem } from '../../../rules/rule.js';
import type { YamlMap } from '../../../yaml/node.js';
import { repairs } from '../validation/repairs.js';
import { trafficPolicies } from '../validation/policies.js';
import { isSet, isSurelySet, lacksText, placeOfLack, quoted } from '../validation/values.js';

export const invalidClientTls = defineRule({
  id: 'istio/invalid-client-tls',
  title: 'TLS settings for calls that contradict each other',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Certificates come from files or from a credential, and MUTUAL needs some. A CA or names of the server are for verifying it, which "insecureSkipVerify" turns off.',
  remedy: 'Set what the mode needs, from one source.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: www, namespace: shop }
spec:
  host: www.example.com
  trafficPolicy:
    tls: { mode: MUTUAL, caCertificates: /etc/certs/ca.pem, clientCertificate: /etc/certs/tls.pem }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: www, namespace: shop }
spec:
  host: www.example.com
  trafficPolicy:
    tls: { mode: MUTUAL, caCertificates: /etc/certs/ca.pem, clientCertificate: /etc/certs/tls.pem, privateKey: /etc/certs/key.pem }
`,
  },

  mentions: ['tls', 'tunnel'],
  kinds: ['DestinationRule'],
  reads: {},

  *check({ resource }) {
    for (const { policy } of trafficPolicies(resource.root)) {
      const tls = policy.map('tls');
      if (tls) yield* tlsProblems(resource, tls);
      const tunnel = policy.entry('tunnel');
      if (tunnel?.value.type === 'map') {
        const protocol = tunnel.value.get('protocol');
        const written = protocol?.text();
        if (protocol && written !== undefined && !['', 'CONNECT', 'POST'].includes(written))
          yield { at: protocol, message: `A tunnel is opened by CONNECT or POST, not by ${quoted(written)}.` };
        if (policy.has('proxyProtocol'))
          yield { at: policy.entry('proxyProtocol')!.keyRange, message: 'Calls go through a tunnel or have "proxyProtocol", not both.' };
      }
    }
  },

  fix: repairs,
});

function* tlsProblems(resource: Resource, tls: YamlMap): Generator<Problem> {
  const credential = tls.get('credentialName');
  const name = credential?.text();
  if (credential && name?.startsWith('configmap://') === true) {
    const [namespace = '', configMap = '', ...rest] = name.slice('configmap://'.length).split('/');
    if (namespace === '' || configMap === '' || rest.length > 0)
      yield { at: credential, message: `${quoted(name)} is no "configmap://namespace/name".` };
    else if (resource.namespace !== undefined && namespace !== resource.namespace)
      yield { at: credential, message: `A ConfigMap is read from the own namespace only, and this is in "${namespace}".` };
  }
  const mode = tls.text('mode');
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return;
  if (tls.boolean('insecureSkipVerify') === true) {
    const refused = ['caCertificates', ...(mode === 'SIMPLE' ? ['credentialName'] : []), 'subjectAltNames'].find((it) =>
      isSurelySet(tls, it),
    );
    if (refused !== undefined)
      yield {
        at: tls.entry(refused)!.keyRange,
        message: `"insecureSkipVerify" turns off what "${refused}" is for.`,
        related: [{ at: tls.entry('insecureSkipVerify')!.keyRange, message: 'it is turned off here' }],
      };
  }
  if (isSet(tls, 'credentialName')) {
    for (const field of ['clientCertificate', 'caCertificates', 'privateKey', 'caCrl'].filter((it) => isSurelySet(tls, it)))
      yield {
        at: tls.entry(field)!.keyRange,
        message: `Certificates come from "credentialName", so "${field}" cannot be set.`,
        data: { remove: field },
      };
    return;
  }
  if (mode === 'SIMPLE') return;
  const missing = ['clientCertificate', 'privateKey'].filter((it) => lacksText(resource, tls, it));
  if (missing.length > 0)
    yield {
      at: tls.get('mode') ?? placeOfLack(resource.root, tls),
      message: `Mode MUTUAL needs ${missing.map((it) => `"${it}"`).join(' and ')}, or "credentialName".`,
    };
}
