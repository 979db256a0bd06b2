import { isTyped } from '../../model/kind.js';
import type { Rule } from '../../rules/rule.js';

/** Rules about what stands in an object, which hold on machines as they do on Kubernetes. */
const EVERYWHERE: readonly string[] = [
  'kuma/targetref-kind',
  'kuma/targetref-field',
  'kuma/policy-shape',
  'kuma/invalid-value',
  'kuma/invalid-resource',
  'kuma/unreadable-regex',
  'kuma/backendref-port-required',
  'kuma/backend-weights-zero',
];

/** The rule, silent about objects of Universal where it is about namespaces, pods and labels of Kubernetes. */
export function whereItHolds(rule: Rule): Rule {
  if (EVERYWHERE.includes(rule.id)) return rule;
  return { ...rule, check: (context) => (isTyped(context.resource) ? [] : rule.check(context)) };
}
