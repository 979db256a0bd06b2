import { defineRule } from '../../../rules/rule.js';
import { isOf, refIn, targetOf } from '../references.js';
import { POLICY_GROUP } from '../tables.js';
import { setGroup } from '../suggestions.js';

export const ratelimitInvalid = defineRule({
  id: 'linkerd/ratelimit-invalid',
  title: 'Rate limit that the webhook does not take',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'A rate limit is about a Server. Its rates are above 0, the rate of a single client is not above the rate of all, and exceptions are made for ServiceAccounts.',
  remedy: 'Write the value as the rate limit takes it.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: HTTPLocalRateLimitPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRef: { group: policy.linkerd.io, kind: Server, name: cart }
  total: { requestsPerSecond: 100 }
  identity: { requestsPerSecond: 200 }
`,
    good: `
apiVersion: policy.linkerd.io/v1alpha1
kind: HTTPLocalRateLimitPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRef: { group: policy.linkerd.io, kind: Server, name: cart }
  total: { requestsPerSecond: 100 }
  identity: { requestsPerSecond: 20 }
`,
  },

  kinds: ['HTTPLocalRateLimitPolicy'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    const target = targetOf(resource);
    if (target && !isOf(target, POLICY_GROUP, 'Server')) {
      const isGroup = target.kind.toLowerCase() === 'server';
      yield {
        at: target.node.get(isGroup ? 'group' : 'kind') ?? target.nameNode,
        message: isGroup
          ? `A Server is of group "${POLICY_GROUP}"${target.group === '' ? ', which is missing here' : ''}.`
          : `A rate limit is about a Server, not about kind ${target.kind}.`,
        data: isGroup ? 'group' : null,
      };
    }
    const total = root.number('spec.total.requestsPerSecond');
    for (const path of ['spec.total', 'spec.identity', 'spec.overrides.*']) {
      for (const node of root.list(`${path}.requestsPerSecond`)) {
        const rate = node.number();
        if (rate === undefined) continue;
        if (rate <= 0) yield { at: node, message: `A rate is above 0, not ${rate}.` };
        else if (path !== 'spec.total' && total !== undefined && rate > total)
          yield { at: node, message: `${rate} requests per second of one client are more than ${total} of all.` };
      }
    }
    for (const node of root.list('spec.overrides.*.clientRefs.*')) {
      const ref = refIn(node, resource, '', '');
      if (ref === undefined || ref.kind === '' || isOf(ref, '', 'ServiceAccount')) continue;
      yield {
        at: node.get('kind')!,
        message: `A client is a ServiceAccount, not a ${ref.kind}${ref.group === '' ? '' : ` of group "${ref.group}"`}.`,
      };
    }
  },

  fix({ resource, problem, text }) {
    const target = targetOf(resource);
    if (problem.data !== 'group' || target?.node.type !== 'map') return [];
    return [
      {
        title: `Set group: ${POLICY_GROUP}`,
        preferred: true,
        edits: [setGroup(text, target.node, POLICY_GROUP)],
      },
    ];
  },
});
