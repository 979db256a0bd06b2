import { defineRule, type Problem } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { complaintAboutHeaderValue } from '../validation/headers.js';
import { knownEntries, quoted, writtenText } from '../validation/values.js';

export const invalidHeaderChange = defineRule({
  id: 'istio/invalid-header-change',
  title: 'Header operation that Envoy cannot do',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Pseudo-headers and "host" are part of the protocol and cannot be set or removed like others; of them only the authority of a request can be set, and in one place of a route. In values, percent signs enclose what Envoy fills in.',
  remedy: 'Use "rewrite" for path and authority, and write "%%" for a percent sign.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - headers: { response: { set: { x-discount: 50% } } }
    redirect: { authority: shop.example.com }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - headers: { response: { set: { x-discount: 50%% } } }
    redirect: { authority: shop.example.com }
`,
  },

  mentions: ['headers'],
  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    for (const route of resource.root.list('spec.http.*')) {
      for (const headers of [...route.list('headers'), ...route.list('route.*.headers')]) {
        for (const direction of ['request', 'response']) {
          const changes = headers.get(direction);
          for (const operation of ['set', 'add']) {
            for (const { key, keyRange, value } of knownEntries(changes?.get(operation))) {
              yield* nameProblem(key, keyRange, direction === 'request');
              const written = writtenText(value);
              const complaint = written === undefined ? undefined : complaintAboutHeaderValue(written);
              if (complaint !== undefined) yield { at: value, message: `Envoy cannot read this header value: ${complaint}.` };
            }
          }
          for (const node of changes?.listIn('remove') ?? []) {
            const name = writtenText(node);
            if (name !== undefined) yield* nameProblem(name, node, false);
          }
        }
      }
      const places = authorityPlaces(route);
      const second = places[1];
      if (second)
        yield {
          at: second,
          message: 'This route sets the authority of requests in two places.',
          related: [{ at: places[0]!, message: 'it is set here, too' }],
        };
    }
  },
});

function* nameProblem(name: string, at: Problem['at'], isRequestSet: boolean): Generator<Problem> {
  if (name === '') yield { at, message: 'The name of a header is missing here.' };
  else if (isRequestSet && isAuthority(name)) return;
  else if (name.toLowerCase() === 'host') yield { at, message: '"Host" cannot be changed here.' };
  else if (name.startsWith(':')) yield { at, message: `${quoted(name)} is a pseudo-header, which cannot be changed here.` };
}

function isAuthority(name: string): boolean {
  return name === ':authority' || name.toLowerCase() === 'host';
}

/** Keys that set the authority of a route's requests. */
function authorityPlaces(route: YamlNode): readonly Problem['at'][] {
  const rewrite = route.map('rewrite');
  const places = rewrite?.text('authority') ? [rewrite.entry('authority')!.keyRange] : [];
  for (const path of ['headers.request.set', 'headers.request.add']) {
    for (const { key, keyRange } of knownEntries(route.get(path))) if (isAuthority(key)) places.push(keyRange);
  }
  return places.sort((a, b) => a.start - b.start);
}
