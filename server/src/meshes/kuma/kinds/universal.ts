import type { TypedForm } from '../../../model/kind.js';
import { YamlMap, YamlScalar, type YamlEntry } from '../../../yaml/node.js';
import { FIELD_KINDS, MESH_LABEL } from '../names.js';

/** Kinds that belong to no mesh. */
const GLOBAL_KINDS: readonly string[] = ['Mesh', 'Zone', 'HostnameGenerator', 'ZoneIngress', 'ZoneEgress'];

/** What an object is stored with, beside its spec. */
const ENVELOPE: readonly string[] = ['type', 'mesh', 'name', 'labels', 'creationTime', 'modificationTime', 'kri'];

/** The form of a kind on Universal, where Kuma runs on machines: `type`, `mesh` and `name`, with the spec in a field of its own or beside them. */
export function universalForm(kind: string, apiVersion: string): TypedForm {
  return {
    tree: (root) => onKubernetes(kind, apiVersion, root),
    path: (path) => {
      const [first, ...rest] = path;
      if (first === undefined || first === 'spec' || (first === 'mesh' && FIELD_KINDS.includes(kind))) return path;
      if (first === 'mesh') return ['metadata', 'labels', MESH_LABEL];
      return first === 'name' || first === 'labels' ? ['metadata', first, ...rest] : ['spec', first, ...rest];
    },
  };
}

/** Undefined where a document only has a `type` in common with objects of Kuma. */
function onKubernetes(kind: string, apiVersion: string, root: YamlMap): YamlMap | undefined {
  const [type, name, mesh, labels] = ['type', 'name', 'mesh', 'labels'].map((it) => root.entry(it));
  // One without a mesh belongs to "default"; what has no spec either is nothing of Kuma's.
  if (type === undefined || name === undefined) return undefined;
  if (mesh === undefined && root.entry('spec') === undefined && !GLOBAL_KINDS.includes(kind)) return undefined;
  const hasField = FIELD_KINDS.includes(kind);
  const meshLabel = mesh !== undefined && !hasField && !GLOBAL_KINDS.includes(kind) ? [{ ...entryOf(mesh), key: MESH_LABEL }] : [];
  const written = labels?.value.type === 'map' ? labels.value : undefined;
  const allLabels = [...meshLabel, ...(written?.entries ?? [])];
  const metadata = mapOf(
    [
      entryOf(name),
      ...(allLabels.length === 0 ? [] : [{ ...entryOf(labels ?? mesh!), key: 'labels', value: mapOf(allLabels, written?.partial) }]),
    ],
    root.partial,
  );
  const inline = root.entries.filter((it) => !ENVELOPE.includes(it.key));
  const spec = root.entry('spec') ?? (inline.length === 0 ? undefined : atStart('spec', mapOf(inline, root.partial)));
  const at = type.value;
  return new YamlMap(
    root.start,
    root.end,
    [
      { ...entryOf(type), key: 'apiVersion', value: new YamlScalar(at.start, at.end, apiVersion, 'plain', false) },
      { ...entryOf(type), key: 'kind', value: at },
      ...(hasField && mesh !== undefined ? [mesh] : []),
      atStart('metadata', metadata),
      ...(spec === undefined ? [] : [spec]),
    ],
    root.flow,
    root.partial,
  );
}

function entryOf({ key, keyRange, keyOpaque, value }: YamlEntry): YamlEntry {
  return { key, keyRange, keyOpaque, value };
}

/** A map around entries that stand apart in the text. */
function mapOf(entries: readonly YamlEntry[], partial = false): YamlMap {
  const start = Math.min(...entries.map((it) => it.keyRange.start));
  const end = Math.max(...entries.map((it) => Math.max(it.keyRange.end, it.value.end)));
  return new YamlMap(start, end, entries, false, partial);
}

/** An entry whose key nobody has written. */
function atStart(key: string, value: YamlMap): YamlEntry {
  return { key, keyRange: { start: value.start, end: value.start }, keyOpaque: false, value };
}
