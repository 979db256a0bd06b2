import { defineRule } from '../../../rules/rule.js';
import { holds, keyOf, lacks, placeOf, present } from '../fields.js';
import { REFUSED } from '../names.js';

export const upstreamConfigInvalid = defineRule({
  id: 'consul/upstream-config-invalid',
  title: 'Settings for upstreams that contradict themselves',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'The defaults are for every upstream, so they name none. An override is for one upstream, which it has to name; one of a peer has neither namespace nor partition.',
  remedy: 'Name the upstream in an override, and nothing in the defaults.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec:
  upstreamConfig:
    overrides:
    - { connectTimeoutMs: 2000 }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec:
  upstreamConfig:
    overrides:
    - { name: api, connectTimeoutMs: 2000 }
`,
  },

  kinds: ['ServiceDefaults'],
  reads: {},

  *check({ resource }) {
    const defaults = resource.root.map('spec.upstreamConfig.defaults');
    for (const name of defaults ? present(defaults, ['name', 'namespace', 'partition', 'peer']) : [])
      yield { at: keyOf(defaults!, name), message: `The defaults are for every upstream and take no "${name}".` };
    for (const override of resource.root.list('spec.upstreamConfig.overrides.*')) {
      if (lacks(resource, override, 'name')) yield { at: placeOf(override), message: 'This override names no upstream.' };
      const places = present(override, ['namespace', 'partition']);
      if (holds(override, 'peer') && places.length > 0)
        yield { at: keyOf(override, places[0]!), message: `An upstream of a peer has no "${places[0]!}".` };
    }
  },
});
