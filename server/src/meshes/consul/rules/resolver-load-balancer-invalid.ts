import { defineRule } from '../../../rules/rule.js';
import { parseDuration } from '../../../schema/formats.js';
import type { YamlNode } from '../../../yaml/node.js';
import { changeToNear, type Finding, holds, keyOf, unknownValue } from '../fields.js';
import { REFUSED } from '../names.js';

export const resolverLoadBalancerInvalid = defineRule({
  id: 'consul/resolver-load-balancer-invalid',
  title: 'Load balancer that contradicts itself',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'Hash policies belong to ring_hash and maglev, and every other setting to the policy that has it. A hash is taken over the address of the caller, or over one header, cookie or parameter.',
  remedy: 'Keep the settings of the policy that is chosen.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec:
  loadBalancer:
    policy: ring_hash
    hashPolicies: [{ field: header }]
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec:
  loadBalancer:
    policy: ring_hash
    hashPolicies: [{ field: header, fieldValue: x-user }]
`,
  },

  kinds: ['ServiceResolver'],
  reads: {},

  *check({ resource }) {
    const balancer = resource.root.map('spec.loadBalancer');
    if (balancer === undefined || balancer.partial || resource.partial) return;
    yield* unknownValue(
      balancer.get('policy'),
      ['random', 'round_robin', 'least_request', 'ring_hash', 'maglev'],
      'policy of a load balancer',
    );
    const policy = balancer.has('policy') ? balancer.text('policy') : '';
    if (policy !== undefined)
      for (const [field, policies] of [
        ['ringHashConfig', ['ring_hash']],
        ['leastRequestConfig', ['least_request']],
        ['hashPolicies', ['ring_hash', 'maglev']],
      ] as const)
        if (holds(balancer, field) && !(policies as readonly string[]).includes(policy))
          yield { at: keyOf(balancer, field), message: `"${field}" is for ${policies.join(' and ')} only.` };
    for (const item of balancer.list('hashPolicies.*')) yield* hashFaults(item);
  },

  fix: changeToNear,
});

function* hashFaults(item: YamlNode): Iterable<Finding> {
  const field = item.get('field');
  const written = field?.text();
  yield* unknownValue(field, ['header', 'cookie', 'query_parameter'], 'field to hash by');
  if (holds(item, 'field') && item.boolean('sourceIP') === true)
    yield { at: keyOf(item, 'sourceIP'), message: 'A hash is taken over "field" or over "sourceIP".' };
  else if (holds(item, 'field') && !holds(item, 'fieldValue'))
    yield {
      at: field ?? item,
      message: `The name of the ${written === 'header' || written === 'cookie' ? written : 'field'} is missing ("fieldValue").`,
    };
  if (holds(item, 'fieldValue') && !holds(item, 'field')) yield { at: keyOf(item, 'fieldValue'), message: '"fieldValue" needs a "field".' };
  if (holds(item, 'cookieConfig') && written !== 'cookie' && !(field?.type === 'scalar' && field.opaque))
    yield { at: keyOf(item, 'cookieConfig'), message: '"cookieConfig" is for field cookie only.' };
  const ttl = item.text('cookieConfig.ttl');
  if (item.boolean('cookieConfig.session') === true && ttl !== undefined && (parseDuration(ttl) ?? 0) > 0)
    yield { at: item.get('cookieConfig.ttl')!, message: 'A cookie of the session has no "ttl".' };
}
