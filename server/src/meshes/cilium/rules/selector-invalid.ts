import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import type { Range } from '../../../text/range.js';
import { removeEntry, replaceValue } from '../../../yaml/edit.js';
import type { YamlMap, YamlNode } from '../../../yaml/node.js';
import { policyWith } from '../examples.js';
import { hasItems } from '../policy.js';
import { REJECTED } from '../texts.js';

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

export const selectorInvalid = defineRule({
  id: 'cilium/selector-invalid',
  title: 'Expression of a selector that cannot be read',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: '"In" and "NotIn" compare with values and need some; "Exists" and "DoesNotExist" take none. Another operator does not exist. An object with a selector that cannot be read is not enforced at all.',
  remedy: 'Give the expression what its operator needs.',
  example: {
    bad: policyWith('  ingress: [{ fromEndpoints: [{ matchExpressions: [{ key: app, operator: In }] }] }]'),
    good: policyWith('  ingress: [{ fromEndpoints: [{ matchExpressions: [{ key: app, operator: In, values: [cart] }] }] }]'),
  },
  replaces: ['schema/unknown-value', 'schema/required-field'],

  kinds: [
    'CiliumNetworkPolicy',
    'CiliumClusterwideNetworkPolicy',
    'CiliumLocalRedirectPolicy',
    'CiliumEgressGatewayPolicy',
    'CiliumEnvoyConfig',
    'CiliumClusterwideEnvoyConfig',
    'CiliumLoadBalancerIPPool',
    'CiliumL2AnnouncementPolicy',
    'CiliumBGPClusterConfig',
    'CiliumBGPPeerConfig',
    'CiliumBGPAdvertisement',
    'CiliumNodeConfig',
  ],
  reads: {},

  *check({ resource }) {
    if (resource.kind.endsWith('NetworkPolicy'))
      for (const { at, key } of labelKeysIn(resource.root))
        if (!isLabelKey(key)) yield { at, effect: REJECTED, message: `"${key}" is no key of a label.` };

    for (const expression of expressionsIn(resource.root)) {
      const [key, operatorNode] = [expression.get('key'), expression.get('operator')];
      if (expression.partial) continue;
      const place = key ?? expression;
      if (key === undefined) yield { at: operatorNode ?? expression, message: 'This expression has no "key".' };
      const operator = operatorNode?.text();
      const values = expression.entry('values');
      const effect = resource.kind.endsWith('NetworkPolicy') ? REJECTED : 'Cilium rejects this object.';
      if (operatorNode === undefined) yield { at: place, effect, message: 'This expression has no "operator".' };
      if (operatorNode === undefined || operator === undefined) continue;
      if (!OPERATORS.includes(operator)) {
        const near = OPERATORS.find((it) => it.toLowerCase() === operator.toLowerCase()) ?? nearest(operator, OPERATORS);
        yield {
          at: operatorNode,
          effect,
          message: `There is no operator "${operator}"; use In, NotIn, Exists or DoesNotExist.`,
          data: { do: 'replace', near: near ?? null },
        };
      } else if (operator.endsWith('In') && !hasItems(values?.value))
        yield { at: operatorNode, effect, message: `"${operator}" needs values to compare with, and there are none.` };
      else if (!operator.endsWith('In') && hasItems(values?.value))
        yield { at: values!.keyRange, effect, message: `"${operator}" takes no values.`, data: { do: 'remove', near: null } };
    }
  },

  fix({ resource, problem, text }) {
    const data = problem.data as { do: 'replace' | 'remove'; near: string | null } | undefined;
    const expression = data && [...expressionsIn(resource.root)].find((it) => it.start <= problem.at.start && problem.at.end <= it.end);
    if (!data || !expression) return [];
    if (data.do === 'replace')
      return data.near === null
        ? []
        : [{ title: `Change to ${data.near}`, preferred: true, edits: [replaceValue(text, expression.get('operator')!, data.near)] }];
    const removal = removeEntry(text, expression, 'values');
    const operator = expression.get('operator')!;
    const wanted = operator.text() === 'Exists' ? 'In' : 'NotIn';
    return [
      { title: `Change to ${wanted}`, edits: [replaceValue(text, operator, wanted)] },
      ...(removal ? [{ title: 'Remove the values', edits: [removal] }] : []),
    ];
  },
});

/** Every item of a `matchExpressions`, wherever it is. */
function* expressionsIn(node: YamlNode): Generator<YamlMap> {
  if (node.type === 'list') for (const item of node.items) yield* expressionsIn(item);
  if (node.type !== 'map') return;
  for (const { key, value } of node.entries) {
    if (key === 'matchExpressions' && value.type === 'list') {
      for (const item of value.items) if (item.type === 'map') yield item;
    } else yield* expressionsIn(value);
  }
}

/** Keys that the selectors of a policy compare: in `matchLabels`, and of expressions. */
function* labelKeysIn(node: YamlNode): Generator<{ readonly at: Range; readonly key: string }> {
  if (node.type === 'list') for (const item of node.items) yield* labelKeysIn(item);
  if (node.type !== 'map') return;
  for (const { key, value } of node.entries) {
    if (key === 'matchLabels' && value.type === 'map') {
      for (const label of value.entries) if (!value.partial) yield { at: label.keyRange, key: label.key };
    } else if (key === 'matchExpressions' && value.type === 'list') {
      for (const at of value.list('*.key')) {
        const written = at.text();
        if (written !== undefined) yield { at, key: written };
      }
    } else yield* labelKeysIn(value);
  }
}

/** Cilium puts where a label is from before its key, with a dot; that has to be a key that Kubernetes takes. */
function isLabelKey(written: string): boolean {
  const colon = written.indexOf(':');
  const key = colon < 0 ? `any.${written}` : `${written.slice(0, colon)}.${written.slice(colon + 1)}`;
  const slash = key.indexOf('/');
  const [prefix, name] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  return (
    name.length <= 63 &&
    /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(name) &&
    (prefix === undefined || (prefix.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(prefix)))
  );
}
