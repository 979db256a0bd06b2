import { defineRule } from '../../../rules/rule.js';
import { lacksText, placeOfLack, quoted, writtenText } from '../validation/values.js';

/** Members of a key that nobody but its owner may know. */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

export const invalidJwtRule = defineRule({
  id: 'istio/invalid-jwt-rule',
  title: 'Token rule without issuer, or with keys that cannot be read',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'A rule says whose tokens it is for, by issuer or by where the keys are. Keys in the manifest are a JSON Web Key Set of public keys; private ones in it are readable by everybody who may read the resource.',
  remedy: 'Set "issuer", and put public keys only into "jwks".',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: cart, namespace: shop }
spec:
  jwtRules:
  - issuer: https://issuer.example.com
    jwks: "-----BEGIN PUBLIC KEY-----"
`,
    good: `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: cart, namespace: shop }
spec:
  jwtRules: []
`,
  },

  kinds: ['RequestAuthentication'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    for (const rule of root.list('spec.jwtRules.*')) {
      if (lacksText(resource, rule, 'issuer') && lacksText(resource, rule, 'jwksUri'))
        yield { at: placeOfLack(root, rule), message: 'This rule has no "issuer" and no "jwksUri".' };
      const uri = rule.get('jwksUri');
      // The schema looks no further than at the host.
      if (uri && /^https?:\/\/[^/?#]*:(?!\d*(?:[/?#]|$))/i.test(writtenText(uri) ?? ''))
        yield { at: uri, message: `The port of ${quoted(writtenText(uri)!)} is no number.` };
      const at = rule.get('jwks');
      const text = at?.text();
      if (!at || text === undefined || text === '' || text.includes('{{')) continue;
      const keys = keysIn(text);
      if (keys === undefined) yield { at, message: '"jwks" is no JSON Web Key, nor a set of them.' };
      else if (keys.some((key) => PRIVATE.some((it) => it in key)))
        yield {
          at,
          severity: 'warning',
          peers: ['IST0133'],
          message: '"jwks" holds a private or shared key.',
          effect: 'Whoever reads it can make tokens that pass.',
        };
    }
  },
});

/** Keys of a JWK or a set of them; undefined for anything else. */
function keysIn(text: string): readonly object[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const keys: unknown = isObject(value) && 'keys' in value ? value.keys : [value];
  return Array.isArray(keys) && keys.every((it): it is object => isObject(it) && 'kty' in it) ? keys : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
