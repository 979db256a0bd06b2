import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { removeEntry } from '../../../yaml/edit.js';
import { annotationFacts, ANNOTATIONS, isProxyConfig } from '../annotations.js';
import { CONFIGURED_KINDS, sitesRead } from '../pod-annotations.js';

export const annotationUnknown = defineRule({
  id: 'linkerd/annotation-unknown',
  title: 'Annotation that Linkerd does not know',
  severity: 'warning',
  category: 'semantics',
  effect: 'It has no effect.',
  why: 'Linkerd reads annotations by name and passes over all others without a word. A slip of the pen leaves the default in force.',
  remedy: 'Correct the name.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { config.linkerd.io/proxy-cpu-limits: 100m } }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { config.linkerd.io/proxy-cpu-limit: 100m } }
`,
  },

  kinds: [...CONFIGURED_KINDS, 'Service'],
  reads: {},

  *check({ resource }) {
    // Where they are read by nobody, inject-annotation-misplaced tells of them.
    for (const { name, keyRange } of sitesRead(resource, isProxyConfig)) {
      if (annotationFacts(name) !== undefined) continue;
      const near = nearest(name, Object.keys(ANNOTATIONS), 4);
      yield {
        at: keyRange,
        message: `Linkerd knows no annotation "${name}"${near === undefined ? '' : ` ("${near}" exists)`}.`,
        data: { name, near: near ?? null },
      };
    }
  },

  fix({ resource, problem, text }) {
    const { name, near } = problem.data as { name: string; near: string | null };
    const site = sitesRead(resource, isProxyConfig).find((it) => it.keyRange.start === problem.at.start);
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
