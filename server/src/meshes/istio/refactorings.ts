import type { Definition } from '../../model/facts.js';
import { serviceOfHost } from '../../model/hosts.js';
import { displayName, type Resource, type ResourceId } from '../../model/resource.js';
import { selects, type Labels } from '../../model/selectors.js';
import type { Refactoring, RefactoringContext } from '../../rules/editor.js';
import type { Fix, FixEdit } from '../../rules/rule.js';
import { shortPath } from '../../text/uri.js';
import { insertEntry, insertItem, quoteIfNeeded, replaceValue } from '../../yaml/edit.js';
import type { YamlList, YamlMap } from '../../yaml/node.js';
import type { Workload } from '../kubernetes/tables.js';
import { canonicalHost, canUse } from './hosts.js';
import { textsAt } from './kinds/shared.js';
import { destinationRulesFor, workloadsOfHost } from './lookups.js';
import type { DestinationRuleFacts } from './tables.js';

/** How much of the traffic a canary takes, from one step to the next. */
const STEPS = [1, 5, 10, 25, 50, 75, 100];
/** What a canary begins with. */
const FIRST = 10;

/** Changes of the routes of a VirtualService: where the cursor is in one. */
export const refactorings: readonly Refactoring[] = [
  {
    kinds: ['VirtualService'],
    *offer(context) {
      const route = routeAt(context);
      const list = route?.get('route');
      if (list?.type !== 'list' || list.partial || list.items.some((it) => it.type !== 'map' || it.partial)) return;
      if (list.items.length === 1) yield* splits(context, list, list.items[0] as YamlMap);
      if (list.items.length === 2) yield* shifts(context, list.items as readonly YamlMap[]);
    },
  },
];

function routeAt({ resource, range }: RefactoringContext): YamlMap | undefined {
  const routes = ['http', 'tcp', 'tls'].flatMap((field) => resource.root.list(`spec.${field}.*`));
  const found = routes.find((it) => it.start <= range.start && range.end <= it.end);
  return found?.type === 'map' ? found : undefined;
}

/** Sends a first part of a route's traffic to another subset, which is defined where it is not. */
function* splits(context: RefactoringContext, list: YamlList, item: YamlMap): Iterable<Fix> {
  const { resource, look, text } = context;
  const destination = item.map('destination');
  const written = destination?.text('host');
  if (!destination || written === undefined || written === '' || item.get('weight')?.text('') !== undefined) return;
  if (destination.has('subset') && destination.text('subset') === undefined) return;
  const host = canonicalHost(written, resource.namespace);
  const user = { namespace: resource.namespace, exportTo: textsAt(resource.root, 'spec.exportTo') };
  const rules = look.get(destinationRulesFor, host);
  const [rule] = rules;
  if (rules.length > 1 || (rule && (rule.data.incomplete || !canUse(user, rule.data)))) return;

  const known = rule?.data.subsets ?? [];
  const versions = versionsOf(look.get(workloadsOfHost, host) ?? []);
  const fresh = versions.filter((it) => !known.some(({ labels }) => covers(labels, it)));
  const current = destination.text('subset');
  for (const { name } of known.filter((it) => it.name !== current)) {
    const stable =
      current ??
      soleOther(
        known.map((it) => it.name),
        name,
      );
    if (stable === undefined) continue;
    yield {
      title: `Split: send ${FIRST} % of this route to subset "${name}"`,
      edits: routeEdits(text, list, item, destination, { written, stable, canary: name }),
    };
  }
  for (const { version } of fresh) {
    const others = versions.filter((it) => it.version !== version);
    const stable = current ?? known.find(({ labels }) => others[0] && covers(labels, others[0]))?.name ?? others[0]?.version;
    if (stable === undefined || (current === undefined && others.length !== 1)) continue;
    const added = [...(known.some((it) => it.name === stable) ? [] : [stable]), version];
    const edit = definition(context, rule, host, added);
    if (!edit) continue;
    const place = rule && context.other(rule.resource);
    const where = rule ? `DestinationRule "${displayName(rule.data)}"` : 'a new DestinationRule';
    const file = place && place.file !== resource.uri ? ` (${shortPath(place.file)})` : '';
    yield {
      title: `Split: send ${FIRST} % of this route to new subset "${version}", defined in ${where}${file}`,
      edits: [...edit, ...routeEdits(text, list, item, destination, { written, stable, canary: version })],
    };
  }
}

interface Split {
  readonly written: string;
  readonly stable: string;
  readonly canary: string;
}

