import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { annotationSitesIn } from '../../kubernetes/annotation-sites.js';
import { annotationFacts, isProxyConfig } from '../annotations.js';
import { CONFIGURED_KINDS } from '../pod-annotations.js';

export const annotationDeprecated = defineRule({
  id: 'linkerd/annotation-deprecated',
  title: 'Annotation with a former name, or without effect any more',
  severity: 'info',
  category: 'style',
  why: 'The switch for native sidecars has left alpha and beta, and its former names will go. Others, about identity, tap and the init image, have no effect since what they were for is gone.',
  remedy: 'Write the name of today, or take the annotation out.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { config.alpha.linkerd.io/proxy-enable-native-sidecar: "true" } }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { config.linkerd.io/proxy-enable-native-sidecar: "true" } }
`,
  },

  kinds: CONFIGURED_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { name, keyRange } of annotationSitesIn(resource, isProxyConfig)) {
      const facts = annotationFacts(name);
      if (facts?.replacedBy !== undefined)
        yield {
          at: keyRange,
          message: `"${name}" is called "${facts.replacedBy}" today.`,
          tags: ['deprecated'],
          data: { name, today: facts.replacedBy },
        };
      else if (facts?.removed)
        yield { at: keyRange, message: `Linkerd does not read "${name}" any more.`, tags: ['deprecated'], data: { name, today: null } };
    }
  },

  fix({ resource, problem, text }) {
    const { name, today } = problem.data as { name: string; today: string | null };
    const site = annotationSitesIn(resource, isProxyConfig).find((it) => it.keyRange.start === problem.at.start);
    if (!site) return [];
    const removal = removeEntry(text, site.map, name);
    if (today !== null && !site.map.entry(today)) {
      const written = text.slice(problem.at.start, problem.at.end);
      return [{ title: `Rename to "${today}"`, preferred: true, edits: [{ range: problem.at, text: written.replace(name, today) }] }];
    }
    return removal ? [{ title: `Remove "${name}"`, preferred: true, edits: [removal] }] : [];
  },
});
