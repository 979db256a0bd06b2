import type { Resource } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { parseDuration } from '../../../schema/formats.js';
import { choices, shown } from '../../../schema/words.js';
import type { Range } from '../../../text/range.js';
import { quotedList } from '../../../text/words.js';
import type { YamlMap, YamlNode } from '../../../yaml/node.js';
import { changeToNear, type Finding, keyAt, keyOf, lacks, placeOf, specOf, unknownValue } from '../fields.js';
import { REFUSED } from '../names.js';

const DISCOVERY: readonly string[] = ['STRICT_DNS', 'STATIC', 'LOGICAL_DNS', 'EDS', 'ORIGINAL_DST'];

export const jwtProviderInvalid = defineRule({
  id: 'consul/jwt-provider-invalid',
  title: 'Provider of tokens that contradicts itself',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'A provider has its keys here or gets them from one address, and looks for tokens in one place after the other. The webhook refuses mixtures.',
  remedy: 'Give one source of keys, and one place for each location.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: JWTProvider
metadata: { name: idp, namespace: consul }
spec:
  issuer: https://idp.example.com
  jsonWebKeySet:
    local: { filename: /etc/jwks.json }
    remote: { uri: https://idp.example.com/jwks }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: JWTProvider
metadata: { name: idp, namespace: consul }
spec:
  issuer: https://idp.example.com
  jsonWebKeySet:
    remote: { uri: https://idp.example.com/jwks }
`,
  },

  kinds: ['JWTProvider'],
  reads: {},

  *check({ resource }) {
    const spec = specOf(resource);
    if (resource.partial || spec?.partial === true) return;
    const keys = spec?.get('jsonWebKeySet');
    if (keys === undefined || !spec!.has('jsonWebKeySet'))
      yield { at: keyAt(resource, 'spec.jsonWebKeySet'), message: 'This provider has no keys ("jsonWebKeySet").' };
    else yield* oneOf(keys, ['local', 'remote'], keyAt(resource, 'spec.jsonWebKeySet'));
    const local = keys?.get('local');
    if (local?.type === 'map') {
      yield* oneOf(local, ['jwks', 'filename'], keyAt(resource, 'spec.jsonWebKeySet.local'));
      const inline = local.text('jwks');
      if (inline !== undefined && inline !== '' && !isBase64(inline))
        yield { at: keyOf(local, 'jwks'), message: '"jwks" is not in base64.' };
    }
    const remote = keys?.get('remote');
    if (remote?.type === 'map') yield* remoteFaults(resource, remote);
    for (const location of resource.root.list('spec.locations.*')) {
      yield* oneOf(location, ['header', 'queryParam', 'cookie'], placeOf(location));
      for (const place of ['header', 'queryParam', 'cookie']) {
        const node = location.get(place);
        if (node?.type === 'map' && lacks(resource, node, 'name')) yield { at: keyOf(location, place), message: `"${place}" has no name.` };
      }
    }
    const forwarding = spec?.get('forwarding');
    if (forwarding?.type === 'map' && lacks(resource, forwarding, 'headerName'))
      yield { at: keyAt(resource, 'spec.forwarding'), message: 'The header for forwarding has no name ("headerName").' };
  },

  fix: changeToNear,
});

function* remoteFaults(resource: Resource, remote: YamlMap): Iterable<Finding> {
  const uri = remote.get('uri');
  const written = uri?.text();
  if (lacks(resource, remote, 'uri'))
    yield { at: keyAt(resource, 'spec.jsonWebKeySet.remote'), message: 'The keys have no address ("uri").' };
  else if (uri && written !== undefined && !/^[a-z][a-z0-9+.-]*:\/\/[^\s/]+/i.test(written))
    yield { at: uri, message: `"${shown(written)}" is no full address.` };
  const [least, most] = ['baseInterval', 'maxInterval'].map((field) =>
    parseDuration(remote.text(`retryPolicy.retryPolicyBackOff.${field}`) ?? ''),
  );
  if (most !== undefined && least !== undefined && most < least)
    yield { at: remote.get('retryPolicy.retryPolicyBackOff.maxInterval')!, message: '"maxInterval" is smaller than "baseInterval".' };
  const cluster = remote.get('jwksCluster');
  if (cluster?.type !== 'map') return;
  const at = keyOf(remote, 'jwksCluster');
  if (lacks(resource, cluster, 'discoveryType')) yield { at, message: `"jwksCluster" needs a "discoveryType", ${choices(DISCOVERY)}.` };
  else yield* unknownValue(cluster.get('discoveryType'), DISCOVERY, 'way of discovery');
  const certificates = cluster.get('tlsCertificates');
  if (certificates?.type !== 'map') return;
  yield* oneOf(certificates, ['trustedCA', 'caCertificateProviderInstance'], keyOf(cluster, 'tlsCertificates'));
  const trusted = certificates.get('trustedCA');
  if (trusted?.type === 'map')
    yield* oneOf(trusted, ['filename', 'environmentVariable', 'inlineString', 'inlineBytes'], keyOf(certificates, 'trustedCA'));
}

/** Exactly one of some fields, of which an empty map counts as written. */
function* oneOf(node: YamlNode, names: readonly string[], lack: Range): Iterable<Finding> {
  if (node.type === 'map' && node.partial) return;
  const set = names.filter((name) => node.has(name) && node.text(name) !== '');
  if (set.length === 1) return;
  yield {
    at: set.length > 1 ? keyOf(node, set[1]!) : lack,
    message: `Set one of ${quotedList(names, 'and')}; this has ${set.length === 0 ? 'none' : quotedList(set)}.`,
  };
}

function isBase64(text: string): boolean {
  const plain = text.replaceAll(/\s/g, '');
  return plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain);
}
