import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { removeEntry } from '../../../yaml/edit.js';
import { ANNOTATED_KINDS, annotationNamed, annotationSites } from '../annotations.js';

export const annotationMisplaced = defineRule({
  id: 'cilium/annotation-misplaced',
  title: 'Annotation where Cilium does not look for it',
  severity: 'warning',
  category: 'reference',
  effect: 'It has no effect here.',
  why: 'Each annotation is read on certain kinds of resources: those of a Service on the Service, those of pods on the pods, which means on the pod template and not on the Deployment.',
  remedy: 'Move it to where it is read.',
  example: {
    bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: dns, namespace: shop, annotations: { policy.cilium.io/no-track-port: "53" } }
spec:
  selector: { matchLabels: { app: dns } }
  template:
    metadata: { labels: { app: dns } }
    spec: { containers: [{ name: dns, image: "example.org/dns:1" }] }
`,
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: dns, namespace: shop }
spec:
  selector: { matchLabels: { app: dns } }
  template:
    metadata: { labels: { app: dns }, annotations: { policy.cilium.io/no-track-port: "53" } }
    spec: { containers: [{ name: dns, image: "example.org/dns:1" }] }
`,
  },

  kinds: ANNOTATED_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { name, keyRange, carrier, isTemplate } of annotationSites(resource)) {
      const facts = annotationNamed(name);
      if (facts === undefined || facts.isOwn === true || facts.on.includes(carrier)) continue;
      const where =
        facts.on.includes('Pod') && !isTemplate && resource.kind !== 'Namespace' ? 'the pod template' : quotedList(facts.on, 'and');
      yield { at: keyRange, message: `Cilium reads "${name}" on ${where}, not on a ${isTemplate ? 'pod' : carrier}.`, data: name };
    }
  },

  fix({ resource, problem, text }) {
    const site = annotationSites(resource).find((it) => it.keyRange.start === problem.at.start);
    const removal = site && removeEntry(text, site.map, String(problem.data));
    return removal ? [{ title: `Remove "${String(problem.data)}"`, edits: [removal] }] : [];
  },
});
