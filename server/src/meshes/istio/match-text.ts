import type { YamlNode } from '../../yaml/node.js';
import { textsAt } from './kinds/shared.js';

/** What a route of a VirtualService takes, as people read it: `GET /cart*, x-canary: yes`; empty: everything. */
export function matchesText(route: YamlNode): string {
  const matches = route.list('match.*');
  if (matches.length === 0) return '';
  const texts = matches.map(matchText);
  return texts.includes('') ? '' : [...new Set(texts)].join(' or ');
}

function matchText(match: YamlNode): string {
  const named = (field: string): readonly string[] =>
    (match.map(field)?.entries ?? []).map(({ key, value }) => [key, stringText(value)].filter((it) => it !== '').join(': '));
  const without = named('withoutHeaders');
  return [
    [stringText(match.get('method')), pathText(match.get('uri')), textsAt(match, 'sniHosts').join(', ')]
      .filter((it) => it !== '')
      .join(' '),
    stringText(match.get('authority')) === '' ? '' : `authority ${stringText(match.get('authority'))}`,
    ...named('headers'),
    ...named('queryParams').map((it) => `?${it.replace(': ', '=')}`),
    without.length === 0 ? '' : `not ${without.join(', ')}`,
    match.number('port') === undefined ? '' : `port ${match.number('port')}`,
    ...(match.map('sourceLabels')?.entries ?? []).map(({ key, value }) => `from ${key}=${value.text() ?? '…'}`),
    match.text('sourceNamespace') === undefined ? '' : `from "${match.text('sourceNamespace')}"`,
  ]
    .filter((it) => it !== '')
    .join(', ');
}

function pathText(node: YamlNode | undefined): string {
  const prefix = node?.text('prefix');
  return prefix === undefined || prefix.endsWith('/') ? stringText(node) : prefix;
}

function stringText(node: YamlNode | undefined): string {
  const exact = node?.text('exact') ?? node?.text('regex');
  const prefix = node?.text('prefix');
  if (exact !== undefined) return exact;
  return prefix === undefined ? '' : `${prefix}*`;
}
