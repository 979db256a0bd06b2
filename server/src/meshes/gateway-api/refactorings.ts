import type { Refactoring, RefactoringContext } from '../../rules/editor.js';
import type { Fix } from '../../rules/rule.js';
import { insertEntry, insertItem, quoteIfNeeded, replaceValue } from '../../yaml/edit.js';
import type { YamlList, YamlMap } from '../../yaml/node.js';
import { namespaceKey } from '../../model/resource.js';
import { services, servicesIn } from '../kubernetes/tables.js';
import { isService, objectRefIn, ROUTE_KINDS } from './references.js';

/** How much of the traffic a canary takes, from one step to the next. */
const STEPS = [1, 5, 10, 25, 50, 75, 100];
/** What a canary begins with. */
const FIRST = 10;
/** Where names of versions of one service differ: `cart`, `cart-v2`, `cart-canary`. */
const VERSION = /-(?:v?\d+|canary|stable|primary|blue|green|next)$/;

/** Changes of the rules of a route: where the cursor is in one. */
export const refactorings: readonly Refactoring[] = [
  {
    kinds: ROUTE_KINDS.filter((it) => it !== 'UDPRoute'),
    *offer(context) {
      const { resource, range } = context;
      const rule = resource.root.list('spec.rules.*').find((it) => it.start <= range.start && range.end <= it.end);
      const list = rule?.get('backendRefs');
      if (list?.type !== 'list' || list.partial || list.items.some((it) => it.type !== 'map' || it.partial)) return;
      if (list.items.length === 1) yield* splits(context, list, list.items[0] as YamlMap);
      if (list.items.length === 2) yield* shifts(context, list.items as readonly YamlMap[]);
    },
  },
];

/** Sends a first part of a rule's traffic to another version of its Service, which is a Service of its own here. */
function* splits({ resource, look, text }: RefactoringContext, list: YamlList, item: YamlMap): Iterable<Fix> {
  const ref = objectRefIn(item, resource, '', 'Service');
  const port = item.number('port');
  if (!ref || !isService(ref) || port === undefined || (item.has('weight') && item.number('weight') === undefined)) return;
  const base = ref.name.replace(VERSION, '');
  const others = look
    .get(servicesIn, namespaceKey(ref.namespace))
    .map((it) => it.data.name)
    .filter((it) => it !== ref.name && it.replace(VERSION, '') === base)
    .filter((it) =>
      look.get(services, `${namespaceKey(ref.namespace)}/${it}`).some(({ data }) => data.ports.some((own) => own.number === port)),
    );
  for (const name of [...new Set(others)].sort().slice(0, 3)) {
    const weight = item.get('weight');
    const place = item.text('namespace');
    const lines = [
      `name: ${quoteIfNeeded(name)}`,
      ...(place === undefined ? [] : [`namespace: ${quoteIfNeeded(place)}`]),
      `port: ${port}`,
      `weight: ${FIRST}`,
    ];
    yield {
      title: `Split: send ${FIRST} % of this rule to Service "${name}"`,
      edits: [
        weight ? replaceValue(text, weight, 100 - FIRST) : insertEntry(text, item, 'weight', String(100 - FIRST)),
        insertItem(text, list, lines.join('\n')),
      ],
    };
  }
}

/** Moves weight from the first backend to the second one, or back. A weight that is left out is 1. */
function* shifts({ text }: RefactoringContext, items: readonly YamlMap[]): Iterable<Fix> {
  const weights = items.map((it) => (it.has('weight') ? it.number('weight') : 1));
  const [stable, canary] = weights;
  if (stable === undefined || canary === undefined || stable + canary === 0) return;
  const share = Math.round((100 * canary) / (stable + canary));
  const shifted = (to: number, title: string): Fix => ({
    title,
    edits: [100 - to, to].map((weight, i) => {
      const node = items[i]!.get('weight');
      return node ? replaceValue(text, node, weight) : insertEntry(text, items[i]!, 'weight', String(weight));
    }),
  });
  const next = STEPS.find((it) => it > share);
  const name = items[1]!.text('name') ?? '';
  if (next !== undefined && next < 100) yield shifted(next, `Shift weights to ${100 - next}/${next}`);
  if (share < 100) yield shifted(100, `Shift all requests to "${name}"`);
  if (share > 0) yield shifted(0, 'Shift all requests back');
}
