import { defineRule } from '../../../rules/rule.js';
import { changeToNear, unknownValue } from '../fields.js';
import { REFUSED, TLS_VERSIONS } from '../names.js';

const VERSION_PLACES: Readonly<Record<string, readonly string[]>> = {
  Mesh: ['spec.tls.incoming', 'spec.tls.outgoing'],
  IngressGateway: ['spec.tls', 'spec.listeners.*.tls'],
};
const SLASH_ACTIONS: readonly string[] = [
  'IMPLEMENTATION_SPECIFIC_DEFAULT',
  'KEEP_UNCHANGED',
  'REJECT_REQUEST',
  'UNESCAPE_AND_REDIRECT',
  'UNESCAPE_AND_FORWARD',
];
const HEADER_ACTIONS: readonly string[] = ['ALLOW', 'REJECT_REQUEST', 'DROP_HEADER'];

export const meshEnumInvalid = defineRule({
  id: 'consul/mesh-enum-invalid',
  title: 'Version of TLS or treatment of requests that does not exist',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'Versions are written as TLSv1_2, and the treatment of odd paths and headers in words of Envoy. The webhook refuses everything else.',
  remedy: 'Use one of the values that exist.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: Mesh
metadata: { name: mesh, namespace: consul }
spec: { tls: { incoming: { tlsMinVersion: TLSv1.2 } } }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: Mesh
metadata: { name: mesh, namespace: consul }
spec: { tls: { incoming: { tlsMinVersion: TLSv1_2 } } }
`,
  },

  kinds: ['Mesh', 'IngressGateway'],
  reads: {},

  *check({ resource }) {
    for (const path of VERSION_PLACES[resource.kind] ?? [])
      for (const tls of resource.root.list(path))
        for (const field of ['tlsMinVersion', 'tlsMaxVersion']) yield* unknownValue(tls.get(field), TLS_VERSIONS, 'version of TLS');
    const normalization = resource.root.get('spec.http.incoming.requestNormalization');
    yield* unknownValue(normalization?.get('pathWithEscapedSlashesAction'), SLASH_ACTIONS, 'treatment of escaped slashes');
    yield* unknownValue(normalization?.get('headersWithUnderscoresAction'), HEADER_ACTIONS, 'treatment of underscores in headers');
  },

  fix: changeToNear,
});
