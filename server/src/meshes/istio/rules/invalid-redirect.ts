import { defineRule } from '../../../rules/rule.js';
import { repairs, type Repair } from '../validation/repairs.js';
import { isSet, isSurelySet, lacks, placeOfLack, quoted, writtenText } from '../validation/values.js';

export const invalidRedirect = defineRule({
  id: 'istio/invalid-redirect',
  title: 'Redirect that leads nowhere, or to two places',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'A redirect has to change something of the address, or clients come back to where they were. "uri" replaces the whole path and "prefixRewrite" the prefix that matched, so that only one can be meant, and the second needs matches with a prefix.',
  remedy: 'Say what changes: "uri" or "prefixRewrite", "authority", "port" or "scheme".',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - redirect: { redirectCode: 302 }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - redirect: { redirectCode: 302, uri: /home }
`,
  },

  mentions: ['redirect'],
  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    for (const route of root.list('spec.http.*')) {
      const redirect = route.map('redirect');
      if (!redirect) continue;
      const prefix = redirect.entry('prefixRewrite');
      if (isSurelySet(redirect, 'uri') && prefix && isSurelySet(redirect, 'prefixRewrite')) {
        yield {
          at: prefix.keyRange,
          message: 'A redirect has "uri" or "prefixRewrite", not both.',
          data: [{ remove: 'prefixRewrite' }, { removeBeside: 'uri', of: 'prefixRewrite' }] satisfies readonly Repair[],
        };
        continue;
      }
      if (prefix && isSurelySet(redirect, 'prefixRewrite')) {
        const other = route.list('match.*.uri').find((it) => it.has('exact') || it.has('regex'));
        if (other) {
          yield {
            at: prefix.keyRange,
            message: '"prefixRewrite" needs matches of a prefix, and one of this route is of another kind.',
            related: [{ at: other, message: 'this match has no prefix' }],
          };
          continue;
        }
      }
      const isNothing =
        lacks(resource, redirect, 'port', 'derivePort') &&
        !['uri', 'prefixRewrite', 'authority', 'scheme'].some((it) => isSet(redirect, it));
      if (isNothing) yield { at: placeOfLack(root, redirect), message: 'This redirect changes nothing of the address.' };
      const scheme = redirect.get('scheme');
      const written = writtenText(scheme);
      if (scheme && written !== undefined && !['', 'http', 'https'].includes(written))
        yield {
          at: scheme,
          message: `A redirect leads to http or https, not to ${quoted(written)}.`,
          ...(SCHEMES.includes(plainScheme(written)) && { data: { write: plainScheme(written) } }),
        };
    }
  },

  fix: repairs,
});

const SCHEMES = ['http', 'https'];

/** `HTTPS`, `https:` and `https://` mean what they say. */
function plainScheme(written: string): string {
  return written.toLowerCase().replace(/:(?:\/\/)?$/, '');
}
