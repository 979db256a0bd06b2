import { defineRule } from '../../../rules/rule.js';
import { annotationSitesIn } from '../../kubernetes/annotation-sites.js';
import { isMeshInUse } from '../../kubernetes/lookups.js';
import { annotationFacts, complaintAbout } from '../annotations.js';
import { repairedDuration } from '../durations.js';
import { isOutbound, linkerdParents, REQUEST_ROUTES } from '../references.js';
import { changeFixes } from '../suggestions.js';

export const retryAnnotationInvalid = defineRule({
  id: 'linkerd/retry-annotation-invalid',
  title: 'Retry annotation that Linkerd cannot read',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'Retries are set by annotations with a small grammar of their own: a limit is a whole number, a timeout a whole number with one unit, and conditions are listed without blanks. On routes the webhook refuses anything else; on a Service it is dropped without a word, and nothing is retried.',
  remedy: 'Write the value as Linkerd reads it.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop, annotations: { retry.linkerd.io/http: "5xx, 429", retry.linkerd.io/timeout: 1s } }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
`,
    good: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop, annotations: { retry.linkerd.io/http: "5xx,429", retry.linkerd.io/timeout: 1s } }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
`,
  },

  kinds: [...REQUEST_ROUTES, 'Service', 'EgressNetwork'],
  reads: { isMeshInUse },

  *check({ resource, read }) {
    const sites = annotationSitesIn(resource, (name) => name.startsWith('retry.linkerd.io/'));
    const isRoute = resource.kind.endsWith('Route');
    if (sites.length === 0 || (isRoute && !isOutbound(linkerdParents(resource, () => read.isMeshInUse('linkerd'))))) return;
    for (const { name, value } of sites) {
      const facts = annotationFacts(name);
      const written = value.text();
      if (facts?.value === undefined || written === undefined || !facts.on.includes(resource.kind)) continue;
      const complaint = complaintAbout(facts.value, written);
      if (complaint === undefined) continue;
      const blanks = written.replaceAll(/\s/g, '');
      const meant =
        facts.value.type === 'linkerdDuration'
          ? repairedDuration(written)
          : complaintAbout(facts.value, blanks) === undefined
            ? blanks
            : undefined;
      yield {
        at: value,
        message: `"${written}" is no value of ${name}: ${complaint}.`,
        ...(!isRoute && { severity: 'warning', effect: 'Linkerd drops the setting.' }),
        data: { values: meant === undefined ? [] : [meant], isCertain: true },
      };
    }
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
