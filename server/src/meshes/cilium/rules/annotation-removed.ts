import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { ALIASES, ANNOTATED_KINDS, annotationNamed, annotationSites } from '../annotations.js';
import { ciliumSettings } from '../settings.js';

export const annotationRemoved = defineRule({
  id: 'cilium/annotation-removed',
  title: 'Annotation that Cilium no longer reads, or an old spelling of one',
  severity: 'warning',
  category: 'policy',
  effect: 'It has no effect.',
  why: 'Annotations for the visibility of requests are passed over since Cilium 1.17; a policy with rules about requests shows them. Names that begin with "io.cilium" are the spelling of old and are still read. The setting "cilium.version" says which version the manifests are for.',
  remedy: 'Write a CiliumNetworkPolicy with rules about requests, or use the new spelling.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: disabled }, annotations: { policy.cilium.io/proxy-visibility: "<Ingress/80/TCP/HTTP>" } }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: disabled } }
`,
  },

  kinds: ANNOTATED_KINDS,
  reads: { ciliumSettings },

  *check({ resource, read }) {
    const { minor } = read.ciliumSettings();
    for (const { name, keyRange } of annotationSites(resource)) {
      const facts = annotationNamed(name);
      if (/^cilium\.io\/bgp-virtual-router\./.test(name) && minor >= 19) {
        yield { at: keyRange, tags: ['deprecated'], message: `Cilium 1.19 no longer reads "${name}".`, data: { name, today: null } };
      } else if (facts?.removedIn !== undefined && minor >= facts.removedIn)
        yield {
          at: keyRange,
          tags: ['deprecated'],
          message: `Cilium 1.${facts.removedIn} no longer reads "${name}"; ${facts.instead ?? 'nothing'} takes its place.`,
          data: { name, today: null },
        };
      else if (ALIASES.has(name))
        yield {
          at: keyRange,
          severity: 'info',
          tags: ['deprecated'],
          message: `"${name}" is the old spelling of "${ALIASES.get(name)!}".`,
          effect: 'A later Cilium no longer reads it.',
          data: { name, today: ALIASES.get(name)! },
        };
    }
  },

  fix({ resource, problem, text }) {
    const { name, today } = problem.data as { name: string; today: string | null };
    const site = annotationSites(resource).find((it) => it.keyRange.start === problem.at.start);
    if (!site) return [];
    if (today !== null) {
      if (site.map.entry(today)) return [];
      const written = text.slice(problem.at.start, problem.at.end);
      return [{ title: `Rename to "${today}"`, preferred: true, edits: [{ range: problem.at, text: written.replace(name, today) }] }];
    }
    const removal = removeEntry(text, site.map, name);
    return removal ? [{ title: `Remove "${name}"`, edits: [removal] }] : [];
  },
});
