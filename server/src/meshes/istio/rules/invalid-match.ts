import { defineRule } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { isClaim, isMatchableHeader } from '../validation/headers.js';
import { isBoundToMesh } from '../validation/routes.js';
import { knownEntries, lacksItems, placeOfKey, quoted } from '../validation/values.js';

export const invalidMatch = defineRule({
  id: 'istio/invalid-match',
  title: 'Match that asks for what no request can have, or for nothing',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Istio refuses matches that cannot work: a name that no header can have, an empty prefix, which every text begins with, a TLS route that names no server, and claims of a token anywhere but at a gateway.',
  remedy: 'Correct the condition, or take it out.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - match:
    - headers: { "end user": { exact: jason } }
    redirect: { authority: shop.example.com }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - match:
    - headers: { end-user: { exact: jason } }
    redirect: { authority: shop.example.com }
`,
  },

  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    const ofMesh = isBoundToMesh(resource);
    for (const match of root.list('spec.http.*.match.*')) {
      for (const field of ['headers', 'withoutHeaders']) {
        for (const { key, keyRange } of knownEntries(match.get(field))) {
          if (!isMatchableHeader(key)) yield { at: keyRange, message: `${quoted(key)} is no name that a header can have.` };
          else if (isClaim(key) && ofMesh)
            yield {
              at: keyRange,
              message: 'Claims of a token decide routes at gateways only, and this VirtualService applies in the mesh.',
            };
        }
      }
      for (const at of prefixesIn(match))
        if (at.text() === '') yield { at, message: 'The prefix is empty, and every text begins with that.' };
    }
    for (const route of root.list('spec.tls.*')) {
      if (lacksItems(resource, route, 'match'))
        yield { at: placeOfKey(root, route, 'match'), message: 'A TLS route needs a match that names its servers in "sniHosts".' };
      for (const match of route.list('match.*')) {
        if (lacksItems(resource, match, 'sniHosts'))
          yield { at: placeOfKey(root, match, 'sniHosts'), message: 'The match of a TLS route needs "sniHosts".' };
      }
    }
  },
});

const TEXTS: readonly string[] = ['scheme', 'method', 'authority'];
const NAMED_TEXTS: readonly string[] = ['headers', 'withoutHeaders', 'queryParams'];

/** Prefixes of the texts that a match compares, other than of the path. */
function prefixesIn(match: YamlNode): readonly YamlNode[] {
  const found: YamlNode[] = [];
  const add = (text: YamlNode | undefined): void => {
    const prefix = text?.get('prefix');
    if (prefix !== undefined) found.push(prefix);
  };
  for (const field of TEXTS) add(match.get(field));
  for (const field of NAMED_TEXTS) for (const { value } of knownEntries(match.get(field))) add(value);
  return found;
}
