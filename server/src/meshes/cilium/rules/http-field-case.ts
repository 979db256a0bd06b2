import { defineRule } from '../../../rules/rule.js';
import { policyWith } from '../examples.js';
import { allPortRules, L7_FIELDS, l7FieldsOf, POLICY_KINDS } from '../policy.js';

export const httpFieldCase = defineRule({
  id: 'cilium/http-field-case',
  title: 'Protocol of rules written in capitals',
  severity: 'warning',
  category: 'schema',
  effect: 'It is dropped, and every request is allowed.',
  why: 'Fields of Kubernetes are told apart by case. What is none is dropped on the way, so that the port is open to every request, with no rule about any. kubectl warns of it, or refuses the object.',
  remedy: 'Write the field in lower case.',
  example: {
    bad: policyWith(
      '  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { HTTP: [{ method: GET }] } }] }]',
    ),
    good: policyWith(
      '  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ method: GET }] } }] }]',
    ),
  },
  replaces: ['schema/unknown-field', 'schema/one-of'],

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const rule of allPortRules(resource)) {
      const holder = rule.node.entry('rules')?.keyRange;
      for (const { key, keyRange, keyOpaque } of rule.rules?.entries ?? []) {
        const meant = L7_FIELDS.find((it) => it === key.toLowerCase());
        if (keyOpaque || meant === undefined || meant === key || holder === undefined) continue;
        yield {
          // Where nothing else is there, the lack of it is the same problem.
          at: l7FieldsOf(rule).length > 0 ? keyRange : { start: holder.start, end: keyRange.end },
          message: `"${key}" is no field of "rules" ("${meant}" is).`,
          data: { key, meant, start: keyRange.start, end: keyRange.end },
        };
      }
    }
  },

  fix({ resource, problem, text }) {
    const { key, meant, start, end } = problem.data as { key: string; meant: string; start: number; end: number };
    // Beside rules of another protocol it would be one too many.
    const holder = allPortRules(resource).find((it) => it.rules && it.rules.start <= start && end <= it.rules.end);
    if (holder && l7FieldsOf(holder).length > 0) return [];
    return [
      {
        title: `Rename to "${meant}"`,
        preferred: true,
        edits: [{ range: { start, end }, text: text.slice(start, end).replace(key, meant) }],
      },
    ];
  },
});
