import type { Resource } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { quotedList } from '../../../text/words.js';
import type { YamlNode } from '../../../yaml/node.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { changeToNear, type Finding, keyOf, present, valueOf } from '../fields.js';
import { REFUSED } from '../names.js';
import { methodFaults, pathFaults } from '../routing.js';

export const routerMatchInvalid = defineRule({
  id: 'consul/router-match-invalid',
  title: 'Match of a router that contradicts itself',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'A route has one path, which begins with a slash, and one condition for each header and parameter. Methods are those of HTTP, each once.',
  remedy: 'Keep one path and one condition.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceRouter
metadata: { name: web, namespace: shop }
spec:
  routes:
  - match: { http: { pathPrefix: admin } }
    destination: { service: web }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceRouter
metadata: { name: web, namespace: shop }
spec:
  routes:
  - match: { http: { pathPrefix: /admin } }
    destination: { service: web }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
`,
  },

  kinds: ['ServiceRouter'],
  reads: {},

  *check({ resource }) {
    for (const match of resource.root.list('spec.routes.*.match.http')) {
      yield* pathFaults(match);
      for (const header of match.list('header.*'))
        yield* conditionFaults(resource, header, ['exact', 'prefix', 'suffix', 'regex'], 'header');
      for (const parameter of match.list('queryParam.*')) yield* conditionFaults(resource, parameter, ['exact', 'regex'], 'parameter');
      yield* methodFaults(match, false);
    }
  },

  fix: changeToNear,
});

function* conditionFaults(resource: Resource, node: YamlNode, texts: readonly string[], noun: string): Iterable<Finding> {
  const set = [...present(node, texts), ...(node.boolean('present') === true ? ['present'] : [])];
  const open = resource.partial || node.type !== 'map' || node.partial || hasOpaque(node);
  if (set.length > 1)
    yield { at: keyOf(node, set[1]!), message: `This ${noun} has ${set.length} conditions, ${quotedList(set)}; it takes one.` };
  else if (set.length === 0 && !open) {
    const name = node.text('name');
    yield {
      at: valueOf(node, 'name'),
      message: `There is no condition for ${noun}${name === undefined ? '' : ` "${shown(name)}"`}.`,
    };
  }
}
