import { defineRule } from '../../../rules/rule.js';
import { isHeaderName } from '../validation/headers.js';
import { isWholeSeconds } from '../validation/durations.js';
import { repairs } from '../validation/repairs.js';
import { lacks, placeOfLack, quoted, writtenText } from '../validation/values.js';

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*'];

export const invalidCorsPolicy = defineRule({
  id: 'istio/invalid-cors-policy',
  title: 'CORS policy with what no browser asks for',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Browsers compare methods letter by letter, in capitals, and take max-age in whole seconds. Istio refuses a policy that could never be met.',
  remedy: 'Correct the value.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - corsPolicy: { allowMethods: [get] }
    redirect: { authority: shop.example.com }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - corsPolicy: { allowMethods: [GET] }
    redirect: { authority: shop.example.com }
`,
  },

  mentions: ['corsPolicy'],
  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    for (const policy of root.list('spec.http.*.corsPolicy')) {
      for (const origin of policy.list('allowOrigins.*')) {
        const empty = ['exact', 'prefix'].map((it) => origin.get(it)).find((it) => it?.text() === '');
        if (empty) yield { at: empty, message: 'This origin is empty.' };
        else if (lacks(resource, origin, 'exact', 'prefix', 'regex'))
          yield { at: placeOfLack(root, origin), message: 'This origin says nothing; it needs "exact", "prefix" or "regex".' };
      }
      for (const at of policy.list('allowMethods.*')) {
        const method = writtenText(at);
        if (method === undefined || METHODS.includes(method)) continue;
        const upper = method.toUpperCase();
        yield {
          at,
          message: `${quoted(method)} is no HTTP method that Istio knows.`,
          ...(METHODS.includes(upper) && { data: { write: upper } }),
        };
      }
      for (const at of [...policy.list('allowHeaders.*'), ...policy.list('exposeHeaders.*')]) {
        const name = writtenText(at);
        if (name !== undefined && name !== '*' && !isHeaderName(name))
          yield { at, message: `${quoted(name)} is no name that a header can have.` };
      }
      const maxAge = policy.get('maxAge');
      const age = writtenText(maxAge);
      if (maxAge && age !== undefined && !isWholeSeconds(age)) yield { at: maxAge, message: '"maxAge" counts in whole seconds.' };
    }
  },

  fix: repairs,
});
