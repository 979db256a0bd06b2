import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { changeToNear, keyOf, lacks, placeOf, present, valueOf } from '../fields.js';
import { REFUSED } from '../names.js';
import { methodFaults, pathFaults } from '../routing.js';

const CONDITIONS = ['exact', 'prefix', 'suffix', 'contains', 'regex'] as const;

export const intentionPermissionInvalid = defineRule({
  id: 'consul/intention-permission-invalid',
  title: 'Permission that contradicts itself',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'A permission is for requests of some path, method or header. It has one form of the path, methods in capitals, and one condition for each header.',
  remedy: 'Keep one path and one condition for each header, and write methods in capitals.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources:
  - name: api
    permissions: [{ action: allow, http: { pathPrefix: /, methods: [get] } }]
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources:
  - name: api
    permissions: [{ action: allow, http: { pathPrefix: /, methods: [GET] } }]
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
`,
  },

  kinds: ['ServiceIntentions'],
  reads: {},

  *check({ resource }) {
    for (const path of ['spec.jwt', 'spec.sources.*.permissions.*.jwt'])
      for (const provider of resource.root.list(`${path}.providers.*`))
        if (provider.type === 'map' && lacks(resource, provider, 'name'))
          yield { at: valueOf(provider, 'name'), message: 'This provider of tokens has no name.' };
    for (const permission of resource.root.list('spec.sources.*.permissions.*')) {
      const match = permission.get('http');
      if (permission.type === 'map' && lacks(resource, permission, 'http')) {
        yield {
          at: match && permission.entry('http') ? permission.entry('http')!.keyRange : placeOf(permission),
          message: 'This permission is for no request ("http" is missing).',
        };
        continue;
      }
      if (match === undefined) continue;
      yield* pathFaults(match);
      yield* methodFaults(match, true);
      for (const header of match.list('header.*')) {
        const set = [...present(header, CONDITIONS), ...(header.boolean('present') === true ? ['present'] : [])];
        if (set.length > 1)
          yield { at: keyOf(header, set[1]!), message: `This header has ${set.length} conditions, ${quotedList(set)}; it takes one.` };
        else if (set.length === 0 && header.type === 'map' && !header.partial && !hasOpaque(header))
          yield { at: valueOf(header, 'name'), message: 'There is no condition for this header.' };
        const barred = set.find((it) => it === 'present' || it === 'regex');
        if (header.boolean('ignoreCase') === true && barred !== undefined)
          yield { at: keyOf(header, 'ignoreCase'), message: `"ignoreCase" does not go with "${barred}".` };
      }
    }
  },

  fix: changeToNear,
});
