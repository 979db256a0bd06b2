import { defineRule } from '../../../rules/rule.js';
import { insertEntry, quoteIfNeeded, removeEntry } from '../../../yaml/edit.js';
import { annotationSitesIn } from '../../kubernetes/annotation-sites.js';

const isWanted = (name: string): boolean => name === 'mirror.linkerd.io/exported' || name === 'mirror.linkerd.io/federated';

export const mirrorAnnotationShouldBeLabel = defineRule({
  id: 'linkerd/mirror-annotation-should-be-label',
  title: 'Service that is exported by an annotation',
  severity: 'warning',
  category: 'semantics',
  effect: 'It is not exported.',
  why: 'Services that other clusters are to see are picked by a label selector. mirror.linkerd.io/exported and mirror.linkerd.io/federated are labels; as annotations they pick nothing.',
  remedy: 'Move it to the labels.',
  example: {
    bad: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, annotations: { mirror.linkerd.io/exported: "true" } }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, labels: { mirror.linkerd.io/exported: "true" } }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['Service'],
  reads: {},

  *check({ resource }) {
    for (const { name, keyRange } of annotationSitesIn(resource, isWanted))
      if (!resource.labels.has(name)) yield { at: keyRange, message: `"${name}" is a label, and no annotation.`, data: name };
  },

  fix({ resource, problem, text }) {
    const name = problem.data as string;
    const site = annotationSitesIn(resource, isWanted).find((it) => it.keyRange.start === problem.at.start);
    const removal = site && removeEntry(text, site.map, name);
    const value = site?.value.text();
    if (!site || !removal || value === undefined) return [];
    const labels = site.metadata.map('labels');
    const insertion = labels
      ? insertEntry(text, labels, name, quoteIfNeeded(value))
      : insertEntry(text, site.metadata, 'labels', `${name}: ${quoteIfNeeded(value)}`);
    return [{ title: 'Move it to the labels', preferred: true, edits: [removal, insertion] }];
  },
});
