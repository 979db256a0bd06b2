import type { YamlNode } from '../../yaml/node.js';

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
    add(source.list(`${field}.*`), false, false);
    add(source.list(`${notField}.*`), true, false);
  }
  for (const condition of root.list('spec.rules.*.when.*')) {
    if (condition.text('key') !== conditionKey) continue;
    add(condition.list('values.*'), false, true);
    add(condition.list('notValues.*'), true, true);
  }
  return values;
}
