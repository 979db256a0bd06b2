import { defineRule } from '../../../rules/rule.js';
import { policyWith } from '../examples.js';
import { allPortRules, L7_FIELDS, POLICY_KINDS } from '../policy.js';

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
  replaces: ['schema/unknown-field'],

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { rules } of allPortRules(resource)) {
      for (const { key, keyRange, keyOpaque } of rules?.entries ?? []) {
        const meant = L7_FIELDS.find((it) => it === key.toLowerCase());
        if (keyOpaque || meant === undefined || meant === key) continue;
        yield { at: keyRange, message: `"${key}" is no field of "rules" ("${meant}" is).`, data: { key, meant } };
      }
    }
  },

  fix({ problem, text }) {
    const { key, meant } = problem.data as { key: string; meant: string };
    const written = text.slice(problem.at.start, problem.at.end);
    return [{ title: `Rename to "${meant}"`, preferred: true, edits: [{ range: problem.at, text: written.replace(key, meant) }] }];
  },
});
