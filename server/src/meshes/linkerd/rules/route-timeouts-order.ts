import { defineRule } from '../../../rules/rule.js';
import { parseDuration } from '../../../schema/formats.js';
import { changeFixes } from '../suggestions.js';

export const routeTimeoutsOrder = defineRule({
  id: 'linkerd/route-timeouts-order',
  title: 'Timeout of a backend that is longer than that of the request',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'A request holds all its tries at backends, so none of them can take longer than the request. Neither of the two can be negative.',
  remedy: 'Make backendRequest no longer than request.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
  rules: [{ timeouts: { request: 1s, backendRequest: 2s } }]
`,
    good: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
  rules: [{ timeouts: { request: 2s, backendRequest: 1s } }]
`,
  },

  kinds: ['HTTPRoute'],
  reads: {},

  *check({ resource }) {
    for (const timeouts of resource.root.list('spec.rules.*.timeouts')) {
      const [request, backend] = ['request', 'backendRequest'].map((field) => {
        const node = timeouts.get(field);
        const text = node?.text();
        const time = text === undefined ? undefined : parseDuration(text);
        return node === undefined || text === undefined || time === undefined ? undefined : { node, text, time };
      });
      const negative = [request, backend].filter((it) => it !== undefined && it.time < 0);
      for (const it of negative) yield { at: it!.node, message: `A timeout cannot be negative.`, data: { values: [], isCertain: false } };
      if (negative.length > 0 || request === undefined || backend === undefined || backend.time <= request.time) continue;
      yield {
        at: backend.node,
        message: `A try of ${backend.text} is longer than the whole request of ${request.text}.`,
        related: [{ at: request.node, message: 'the whole request is limited here' }],
        data: { values: [request.text], isCertain: false },
      };
    }
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
