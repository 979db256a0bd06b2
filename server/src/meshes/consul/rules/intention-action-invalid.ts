import type { Resource } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import type { YamlMap } from '../../../yaml/node.js';
import { changeToNear, type Finding, holds, keyOf, lacks, mapAt, unknownValue, valueOf } from '../fields.js';
import { REFUSED } from '../names.js';

const ACTIONS: readonly string[] = ['allow', 'deny'];

export const intentionActionInvalid = defineRule({
  id: 'consul/intention-action-invalid',
  title: 'Source without one clear answer',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'A source has an action, allow or deny in small letters, or a list of permissions, each with an action of its own.',
  remedy: 'Keep the action or the permissions, and write allow or deny.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources: [{ name: api, action: Allow }]
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources: [{ name: api, action: allow }]
`,
  },

  kinds: ['ServiceIntentions'],
  reads: {},

  *check({ resource }) {
    for (const source of resource.root.list('spec.sources.*')) {
      if (source.type !== 'map') continue;
      const hasPermissions = holds(source, 'permissions');
      if (hasPermissions && holds(source, 'action'))
        yield { at: keyOf(source, 'action'), message: 'A source takes one of "action" and "permissions".', data: { both: true } };
      else if (!hasPermissions) yield* actionFaults(resource, source, 'source');
      for (const permission of source.list('permissions.*'))
        if (permission.type === 'map') yield* actionFaults(resource, permission, 'permission');
    }
  },

  fix({ resource, problem, text }) {
    const data = problem.data;
    if (typeof data === 'string') return changeToNear({ resource, problem, text });
    const map = mapAt(resource, problem.at);
    const removal = map && removeEntry(text, map, 'action');
    return typeof data === 'object' && removal ? [{ title: 'Remove "action"', edits: [removal] }] : [];
  },
});

function* actionFaults(resource: Resource, node: YamlMap, noun: string): Iterable<Finding> {
  if (lacks(resource, node, 'action')) yield { at: valueOf(node, 'name'), message: `This ${noun} has no action, allow or deny.` };
  else yield* unknownValue(node.get('action'), ACTIONS, 'action');
}
