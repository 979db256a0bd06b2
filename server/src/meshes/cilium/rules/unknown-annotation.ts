import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { removeEntry } from '../../../yaml/edit.js';
import { ANNOTATED_KINDS, ANNOTATIONS, annotationSites, isKnownAnnotation } from '../annotations.js';

export const unknownAnnotation = defineRule({
  id: 'cilium/unknown-annotation',
  title: 'Annotation that Cilium does not know',
  severity: 'warning',
  category: 'reference',
  effect: 'It has no effect.',
  why: 'Cilium reads annotations by their exact names and passes over all others without a word.',
  remedy: 'Correct the name, or remove the annotation.',
  example: {
    bad: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, annotations: { service.cilium.io/globall: "true" } }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, annotations: { service.cilium.io/global: "true" } }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ANNOTATED_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { name, keyRange } of annotationSites(resource)) {
      if (isKnownAnnotation(name)) continue;
      const near = nearest(name, Object.keys(ANNOTATIONS));
      yield {
        at: keyRange,
        message: `Cilium knows no annotation "${name}"${near === undefined ? '' : ` ("${near}" exists)`}.`,
        data: { name, near: near ?? null },
      };
    }
  },

  fix({ resource, problem, text }) {
    const { name, near } = problem.data as { name: string; near: string | null };
    const site = annotationSites(resource).find((it) => it.keyRange.start === problem.at.start);
    if (!site) return [];
    const removal = removeEntry(text, site.map, name);
    const written = text.slice(problem.at.start, problem.at.end);
    return [
      ...(near === null || site.map.entry(near)
        ? []
        : [{ title: `Rename to "${near}"`, preferred: true, edits: [{ range: problem.at, text: written.replace(name, near) }] }]),
      ...(removal ? [{ title: `Remove "${name}"`, edits: [removal] }] : []),
    ];
  },
});
