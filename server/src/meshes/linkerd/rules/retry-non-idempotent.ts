import { defineRule } from '../../../rules/rule.js';
import { HTTP_ROUTES } from '../references.js';

const WRITES: readonly string[] = ['POST', 'PATCH'];

export const retryNonIdempotent = defineRule({
  id: 'linkerd/retry-non-idempotent',
  title: 'Retries of requests that change something',
  severity: 'warning',
  category: 'pitfall',
  effect: 'What such a request does may be done twice.',
  why: 'A try that fails may have done its work before it failed. Requests such as POST and PATCH do it again with each try: two orders, two payments. Retries also add load at the moment when there is too much of it.',
  remedy: 'Retry requests that can be repeated only, and put the others into a route without retries.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop, annotations: { retry.linkerd.io/http: 5xx, retry.linkerd.io/timeout: 1s } }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
  rules: [{ matches: [{ method: POST }] }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop, annotations: { retry.linkerd.io/http: 5xx, retry.linkerd.io/timeout: 1s } }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
  rules: [{ matches: [{ method: GET }] }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: [...HTTP_ROUTES, 'ServiceProfile'],
  reads: {},

  *check({ resource }) {
    const { root, annotations } = resource;
    const isProfile = resource.kind === 'ServiceProfile';
    const limit = annotations.get('retry.linkerd.io/limit');
    const retries =
      annotations.has('retry.linkerd.io/http') ||
      annotations.has('retry.linkerd.io/timeout') ||
      (limit !== undefined && Number(limit) !== 0);
    if (!isProfile && !retries) return;
    const methods = isProfile
      ? root.list('spec.routes.*').flatMap((it) => (it.boolean('isRetryable') === true ? it.list('condition.method') : []))
      : root.list('spec.rules.*.matches.*.method');
    const writes = methods.filter((it) => WRITES.includes(it.text() ?? ''));
    const [first, ...others] = writes;
    if (first === undefined) return;
    yield {
      at: first,
      message: `${first.text()} requests of this ${isProfile ? 'profile' : 'route'} are tried again after a failure.`,
      related: others.slice(0, 5).map((at) => ({ at, message: `${at.text()} requests of this match, too` })),
    };
  },
});
