import { defineRule } from '../../../rules/rule.js';
import { controlPlane } from '../control-plane.js';
import { isRemoved, KEYED_KINDS, keyFacts, keySites } from '../keys.js';
import { MESH_LABEL } from '../names.js';

export const removedAnnotation = defineRule({
  id: 'kuma/removed-annotation',
  title: 'Annotation that Kuma reads no more',
  severity: 'warning',
  category: 'semantics',
  effect: 'Kuma does not read it.',
  why: 'Some annotations had another spelling once, and version 3 gives up several more.',
  remedy: 'Use what has taken its place, or remove it.',
  example: {
    bad: `
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, annotations: { kuma.io/builtindns: enabled } }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, annotations: { kuma.io/builtin-dns: enabled } }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: KEYED_KINDS,
  reads: { controlPlane },

  *check({ resource, read }) {
    for (const { name, keyRange, field, carrier, metadata } of keySites(resource)) {
      const facts = keyFacts(name);
      // Where the label is absent, a rule of its own tells of the annotation.
      if (
        name === MESH_LABEL &&
        field === 'annotations' &&
        read.controlPlane().version === '3.0' &&
        ['Namespace', 'Service', 'Pod'].includes(carrier) &&
        metadata.map('labels')?.entry(MESH_LABEL) !== undefined
      ) {
        yield {
          at: keyRange,
          tags: ['deprecated'],
          message: `Kuma 3 does not read annotation "${MESH_LABEL}"; the label beside it counts.`,
          data: {},
        };
        continue;
      }
      if (facts === undefined || !isRemoved(facts, read.controlPlane().version)) continue;
      yield {
        at: keyRange,
        tags: ['deprecated'],
        message: `Kuma${facts.removed === '3.0' ? ' 3' : ''} does not read "${name}"${facts.instead === undefined ? '' : `; use ${facts.instead}`}.`,
        data: { instead: facts.instead },
      };
    }
  },

  fix({ problem, text }) {
    const { instead } = problem.data as { instead?: string };
    // Only another spelling takes the same value.
    if (instead === undefined || !/^kuma\.io\/builtin-dns(-port)?$/.test(instead)) return [];
    const quote = /^["']/.exec(text.slice(problem.at.start))?.[0] ?? '';
    return [{ title: `Change to "${instead}"`, preferred: true, edits: [{ range: problem.at, text: quote + instead + quote }] }];
  },
});
