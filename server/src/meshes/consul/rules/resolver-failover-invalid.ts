import { defineRule } from '../../../rules/rule.js';
import { changeToNear, holds, keyOf, present, unknownValue } from '../fields.js';
import { REFUSED } from '../names.js';

const FIELDS = ['service', 'serviceSubset', 'namespace', 'datacenters', 'targets', 'samenessGroup', 'policy'] as const;

export const resolverFailoverInvalid = defineRule({
  id: 'consul/resolver-failover-invalid',
  title: 'Failover that contradicts itself',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'A failover lists targets, or names one service, datacenters or a sameness group. The webhook refuses mixtures, and failovers that lead nowhere.',
  remedy: 'Use one way to say where traffic goes.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec:
  failover:
    '*':
      service: api
      targets: [{ peer: east }]
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec:
  failover:
    '*':
      targets: [{ service: api }, { peer: east }]
`,
  },

  kinds: ['ServiceResolver'],
  reads: {},

  *check({ resource }) {
    for (const { key, keyRange, keyOpaque, value } of resource.root.map('spec.failover')?.entries ?? []) {
      if (keyOpaque || (value.type === 'scalar' && value.opaque) || (value.type === 'map' && value.partial) || resource.partial) continue;
      const set = present(value, FIELDS);
      if (set.length === 0) {
        yield { at: keyRange, message: `The failover of ${key === '*' ? 'all subsets' : `subset "${key}"`} leads nowhere.` };
        continue;
      }
      for (const [field, barred] of [
        ['samenessGroup', ['datacenters', 'serviceSubset', 'targets']],
        ['targets', ['datacenters', 'serviceSubset', 'service']],
      ] as const) {
        const found = barred.find((it) => set.includes(it));
        if (set.includes(field) && found !== undefined)
          yield { at: keyOf(value, found), message: `A failover with "${field}" takes no "${found}".` };
      }
      const seen = new Set<string>();
      for (const target of value.list('targets.*'))
        for (const [field, barred] of [
          ['peer', ['serviceSubset', 'partition', 'datacenter']],
          ['partition', ['datacenter']],
        ] as const) {
          const found = barred.find((it) => holds(target, it));
          if (!holds(target, field) || found === undefined || seen.has(field)) continue;
          seen.add(field);
          yield { at: keyOf(target, found), message: `A target with "${field}" takes no "${found}".` };
        }
      const empty = value.list('datacenters.*').find((it) => it.text() === '');
      if (empty) yield { at: empty, message: 'The name of a datacenter is empty.' };
      yield* unknownValue(value.get('policy.mode'), ['sequential', 'order-by-locality'], 'mode of failover');
    }
  },

  fix: changeToNear,
});
