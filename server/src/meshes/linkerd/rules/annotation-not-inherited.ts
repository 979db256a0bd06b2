import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { annotationSitesIn } from '../../kubernetes/annotation-sites.js';
import { annotationFacts, isProxyConfig } from '../annotations.js';

export const annotationNotInherited = defineRule({
  id: 'linkerd/annotation-not-inherited',
  title: 'Annotation on a Namespace that its pods do not take over',
  severity: 'warning',
  category: 'semantics',
  effect: 'It has no effect here.',
  why: 'Pods take over most annotations of their Namespace, but not all: those about the debug image, gateways, close-wait and the share of CPUs count on pods only.',
  remedy: 'Move it to the pod templates.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { config.linkerd.io/close-wait-timeout: 1h } }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { config.linkerd.io/shutdown-grace-period: 1m } }
`,
  },

  kinds: ['Namespace'],
  reads: {},

  *check({ resource }) {
    for (const { name, keyRange } of annotationSitesIn(resource, isProxyConfig)) {
      const facts = annotationFacts(name);
      if (facts === undefined || facts.on.includes('Namespace')) continue;
      yield { at: keyRange, message: `Pods do not take "${name}" over from their Namespace.`, data: name };
    }
  },

  fix({ resource, problem, text }) {
    const map = resource.root.map('metadata.annotations');
    const removal = map && removeEntry(text, map, problem.data as string);
    return removal ? [{ title: `Remove "${problem.data as string}"`, edits: [removal] }] : [];
  },
});
