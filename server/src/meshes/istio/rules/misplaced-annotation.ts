import { defineRule, type Fix } from '../../../rules/rule.js';
import { insertEntry, quoteIfNeeded, removeEntry } from '../../../yaml/edit.js';
import { podTemplate } from '../../kubernetes/annotation-sites.js';
import { ANNOTATED_KINDS, annotationSites, OWN_KINDS_MENTION } from '../annotation-sites.js';
import { ANNOTATIONS } from '../annotations.js';
import { quotedList } from '../words.js';

export const misplacedAnnotation = defineRule({
  id: 'istio/misplaced-annotation',
  title: 'Annotation on a resource that Istio does not read it from',
  severity: 'warning',
  category: 'semantics',
  peers: ['IST0107'],
  effect: 'It has no effect here.',
  why: 'Istio reads each annotation from certain kinds only. What is for pods has to stand in the pod template; on the Deployment itself nobody reads it.',
  remedy: 'Move it to the resource that it is for; what is for pods, to the pod template.',
  example: {
    bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop, annotations: { sidecar.istio.io/proxyCPU: 100m } }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart }, annotations: { sidecar.istio.io/proxyCPU: 100m } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  mentions: ['istio.io/', 'ingress.class'],
  mentionsIn: OWN_KINDS_MENTION,
  kinds: ANNOTATED_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { name, keyRange, carrier, isTemplate, seenByPeer } of annotationSites(resource)) {
      const facts = Object.hasOwn(ANNOTATIONS, name) ? ANNOTATIONS[name] : undefined;
      if (!facts || facts.on.includes('Any') || facts.on.includes(carrier)) continue;
      const template = facts.on.includes('Pod') ? podTemplate(resource) : undefined;
      yield {
        at: keyRange,
        peers: seenByPeer ? ['IST0107'] : [],
        message: `"${name}" is for ${template ? 'the pod template' : quotedList(facts.on).replaceAll('"', '')}, not for a ${isTemplate ? 'pod template' : carrier}.`,
        data: name,
      };
    }
  },

  fix({ resource, problem, text }) {
    const name = problem.data as string;
    const site = annotationSites(resource).find((it) => it.keyRange.start === problem.at.start);
    const removal = site && removeEntry(text, site.map, name);
    if (!site || !removal) return [];
    const fixes: Fix[] = [];
    const metadata = ANNOTATIONS[name]!.on.includes('Pod') && !site.isTemplate ? podTemplate(resource)?.map('metadata') : undefined;
    const value = site.value.text();
    const annotations = metadata?.map('annotations');
    const isOpen = metadata?.entry('annotations') !== undefined && annotations === undefined;
    if (metadata && value !== undefined && !isOpen && !annotations?.entry(name)) {
      const insertion = annotations
        ? insertEntry(text, annotations, name, quoteIfNeeded(value))
        : insertEntry(text, metadata, 'annotations', `${name}: ${quoteIfNeeded(value)}`);
      if (!value.includes('\n')) fixes.push({ title: 'Move it to the pod template', edits: [removal, insertion] });
    }
    fixes.push({ title: `Remove "${name}"`, edits: [removal] });
    return fixes;
  },
});
