import type { Definition } from '../../model/facts.js';
import { selects, type Labels } from '../../model/selectors.js';
import type { YamlNode } from '../../yaml/node.js';
import { coversNamespace } from './hosts.js';
import type { AuthorizationPolicyFacts, CallerFacts } from './tables.js';

/** One value that a rule of an AuthorizationPolicy compares its caller with. */
export interface SourceValue {
  readonly node: YamlNode;
  /** Whether it excludes callers: `notPrincipals`, `notNamespaces`, `notValues`. */
  readonly negated: boolean;
  /** Whether it stands in a condition (`when`) rather than in `from`. */
  readonly condition: boolean;
}

/** Principals that rules name, in document order of their sort. */
export function principalsOf(root: YamlNode): readonly SourceValue[] {
  return valuesOf(root, 'principals', 'notPrincipals', 'source.principal');
}

/** Namespace patterns that rules name. */
export function sourceNamespacesOf(root: YamlNode): readonly SourceValue[] {
  return valuesOf(root, 'namespaces', 'notNamespaces', 'source.namespace');
}

/** Service accounts that rules name, as `name` or `namespace/name`. */
export function serviceAccountsOf(root: YamlNode): readonly SourceValue[] {
  return valuesOf(root, 'serviceAccounts', 'notServiceAccounts', 'source.serviceAccount');
}

function valuesOf(root: YamlNode, field: string, notField: string, conditionKey: string): readonly SourceValue[] {
  const values: SourceValue[] = [];
  const add = (nodes: readonly YamlNode[], negated: boolean, condition: boolean): void => {
    for (const node of nodes) values.push({ node, negated, condition });
  };
  for (const source of root.list('spec.rules.*.from.*.source')) {
    add(source.listIn(field), false, false);
    add(source.listIn(notField), true, false);
  }
  for (const condition of root.list('spec.rules.*.when.*')) {
    if (condition.text('key') !== conditionKey) continue;
    add(condition.list('values.*'), false, true);
    add(condition.list('notValues.*'), true, true);
  }
  return values;
}

/** Whether a policy lets somebody in. */
export function isAllowing({ data }: Definition<AuthorizationPolicyFacts>): boolean {
  return data.action === 'ALLOW' && !data.dryRun;
}

/** Whether a policy holds for one of the workloads that a selector picks; where none is at hand, whether its selector could. */
export function meets({ data }: Definition<AuthorizationPolicyFacts>, selector: Labels, workloads: readonly Labels[]): boolean {
  const other = data.selector ?? {};
  if (data.incomplete || data.hasTargetRef || Object.keys(other).length === 0) return true;
  if (workloads.length > 0) return workloads.some((labels) => selects(other, labels));
  return Object.keys(other).every((key) => selector[key] === undefined || selector[key] === other[key]);
}

/** Whether a source may describe a caller of a service account; what it asks beside the identity is taken to hold. */
export function admits(
  caller: CallerFacts,
  namespace: string,
  account: string,
  trustDomains: readonly string[],
  ownNamespace: string,
): boolean {
  const { principals, namespaces, serviceAccounts } = caller;
  if (
    principals &&
    !principals.some((pattern) => trustDomains.some((domain) => covers(pattern, `${domain}/ns/${namespace}/sa/${account}`)))
  )
    return false;
  if (namespaces && !namespaces.some((pattern) => coversNamespace(pattern, namespace))) return false;
  return (
    !serviceAccounts || serviceAccounts.some((it) => covers(it.includes('/') ? it : `${ownNamespace}/${it}`, `${namespace}/${account}`))
  );
}

function covers(pattern: string, value: string): boolean {
  if (pattern === '*') return true;
  if (pattern.startsWith('*')) return value.endsWith(pattern.slice(1));
  return pattern.endsWith('*') ? value.startsWith(pattern.slice(0, -1)) : value === pattern;
}
