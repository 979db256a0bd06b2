import { defineRule, type Problem } from '../../../rules/rule.js';
import { parseDuration } from '../../../schema/formats.js';
import { keyRange } from '../../gateway-api/ranges.js';
import type { YamlNode } from '../../../yaml/node.js';

const REQUEST_FIELDS: readonly string[] = ['all', 'any', 'not', 'method', 'pathRegex'];
const RESPONSE_FIELDS: readonly string[] = ['all', 'any', 'not', 'status'];

export const serviceprofileInvalid = defineRule({
  id: 'linkerd/serviceprofile-invalid',
  title: 'ServiceProfile that the webhook does not take',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'Beyond the schema, the webhook reads a profile as the controller does: conditions say something at every level, codes of responses lie between 100 and 599, times are durations with a unit, and a retry budget has a ttl and no negative ratio.',
  remedy: 'Write the value as the profile takes it.',
  example: {
    bad: `
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: cart.shop.svc.cluster.local, namespace: shop }
spec: { routes: [{ name: items, condition: { pathRegex: /items }, timeout: "25" }] }
`,
    good: `
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: cart.shop.svc.cluster.local, namespace: shop }
spec: { routes: [{ name: items, condition: { pathRegex: /items }, timeout: 25s }] }
`,
  },

  kinds: ['ServiceProfile'],
  reads: {},

  *check({ resource }) {
    const spec = resource.root.map('spec');
    if (spec === undefined || resource.partial) return;
    for (const route of spec.list('routes.*')) {
      // The schema tells of an item that is empty.
      if (route.type !== 'map') continue;
      if (route.get('name')?.text() === '') yield { at: route.get('name')!, message: 'A route needs a name.' };
      yield* duration(route.get('timeout'), 'timeout');
      const condition = route.get('condition');
      if (condition) yield* conditionProblems(condition, keyRange(route, 'condition')!, REQUEST_FIELDS, 'A condition of a route');
      for (const responseClass of route.list('responseClasses.*')) {
        const found = responseClass.get('condition');
        if (found) yield* conditionProblems(found, keyRange(responseClass, 'condition')!, RESPONSE_FIELDS, 'A condition of responses');
      }
    }
    const budget = spec.map('retryBudget');
    if (budget === undefined) return;
    const ratio = budget.get('retryRatio');
    if (ratio && (ratio.number() ?? 0) < 0) yield { at: ratio, message: 'The ratio of retries cannot be negative.' };
    yield* duration(budget.get('ttl'), 'ttl');
  },
});

function* duration(node: YamlNode | undefined, field: string): Iterable<Problem> {
  const written = node?.text();
  if (node === undefined || written === undefined || (written === '' && field === 'timeout') || parseDuration(written) !== undefined)
    return;
  yield { at: node, message: `"${written}" is no duration for "${field}"; it has a unit, as 250ms or 1m30s.` };
}

/** `place` is where something absent is missed. */
function* conditionProblems(
  node: YamlNode,
  place: { readonly start: number; readonly end: number },
  fields: readonly string[],
  noun: string,
): Iterable<Problem> {
  if (isNull(node)) {
    return; // as the schema says
  }
  if (node.type !== 'map' || node.partial) return;
  if (!fields.some((it) => node.has(it) && !isBlank(node.get(it)!))) {
    yield {
      at: node.entries.length === 0 ? node : place,
      message: `${noun} needs one of ${fields.slice(0, -1).join(', ')} and ${fields.at(-1)}.`,
    };
    return;
  }
  const status = node.map('status');
  if (status) yield* statusProblems(status);
  for (const item of [
    ...node.list('all.*'),
    ...node.list('any.*'),
    ...(node.get('not')?.type === 'list' ? node.list('not.*') : node.list('not')),
  ])
    yield* conditionProblems(item, item, fields, noun);
}

function* statusProblems(status: YamlNode): Iterable<Problem> {
  const [min, max] = ['min', 'max'].map((it) => status.get(it));
  for (const node of [min, max]) {
    const code = node?.number();
    if (node !== undefined && code !== undefined && code !== 0 && (code < 100 || code > 599))
      yield { at: node, message: `${code} is no code of a response; they lie between 100 and 599.` };
  }
  const from = min?.number() ?? 0;
  const to = max?.number() ?? 0;
  if (max !== undefined && from !== 0 && to !== 0 && to < from)
    yield { at: max, message: `The range of codes ends at ${to}, before it begins at ${from}.` };
}

function isNull(node: YamlNode): boolean {
  return node.type === 'scalar' && node.value === null && !node.opaque;
}

/** An empty list or text says as little as nothing. */
function isBlank(node: YamlNode): boolean {
  return node.type === 'list' ? node.items.length === 0 && !node.partial : node.type === 'scalar' && node.text() === '';
}
