import { defineRule } from '../../../rules/rule.js';
import { insertEntry, quoteIfNeeded, removeEntry } from '../../../yaml/edit.js';
import { annotationSitesIn } from '../../kubernetes/annotation-sites.js';
import { INJECT, WEBHOOKS_LABEL } from '../injection.js';
import { CONFIGURED_KINDS } from '../pod-annotations.js';

const isWanted = (name: string): boolean => name === INJECT || /^config\.(alpha\.)?linkerd\.io\//.test(name);

export const injectLabelInsteadOfAnnotation = defineRule({
  id: 'linkerd/inject-label-instead-of-annotation',
  title: 'Label where Linkerd reads an annotation',
  severity: 'warning',
  category: 'semantics',
  effect: 'It has no effect.',
  why: 'Linkerd is told by annotations how to inject and configure its proxies. Other meshes use labels for that, and Linkerd reads none of these names as labels, but for config.linkerd.io/admission-webhooks on a Namespace.',
  remedy: 'Move it to the annotations.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { linkerd.io/inject: enabled } }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: enabled } }
`,
  },

  kinds: [...CONFIGURED_KINDS, 'Service'],
  reads: {},

  *check({ resource }) {
    const sites = annotationSitesIn(resource, isWanted, 'labels');
    const seen = new Set<string>();
    // That of the pod template is the one that matters.
    for (const { name, keyRange } of [...sites].reverse()) {
      if (seen.has(name) || (name === WEBHOOKS_LABEL && resource.kind === 'Namespace')) continue;
      seen.add(name);
      yield { at: keyRange, message: `"${name}" is an annotation, and no label.`, data: name };
    }
  },

  fix({ resource, problem, text }) {
    const name = problem.data as string;
    const site = annotationSitesIn(resource, isWanted, 'labels').find((it) => it.keyRange.start === problem.at.start);
    const removal = site && removeEntry(text, site.map, name);
    const value = site?.value.text();
    if (!site || !removal || value === undefined) return [];
    const annotations = site.metadata.map('annotations');
    if (annotations?.entry(name)) return [{ title: `Remove "${name}"`, preferred: true, edits: [removal] }];
    const insertion = annotations
      ? insertEntry(text, annotations, name, quoteIfNeeded(value))
      : insertEntry(text, site.metadata, 'annotations', `${name}: ${quoteIfNeeded(value)}`, 'name');
    return [{ title: 'Move it to the annotations', preferred: true, edits: [removal, insertion] }];
  },
});
