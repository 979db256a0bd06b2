import { defineRule } from '../../../rules/rule.js';
import { annotationSitesIn } from '../../kubernetes/annotation-sites.js';
import { isMeshInUse } from '../../kubernetes/lookups.js';
import { annotationFacts } from '../annotations.js';
import { parseLinkerdDuration, repairedDuration } from '../durations.js';
import { isOutbound, linkerdParents, REQUEST_ROUTES } from '../references.js';
import { changeFixes } from '../suggestions.js';

export const timeoutAnnotationInvalid = defineRule({
  id: 'linkerd/timeout-annotation-invalid',
  title: 'Timeout annotation that Linkerd cannot read',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'Timeouts in annotations are one whole number with one unit: ms, s, m, h or d. Fractions and sums such as 1m30s are none, though other fields take them. On routes the webhook refuses anything else; on a Service it is dropped without a word, and nothing is limited.',
  remedy: 'Write one whole number with one unit, as 1500ms.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop, annotations: { timeout.linkerd.io/request: 1.5s } }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
`,
    good: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop, annotations: { timeout.linkerd.io/request: 1500ms } }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
`,
  },

  kinds: [...REQUEST_ROUTES, 'Service', 'EgressNetwork'],
  reads: { isMeshInUse },

  *check({ resource, read }) {
    const sites = annotationSitesIn(resource, (name) => name.startsWith('timeout.linkerd.io/') && annotationFacts(name) !== undefined);
    const isRoute = resource.kind.endsWith('Route');
    if (sites.length === 0 || (isRoute && !isOutbound(linkerdParents(resource, () => read.isMeshInUse('linkerd'))))) return;
    for (const { name, value } of sites) {
      const written = value.text();
      if (written === undefined || parseLinkerdDuration(written) !== undefined) continue;
      const meant = repairedDuration(written);
      yield {
        at: value,
        message: `"${written}" is no value of ${name}: it takes a whole number with one unit: ms, s, m, h or d.`,
        ...(!isRoute && { severity: 'warning', effect: 'Linkerd drops the setting.' }),
        data: { values: meant === undefined ? [] : [meant], isCertain: !/^\d+$/.test(written.trim()) },
      };
    }
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
