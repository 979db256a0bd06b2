import { hasFormat } from '../../../schema/formats.js';
import type { YamlNode } from '../../../yaml/node.js';
import type { Policy } from './context.js';
import { headOf, isHidden, isIp, number, PORT, type Violations } from './values.js';

const HTTP = ['http', 'http2', 'grpc'];

export function* passthrough({ root }: Policy): Violations {
  const protocolOfPort = new Map<number | undefined, string>();
  const seen = new Set<string>();
  for (const match of root.list('spec.default.appendMatch.*')) {
    const protocolNode = match.get('protocol');
    const protocol = protocolNode === undefined ? 'tcp' : protocolNode.text();
    const valueNode = match.get('value');
    const value = valueNode?.text();
    const port = match.number('port');
    const isAnyPort = !match.has('port') && !isHidden(match);
    yield* number(match.get('port'), PORT);
    if (protocol === 'mysql' && isAnyPort) yield { at: headOf(match, 'protocol'), message: 'Protocol "mysql" needs "port".' };
    if (protocol !== undefined && (port !== undefined || isAnyPort)) {
      const before = protocolOfPort.get(port);
      if (before !== undefined && before !== protocol && HTTP.includes(protocol))
        yield {
          at: protocolNode ?? headOf(match, 'protocol'),
          message: `Port ${port ?? 'of any number'} has protocol "${before}" already.`,
        };
      if (before === undefined) protocolOfPort.set(port, protocol);
      const key = `${value ?? ''} ${port ?? ''} ${protocol}`;
      if (value !== undefined && valueNode !== undefined && seen.has(key))
        yield { at: valueNode, message: `"${value}" stands in this list already.` };
      if (value !== undefined) seen.add(key);
    }
    yield* target(match, protocol, valueNode, isAnyPort);
  }
}

function* target(match: YamlNode, protocol: string | undefined, node: YamlNode | undefined, isAnyPort: boolean): Violations {
  const value = node?.text();
  if (node === undefined || value === undefined) return;
  switch (match.text('type')) {
    case 'IP':
      if (!isIp(value)) yield { at: node, message: `"${value}" is no IP address.` };
      return;
    case 'CIDR':
      if (!value.includes('/') || !hasFormat('cidr', value)) yield { at: node, message: `"${value}" is no range such as 10.0.0.0/8.` };
      return;
    case 'Domain': {
      if (protocol === 'tcp' || protocol === 'mysql')
        yield {
          at: headOf(match, match.has('protocol') ? 'protocol' : 'type'),
          message: `Protocol "${protocol}" shows no domain; it takes "IP" or "CIDR".`,
        };
      const isWildcard = value.startsWith('*.');
      if (value.startsWith('*') && !isWildcard && value !== '*')
        yield { at: node, message: `A wildcard stands for whole labels, as in "*.example.com"; "${value}" is less.` };
      else if (!isDomain(isWildcard ? value.slice(2) : value)) yield { at: node, message: `"${value}" is no domain.` };
      else if (isWildcard && isAnyPort && HTTP.includes(protocol ?? ''))
        yield { at: node, message: `A wildcard of protocol "${protocol!}" needs "port".` };
      return;
    }
  }
}

function isDomain(text: string): boolean {
  return (
    text === '*' ||
    (text.length <= 253 && /^[a-zA-Z0-9_]([-a-zA-Z0-9_]*[a-zA-Z0-9_])?(\.[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?)*$/.test(text))
  );
}

const MODIFICATIONS = ['cluster', 'listener', 'virtualHost', 'networkFilter', 'httpFilter'];

export function* proxyPatch({ root }: Policy): Violations {
  const conf = root.get('spec.default');
  const list = conf?.get('appendModifications');
  if (conf?.type === 'map' && !isHidden(conf) && (list === undefined || (list.type === 'list' && list.items.length === 0 && !list.partial)))
    yield {
      at: headOf(list === undefined ? root.get('spec') : conf, list === undefined ? 'default' : 'appendModifications'),
      message: '"default" needs "appendModifications".',
    };
  for (const modification of root.list('spec.default.appendModifications.*')) {
    const said = MODIFICATIONS.filter((it) => modification.has(it));
    if (said.length !== 1 && !isHidden(modification)) {
      yield {
        at: headOf(modification, said[1] ?? ''),
        message: `A modification is one of ${MODIFICATIONS.join(', ')}${said.length === 0 ? '' : `; this has ${said.length}`}.`,
      };
      continue;
    }
    const kind = said[0];
    const node = kind === undefined ? undefined : modification.get(kind);
    if (kind !== undefined && node?.type === 'map' && !isHidden(node)) yield* change(modification, kind, node);
  }
}

function* change(modification: YamlNode, kind: string, node: YamlNode): Violations {
  const operation = node.text('operation');
  if (operation === undefined) return;
  const isFilter = kind.endsWith('Filter');
  if (operation.startsWith('Add') && !node.has('value'))
    yield { at: headOf(node, 'operation'), message: `Operation "${operation}" needs "value".` };
  if (operation === 'Add' && kind !== 'virtualHost' && node.has('match'))
    yield { at: headOf(node, 'match'), message: '"match" cannot stand beside operation "Add".' };
  if (operation === 'Add' && kind === 'virtualHost' && node.has('match.name'))
    yield { at: headOf(node.get('match'), 'name'), message: '"name" cannot stand beside operation "Add".' };
  if (operation === 'Remove' && node.has('value'))
    yield { at: headOf(node, 'value'), message: '"value" cannot stand beside operation "Remove".' };
  if (operation !== 'Patch' && node.has('jsonPatches') && !operation.startsWith('Add'))
    yield { at: headOf(node, 'jsonPatches'), message: `"jsonPatches" cannot stand beside operation "${operation}".` };
  if (operation === 'Patch' && node.has('value') === node.has('jsonPatches'))
    yield {
      at: node.has('value') ? headOf(node, 'jsonPatches') : headOf(modification, kind),
      message: 'Operation "Patch" needs either "value" or "jsonPatches".',
    };
  if (isFilter && ['AddBefore', 'AddAfter', 'Patch'].includes(operation) && !node.has('match.name') && !isHidden(node.get('match')))
    yield { at: headOf(node, node.has('match') ? 'match' : 'operation'), message: `Operation "${operation}" needs "match.name".` };
  for (const patch of node.list('jsonPatches.*')) yield* jsonPatch(patch);
}

function* jsonPatch(patch: YamlNode): Violations {
  if (isHidden(patch)) return;
  const operation = patch.text('op');
  const path = patch.text('path');
  if (path === '' || (path === '/' && operation === 'remove'))
    yield { at: patch.get('path')!, message: operation === 'remove' ? 'The root cannot be removed.' : '"path" cannot be empty.' };
  if (operation === undefined) return;
  const moves = operation === 'move' || operation === 'copy';
  const writes = operation === 'add' || operation === 'replace';
  if (moves && !patch.has('from')) yield { at: headOf(patch, 'op'), message: `Operation "${operation}" needs "from".` };
  if (!moves && patch.has('from')) yield { at: headOf(patch, 'from'), message: `"from" cannot stand beside operation "${operation}".` };
  if (writes && patch.get('value') === undefined) yield { at: headOf(patch, 'op'), message: `Operation "${operation}" needs "value".` };
  if (!writes && patch.has('value')) yield { at: headOf(patch, 'value'), message: `"value" cannot stand beside operation "${operation}".` };
}
