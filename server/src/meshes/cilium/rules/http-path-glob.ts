import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { policyWith } from '../examples.js';
import { allPortRules, POLICY_KINDS } from '../policy.js';

export const httpPathGlob = defineRule({
  id: 'cilium/http-path-glob',
  title: 'Path with a star that repeats a slash',
  severity: 'warning',
  category: 'pitfall',
  effect: 'Other paths get 403.',
  why: 'A path is a regular expression, in which a star repeats what stands before it. "/api/*" matches "/api" with any number of slashes behind it, and not "/api/users": such requests are answered with 403.',
  remedy: 'Write "/api/.*".',
  example: {
    bad: policyWith(
      '  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ path: "/api/*" }] } }] }]',
    ),
    good: policyWith(
      '  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ path: "/api/.*" }] } }] }]',
    ),
  },

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const at of allPortRules(resource).flatMap((it) => it.node.list('rules.http.*.path'))) {
      const path = at.text();
      if (path === undefined || !hasGlob(path)) continue;
      const sample = path.replaceAll('/*', '/');
      yield {
        at,
        message: `Path "${short(path)}" is a regular expression: it matches "${short(sample)}", not "${short(path.replaceAll('/*', '/x'))}".`,
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = allPortRules(resource)
      .flatMap((it) => it.node.list('rules.http.*.path'))
      .find((it) => it.start === problem.at.start);
    const wanted = node?.text()?.replaceAll('/*', '/.*');
    return node && wanted !== undefined
      ? [{ title: `Change to "${wanted}"`, preferred: true, edits: [replaceValue(text, node, wanted)] }]
      : [];
  },
});

/** A star behind a slash, outside of a class of characters. */
function hasGlob(path: string): boolean {
  return path.replaceAll(/\[[^\]]*\]/g, 'a').includes('/*');
}

function short(text: string): string {
  return text.length > 35 ? `${text.slice(0, 34)}…` : text;
}
