import { defineRule } from '../../../rules/rule.js';
import { insertEntry, quoteIfNeeded, removeEntry } from '../../../yaml/edit.js';
import { podTemplate } from '../../kubernetes/annotation-sites.js';
import { ANNOTATED_KINDS, annotationSites, OWN_KINDS_MENTION } from '../annotation-sites.js';
import { ANNOTATIONS } from '../annotations.js';

const INJECT = 'sidecar.istio.io/inject';

export const deprecatedAnnotation = defineRule({
  id: 'istio/deprecated-annotation',
  title: 'Annotation that Istio has given up',
  severity: 'info',
  category: 'style',
  peers: ['IST0135'],
  effect: 'A later Istio may stop reading it.',
  why: 'Deprecated annotations still work, and go away in a later release.',
  remedy: 'Use what replaces it, or remove it.',
  example: {
    bad: `
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, annotations: { sidecar.istio.io/inject: "true" } }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, labels: { sidecar.istio.io/inject: "true" } }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  mentions: ['istio.io/', 'ingress.class'],
  mentionsIn: OWN_KINDS_MENTION,
  kinds: ANNOTATED_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { name, keyRange, metadata, seenByPeer } of annotationSites(resource)) {
      const facts = Object.hasOwn(ANNOTATIONS, name) ? ANNOTATIONS[name] : undefined;
      if (!facts?.deprecated || (name === INJECT && metadata.map('labels')?.texts().has(INJECT) === true)) continue;
      yield {
        at: keyRange,
        peers: seenByPeer ? ['IST0135'] : [],
        tags: ['deprecated'],
        message: `"${name}" is deprecated${facts.replacedBy === undefined ? '' : `; use ${facts.replacedBy.replace(/\S+\/\S+/, '"$&"')}`}.`,
      };
    }
  },

  fix({ resource, problem, text }) {
    const site = annotationSites(resource).find((it) => it.keyRange.start === problem.at.start);
    const value = site?.value.text();
    if (site?.name !== INJECT || value === undefined) return [];
    const metadata = site.isTemplate
      ? podTemplate(resource)?.map('metadata')
      : resource.kind === 'Pod'
        ? resource.root.map('metadata')
        : undefined;
    const removal = removeEntry(text, site.map, INJECT);
    if (!metadata || !removal) return [];
    const labels = metadata.map('labels');
    const insertion = labels
      ? insertEntry(text, labels, INJECT, quoteIfNeeded(value))
      : insertEntry(text, metadata, 'labels', `${INJECT}: ${quoteIfNeeded(value)}`, 'name');
    return [{ title: 'Make it a label', preferred: true, edits: [removal, insertion] }];
  },
});
