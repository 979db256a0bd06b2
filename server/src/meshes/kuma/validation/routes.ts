import type { YamlNode } from '../../../yaml/node.js';
import { itemsOf, type Policy } from './context.js';
import { headOf, isHidden, isIp, needs, number, type Violations } from './values.js';

const STRUCTS: Readonly<Record<string, string>> = {
  RequestHeaderModifier: 'requestHeaderModifier',
  ResponseHeaderModifier: 'responseHeaderModifier',
  RequestRedirect: 'requestRedirect',
  URLRewrite: 'urlRewrite',
  RequestMirror: 'requestMirror',
};

export function* httpRoute(policy: Policy): Violations {
  for (const item of itemsOf(policy, ['to'])) {
    if (item.has('hostnames') && policy.top !== undefined && policy.top !== 'MeshGateway')
      yield { at: headOf(item, 'hostnames'), message: '"hostnames" can stand only in a route of a MeshGateway.' };
    for (const rule of item.list('rules.*')) {
      const matches = rule.list('matches.*');
      for (const match of matches) yield* httpMatch(match);
      const filters = rule.list('default.filters.*');
      for (const filter of filters) yield* httpFilter(filter, matches, policy);
      yield* weights(rule, policy);
      const conf = rule.get('default');
      if (
        policy.top === 'MeshGateway' &&
        conf?.type === 'map' &&
        !isHidden(conf) &&
        isEmpty(conf.get('backendRefs')) &&
        !filters.some((it) => it.text('type') === 'RequestRedirect' || it.text('type') === undefined)
      )
        yield { at: headOf(rule, 'default'), message: 'A rule of a gateway needs "backendRefs", or a filter that redirects.' };
    }
  }
}

export function* tcpRoute(policy: Policy): Violations {
  for (const rule of itemsOf(policy, ['to']).flatMap((it) => it.list('rules.*'))) {
    const conf = rule.get('default');
    if (conf?.type === 'map' && !isHidden(conf) && isEmpty(conf.get('backendRefs')))
      yield {
        at: headOf(conf.has('backendRefs') ? conf : rule, conf.has('backendRefs') ? 'backendRefs' : 'default'),
        message: 'A rule needs "backendRefs".',
      };
    yield* weights(rule, policy);
  }
}

function* weights(rule: YamlNode, { version }: Policy): Violations {
  if (version !== '3.0') return;
  for (const backend of rule.list('default.backendRefs.*')) yield* number(backend.get('weight'), { least: 0, most: 4_294_967_295 });
}

function isEmpty(node: YamlNode | undefined): boolean {
  return (
    node === undefined ||
    (node.type === 'list' && node.items.length === 0 && !node.partial) ||
    (node.type === 'scalar' && node.value === null && !node.opaque)
  );
}

function* httpMatch(match: YamlNode): Violations {
  const path = match.get('path.value');
  const text = path?.text();
  if (path !== undefined && text !== undefined) {
    const type = match.text('path.type');
    if ((type === 'Exact' || type === 'PathPrefix') && !text.startsWith('/'))
      yield { at: path, message: `A path starts with "/"; "${text}" does not.`, data: { value: `/${text}` } };
    else if (type === 'PathPrefix' && text !== '/' && text.endsWith('/'))
      yield { at: path, message: `A prefix does not end with "/"; "${text}" does.`, data: { value: text.replace(/\/+$/, '') || '/' } };
  }
  for (const header of match.list('headers.*')) {
    const type = header.text('type');
    if ((type === 'Present' || type === 'Absent') && header.has('value'))
      yield { at: headOf(header, 'value'), message: `"value" cannot stand beside type "${type}".` };
  }
  yield* repeats(match.list('queryParams.*'), 'name');
}

/** Items whose field has been said before. */
function* repeats(items: readonly YamlNode[], field: string): Violations {
  const seen = new Set<string>();
  for (const it of items) {
    const text = it.text(field);
    if (text === undefined) continue;
    if (seen.has(text)) yield { at: it.get(field)!, message: `"${text}" stands in this list already.` };
    seen.add(text);
  }
}

function* httpFilter(filter: YamlNode, matches: readonly YamlNode[], { top, version }: Policy): Violations {
  const type = filter.text('type');
  const struct = STRUCTS[type ?? ''];
  if (struct === undefined) return;
  yield* needs(filter, '', type!, struct);
  const node = filter.get(struct);
  if (node === undefined) return;
  if (struct.endsWith('HeaderModifier')) yield* headers(filter, struct, node);
  if (struct === 'requestRedirect' || struct === 'urlRewrite') {
    const hostname = node.get('hostname');
    const host = hostname?.text();
    if (hostname !== undefined && host !== undefined && isIp(host))
      yield { at: hostname, message: `It takes a DNS name, not the address "${host}".` };
    const prefix = node.get('path.replacePrefixMatch');
    if (prefix !== undefined && node.text('path.type') === 'ReplacePrefixMatch' && !matches.every(hasPrefix))
      yield { at: prefix, message: 'Every match of this rule needs a path of type "PathPrefix" for its prefix to be replaced.' };
  }
  if (struct === 'urlRewrite' && node.has('hostToBackendHostname')) {
    const complaint =
      version === '3.0' || (top !== undefined && top !== 'MeshGateway')
        ? 'can stand only in a route of a MeshGateway'
        : node.has('hostname')
          ? 'cannot stand beside "hostname"'
          : undefined;
    if (complaint !== undefined) yield { at: headOf(node, 'hostToBackendHostname'), message: `"hostToBackendHostname" ${complaint}.` };
  }
}

/** A match without a path takes every one, as a prefix does. */
function hasPrefix(match: YamlNode): boolean {
  if (isHidden(match)) return true;
  if (!match.has('path')) return match.type === 'map' && match.entries.length === 0;
  const type = match.get('path.type');
  return type === undefined || isHidden(type) || type.text() === 'PathPrefix';
}

function* headers(filter: YamlNode, struct: string, node: YamlNode): Violations {
  if (node.type === 'map' && !isHidden(node) && !['set', 'add', 'remove'].some((it) => node.has(it)))
    yield { at: headOf(filter, struct), message: `"${struct}" needs "set", "add" or "remove".` };
  // That a name stands twice in "set" or in "add", the schema reports.
  const lists = [node.list('set.*.name'), node.list('add.*.name'), node.list('remove.*')];
  const seen = new Set<string>();
  for (const [i, list] of lists.entries()) {
    const own = new Set<string>();
    for (const it of list) {
      const name = it.text()?.toLowerCase();
      if (name === undefined) continue;
      if (seen.has(name) || (i === 2 && own.has(name))) yield { at: it, message: `Header "${name}" is changed twice here.` };
      own.add(name);
    }
    for (const name of own) seen.add(name);
  }
}
