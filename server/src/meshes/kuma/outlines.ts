import type { Outline, OutlineItem } from '../../rules/editor.js';
import type { YamlNode } from '../../yaml/node.js';
import { listed } from '../kubernetes/editor.js';
import { matchText } from './kinds/policies.js';
import { labelsIn } from './kinds/shared.js';
import { selectorText } from '../../model/selectors.js';
import { POLICY_KINDS } from './target-refs.js';

/** What one looks for inside of Kuma's resources. */
export const outlines: readonly Outline[] = [
  {
    kinds: POLICY_KINDS,
    items: ({ root }) => [
      ...root
        .list('spec.targetRef')
        .map((it) => ({ name: refText(it), detail: 'targetRef', sort: 'field', range: it }) satisfies OutlineItem),
      ...(['from', 'to'] as const).flatMap((list) => root.list(`spec.${list}.*`).map((it) => sideItem(list, it))),
      ...root.list('spec.rules.*').map(ruleItem),
    ],
  },
  {
    kinds: ['Mesh'],
    items: ({ root }) =>
      root.list('spec.mtls.backends.*').map((it) => ({
        name: `mTLS backend ${it.text('name') ?? ''}`.trimEnd(),
        detail: [it.text('type'), it.text('mode')].filter((part) => part !== undefined).join(' '),
        sort: 'field',
        range: it,
        selection: it.get('name') ?? it,
      })),
  },
  {
    kinds: ['MeshService', 'MeshMultiZoneService'],
    items: ({ root }) =>
      root.list('spec.ports.*').map((it) => ({
        name: it.text('name') ?? String(it.number('port') ?? 'port'),
        detail: [it.number('port'), it.text('appProtocol')].filter((part) => part !== undefined).join(' '),
        sort: 'port',
        range: it,
      })),
  },
  {
    kinds: ['MeshExternalService'],
    items: ({ root }) =>
      root
        .list('spec.endpoints.*')
        .map((it) => ({ name: it.text('address') ?? 'endpoint', detail: String(it.number('port') ?? ''), sort: 'host', range: it })),
  },
];

function refText(node: YamlNode): string {
  const labels = selectorText({ ...labelsIn(node.get('labels')), ...labelsIn(node.get('tags')) });
  return [node.text('kind') ?? 'targetRef', node.text('name') ?? labels].filter((it) => it !== '').join(' ');
}

function sideItem(list: 'from' | 'to', item: YamlNode): OutlineItem {
  const ref = item.get('targetRef');
  const rules = item.list('rules.*').map((rule): OutlineItem => {
    const match = rule.get('matches.0');
    const backends = rule.list('default.backendRefs.*.name').flatMap((it) => it.text() ?? []);
    return {
      name: match?.text('path.value') ?? match?.text('method') ?? 'rule',
      detail: backends.length === 0 ? '' : `to ${listed(backends)}`,
      sort: 'route',
      range: rule,
    };
  });
  return {
    name: ref === undefined ? list : refText(ref),
    detail: list,
    sort: 'route',
    range: item,
    ...(ref && { selection: ref }),
    ...(rules.length > 0 && { children: rules }),
  };
}

function ruleItem(rule: YamlNode): OutlineItem {
  const matches = [...rule.list('matches.*'), ...rule.list('default.allow.*'), ...rule.list('default.deny.*')].map(matchText);
  return { name: 'rule', detail: matches.length === 0 ? 'everybody' : listed(matches), sort: 'rule', range: rule };
}
