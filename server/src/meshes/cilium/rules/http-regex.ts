import { defineRule } from '../../../rules/rule.js';
import { complaintOfRe2 } from '../../../schema/re2.js';
import { replaceValue } from '../../../yaml/edit.js';
import { policyWith } from '../examples.js';
import { allPortRules, POLICY_KINDS } from '../policy.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

const FIELDS = ['path', 'method', 'host'] as const;

export const httpRegex = defineRule({
  id: 'cilium/http-regex',
  title: 'Path, method or host that is no regular expression',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `"path", "method" and "host" are regular expressions of RE2 that have to match as a whole. A star alone is none: it repeats what stands before it, and there is nothing. ${WHY_REJECTED} A host that cannot be read matches nothing.`,
  remedy: 'Write ".*" for anything, or leave the field out.',
  example: {
    bad: policyWith(
      '  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ method: "*" }] } }] }]',
    ),
    good: policyWith(
      '  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ method: "GET|HEAD" }] } }] }]',
    ),
  },

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const http of allPortRules(resource).flatMap((it) => it.node.list('rules.http.*'))) {
      for (const field of FIELDS) {
        const at = http.get(field);
        const written = at?.text();
        const complaint = written === undefined ? undefined : complaintOfRe2(written);
        if (at === undefined || complaint === undefined) continue;
        const start = written === '*' ? 'A star alone' : written!.length > 40 ? 'This text' : `"${written}"`;
        yield {
          at,
          ...(field === 'host' && { severity: 'warning' as const, effect: 'This rule matches no request.' }),
          message: `${start} is no regular expression for "${field}".`,
          data: field,
        };
      }
    }
  },

  fix({ resource, problem, text }) {
    const node = allPortRules(resource)
      .flatMap((it) => it.node.list(`rules.http.*.${String(problem.data)}`))
      .find((it) => it.start === problem.at.start);
    const written = node?.text();
    if (node === undefined || written === undefined || !/^\*|[^.\])}\\*+?\w]\*/.test(written)) return [];
    const wanted = written.replace(/^\*/, '.*');
    return complaintOfRe2(wanted) === undefined
      ? [{ title: `Change to "${wanted}"`, preferred: true, edits: [replaceValue(text, node, wanted)] }]
      : [];
  },
});
