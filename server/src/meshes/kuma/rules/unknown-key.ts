import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { GATEWAY_KINDS, LEGACY_KINDS } from '../names.js';
import { KEYED_KINDS, KEYS, keyFacts, keySites } from '../keys.js';

/** Kinds that Kuma reads keys of, and those of which it is not told which. */
const OTHERS = [
  'Mesh',
  'Zone',
  ...GATEWAY_KINDS,
  ...LEGACY_KINDS,
  'gateway.networking.k8s.io/HTTPRoute',
  'gateway.networking.k8s.io/Gateway',
];

export const unknownKey = defineRule({
  id: 'kuma/unknown-key',
  title: 'Label or annotation of Kuma that Kuma does not know',
  severity: 'warning',
  category: 'reference',
  effect: 'Kuma does not read it.',
  why: 'A slip in a key is no error to anybody: Kubernetes takes every label and annotation, and Kuma reads those that it knows.',
  remedy: 'Correct the key.',
  example: {
    bad: `
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, annotations: { kuma.io/sidecar-drain-tme: 10s } }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, annotations: { kuma.io/sidecar-drain-time: 10s } }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: [...KEYED_KINDS, ...OTHERS],
  reads: {},

  *check({ resource }) {
    for (const { name, keyRange } of keySites(resource)) {
      if (keyFacts(name) !== undefined) continue;
      const near = nearest(name, Object.keys(KEYS), 3);
      yield { at: keyRange, message: `Kuma knows no "${name}"${near === undefined ? '' : ` ("${near}" is one)`}.`, data: { near } };
    }
  },

  fix({ problem, text }) {
    const { near } = problem.data as { near?: string };
    if (near === undefined) return [];
    const quote = /^["']/.exec(text.slice(problem.at.start))?.[0] ?? '';
    return [{ title: `Change to "${near}"`, preferred: true, edits: [{ range: problem.at, text: quote + near + quote }] }];
  },
});
