import { YamlMap, YamlScalar, type YamlEntry, type YamlNode } from '../../yaml/node.js';
import type { Generated, Kustomization } from './kustomization.js';
import { mapAt, scalarAt } from './tree.js';

/**
 * The ConfigMap or Secret that a generator makes, at the place that asks for it. Its name is the one that references use: what
 * Kustomize appends to both is left out. Values of Secrets, and those that files hold, are not known.
 */
export function generatedTree({ kind, node, name, namespace }: Generated, { root }: Kustomization): YamlMap {
  const entry = (key: string, value: YamlNode): YamlEntry => ({
    key,
    keyRange: { start: value.start, end: value.end },
    keyOpaque: false,
    value,
  });
  const nameNode = node.get('name') ?? node;
  const extra = (field: string): YamlEntry[] => {
    const entries = [root?.map(`generatorOptions.${field}`), node.map(`options.${field}`)].flatMap((it) => it?.entries ?? []);
    return entries.length === 0 ? [] : [entry(field, mapAt(node, [...new Map(entries.map((it) => [it.key, it])).values()]))];
  };
  const metadata = mapAt(nameNode, [
    entry('name', scalarAt(nameNode, name)),
    ...(namespace === undefined ? [] : [entry('namespace', scalarAt(node.get('namespace') ?? node, namespace))]),
    ...extra('labels'),
    ...extra('annotations'),
  ]);
  const type = node.get('type');
  return mapAt(node, [
    entry('apiVersion', scalarAt(nameNode, 'v1')),
    entry('data', dataOf(kind, node)),
    entry('kind', scalarAt(nameNode, kind)),
    entry('metadata', metadata),
    ...(kind === 'Secret' ? [entry('type', type ?? scalarAt(nameNode, 'Opaque'))] : []),
  ]);
}

function dataOf(kind: Generated['kind'], node: YamlMap): YamlMap {
  const entries: YamlEntry[] = [];
  const add = (at: YamlNode, key: string, value: string | undefined): void => {
    const isKnown = value !== undefined && kind === 'ConfigMap';
    entries.push({
      key,
      keyRange: { start: at.start, end: at.end },
      keyOpaque: false,
      value: isKnown ? scalarAt(at, value) : new YamlScalar(at.start, at.end, '', 'plain', true),
    });
  };
  for (const at of node.list('literals.*')) {
    const match = /^([^=]+)=(.*)$/s.exec(at.text() ?? '');
    if (match) add(at, match[1]!, match[2]!.replace(/^(["'])(.*)\1$/s, '$2'));
  }
  for (const at of node.list('files.*')) {
    const match = /^(?:([^=]+)=)?(.*)$/s.exec(at.text() ?? '');
    if (match) add(at, match[1] ?? match[2]!.slice(match[2]!.lastIndexOf('/') + 1), undefined);
  }
  const hidesMore = node.has('envs') || node.has('env');
  return new YamlMap(node.start, node.end, entries, false, hidesMore);
}