function routeEdits(text: string, list: YamlList, item: YamlMap, destination: YamlMap, { written, stable, canary }: Split): FixEdit[] {
  const port = destination.number('port.number');
  const weight = item.get('weight');
  const lines = [
    'destination:',
    `  host: ${quoteIfNeeded(written)}`,
    `  subset: ${quoteIfNeeded(canary)}`,
    ...(port === undefined ? [] : ['  port:', `    number: ${port}`]),
    `weight: ${FIRST}`,
  ];
  return [
    ...(destination.has('subset') ? [] : [insertEntry(text, destination, 'subset', quoteIfNeeded(stable), 'host')]),
    weight ? replaceValue(text, weight, 100 - FIRST) : insertEntry(text, item, 'weight', String(100 - FIRST)),
    insertItem(text, list, lines.join('\n')),
  ];
}

/** Defines subsets by their version label: in the rule of the host, else in a new one behind the route. */
function definition(
  { other, resource }: RefactoringContext,
  rule: Definition<DestinationRuleFacts> | undefined,
  host: string,
  names: readonly string[],
): readonly FixEdit[] | undefined {
  const items = names.map((name) => `name: ${quoteIfNeeded(name)}\nlabels:\n  version: ${quoteIfNeeded(name)}`);
  const asList = items.map((it) => `- ${it.replaceAll('\n', '\n  ')}`).join('\n');
  if (rule === undefined) return [{ appendDocument: newRule(resource, host, asList) }];
  const place = other(rule.resource);
  const spec = place?.resource.root.map('spec');
  if (!place || !spec) return undefined;
  const list = spec.get('subsets');
  const at = (edit: { range: { start: number; end: number }; text: string }): FixEdit => ({
    resource: rule.resource satisfies ResourceId,
    ...edit,
  });
  if (list?.type === 'list') return items.map((it) => at(insertItem(place.text, list, it)));
  return list === undefined ? [at(insertEntry(place.text, spec, 'subsets', asList))] : undefined;
}

function newRule({ namespace }: Resource, host: string, subsets: string): string {
  const service = serviceOfHost(host);
  const name = service?.name ?? host.replace(/[^a-z0-9]+/gi, '-').toLowerCase();
  const written = service !== undefined && service.namespace === namespace ? name : host;
  return `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: ${name}
${namespace === undefined ? '' : `  namespace: ${namespace}\n`}spec:
  host: ${written}
  subsets:
${subsets.replace(/^/gm, '  ')}
`;
}

/** Moves weight from the first destination to the second one, or back. */
function* shifts({ text }: RefactoringContext, items: readonly YamlMap[]): Iterable<Fix> {
  const [stable, written] = items.map((it) => (it.has('weight') ? it.number('weight') : 0));
  if (stable === undefined || written === undefined || stable + written === 0) return;
  const canary = Math.round((100 * written) / (stable + written));
  const shifted = (share: number, title: string): Fix => ({
    title,
    edits: [100 - share, share].map((weight, i) => {
      const node = items[i]!.get('weight');
      return node ? replaceValue(text, node, weight) : insertEntry(text, items[i]!, 'weight', String(weight));
    }),
  });
  const [next] = STEPS.filter((it) => it > canary);
  const name = items[1]!.text('destination.subset') ?? items[1]!.text('destination.host') ?? '';
  if (next !== undefined && next < 100) yield shifted(next, `Shift weights to ${100 - next}/${next}`);
  if (canary < 100) yield shifted(100, `Shift all requests to "${name}"`);
  if (canary > 0) yield shifted(0, 'Shift all requests back');
}

interface Version {
  readonly version: string;
  readonly workloads: readonly Definition<Workload>[];
}

/** Workloads by their version label; none at all where one goes without it. */
function versionsOf(workloads: readonly Definition<Workload>[]): readonly Version[] {
  const versions = new Map<string, Definition<Workload>[]>();
  for (const it of workloads) {
    const version = it.data.labels['version'];
    if (version === undefined || it.data.incomplete) return [];
    versions.set(version, [...(versions.get(version) ?? []), it]);
  }
  return [...versions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([version, found]) => ({ version, workloads: found }));
}

function covers(labels: Labels, { workloads }: Version): boolean {
  return Object.keys(labels).length > 0 && workloads.every((it) => selects(labels, it.data.labels));
}

function soleOther(names: readonly string[], name: string): string | undefined {
  const others = names.filter((it) => it !== name);
  return others.length === 1 ? others[0] : undefined;
}
