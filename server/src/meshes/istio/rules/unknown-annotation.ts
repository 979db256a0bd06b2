import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { removeEntry } from '../../../yaml/edit.js';
import { ANNOTATED_KINDS, annotationSites, OWN_KINDS_MENTION } from '../annotation-sites.js';
import { ANNOTATIONS } from '../annotations.js';

export const unknownAnnotation = defineRule({
  id: 'istio/unknown-annotation',
  title: 'Annotation that Istio does not know',
  severity: 'warning',
  category: 'reference',
  peers: ['IST0108'],
  effect: 'It has no effect.',
  why: 'Istio reads annotations by their exact names and passes over all others without a word.',
  remedy: 'Correct the name, or remove the annotation.',
  example: {
    bad: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, annotations: { networking.istio.io/exportsTo: "." } }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, annotations: { networking.istio.io/exportTo: "." } }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  mentions: ['istio.io/', 'ingress.class'],
  mentionsIn: OWN_KINDS_MENTION,
  kinds: ANNOTATED_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { name, keyRange, seenByPeer } of annotationSites(resource)) {
      if (Object.hasOwn(ANNOTATIONS, name)) continue;
      const near = nearest(name, Object.keys(ANNOTATIONS));
      yield {
        at: keyRange,
        peers: seenByPeer ? ['IST0108'] : [],
        message: `Istio knows no annotation "${name}"${near === undefined ? '' : ` ("${near}" exists)`}.`,
        data: { name, near: near ?? null },
      };
    }
  },

  fix({ resource, problem, text }) {
    const { name, near } = problem.data as { name: string; near: string | null };
    const site = annotationSites(resource).find((it) => it.keyRange.start === problem.at.start);
    if (!site) return [];
    const removal = removeEntry(text, site.map, name);
    return [
      ...(near === null || site.map.entry(near)
        ? []
        : [
            {
              title: `Rename to "${near}"`,
              preferred: true,
              edits: [{ range: problem.at, text: text.slice(problem.at.start, problem.at.end).replace(name, near) }],
            },
          ]),
      ...(removal ? [{ title: `Remove "${name}"`, edits: [removal] }] : []),
    ];
  },
});
