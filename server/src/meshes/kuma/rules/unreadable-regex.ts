import { regexProblem } from '../../../rules/regexes.js';
import { defineRule } from '../../../rules/rule.js';

export const unreadableRegex = defineRule({
  id: 'kuma/unreadable-regex',
  title: 'Regular expression that Envoy cannot read',
  severity: 'error',
  category: 'semantics',
  effect: 'Envoy refuses the routes that hold it.',
  why: 'Kuma hands regular expressions to Envoy as they are. Envoy reads RE2, which has no look-around, no backreferences and no possessive quantifiers; it refuses routes with one that it cannot read, and keeps what it had.',
  remedy: 'Write it in the syntax of RE2, or as a prefix or exact match.',
  example: {
    bad: route('/(?!admin).*'),
    good: route('/[^a].*'),
  },

  kinds: ['MeshHTTPRoute'],
  reads: {},

  *check({ resource }) {
    for (const match of resource.root.list('spec.to.*.rules.*.matches.*')) {
      for (const part of [...match.list('path'), ...match.list('headers.*'), ...match.list('queryParams.*')]) {
        const value = part.text('type') === 'RegularExpression' ? part.get('value') : undefined;
        const problem = value && regexProblem(value);
        if (problem) yield problem;
      }
    }
  },
});

function route(pattern: string): string {
  return `
apiVersion: kuma.io/v1alpha1
kind: MeshHTTPRoute
metadata: { name: storefront, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  targetRef: { kind: Mesh }
  to:
  - targetRef: { kind: MeshService, name: storefront }
    rules:
    - matches: [{ path: { type: RegularExpression, value: "${pattern}" } }]
      default: { filters: [{ type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: x-seen, value: "1" }] } }] }
`;
}
