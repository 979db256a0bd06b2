import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { policyWith } from '../examples.js';
import { ENTITIES } from '../entities.js';
import { allEntries, POLICY_KINDS } from '../policy.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

export const entityInvalid = defineRule({
  id: 'cilium/entity-invalid',
  title: 'Entity that does not exist',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `Entities are a fixed set: ${Object.keys(ENTITIES).join(', ')}. ${WHY_REJECTED}`,
  remedy: 'Write one of the entities.',
  example: { bad: policyWith('  ingress: [{ fromEntities: [clustr] }]'), good: policyWith('  ingress: [{ fromEntities: [cluster] }]') },
  replaces: ['schema/unknown-value'],

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const at of allEntries(resource).flatMap(({ node }) => [...node.list('fromEntities.*'), ...node.list('toEntities.*')])) {
      const written = at.text();
      if (written === undefined || Object.hasOwn(ENTITIES, written)) continue;
      const near = nearest(written, Object.keys(ENTITIES));
      yield {
        at,
        message: `There is no entity "${written}"${near === undefined ? '; use cluster, world, host, all or another one' : ` ("${near}" exists)`}.`,
        data: near ?? null,
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = allEntries(resource)
      .flatMap((it) => [...it.node.list('fromEntities.*'), ...it.node.list('toEntities.*')])
      .find((it) => it.start === problem.at.start);
    return node && typeof problem.data === 'string'
      ? [{ title: `Change to "${problem.data}"`, preferred: true, edits: [replaceValue(text, node, problem.data)] }]
      : [];
  },
});
