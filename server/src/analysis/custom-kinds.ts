import { compactCrds } from '../schema/compact.js';
import type { SchemaFile } from '../schema/facts.js';
import { readHeader } from '../yaml/header.js';
import { toJson } from '../yaml/json.js';
import type { Json } from '../yaml/node.js';
import { parseDocument } from '../yaml/parse.js';
import { splitDocuments } from '../yaml/split.js';

interface CustomKind {
  /** `group/Kind`. */
  readonly key: string;
  readonly uri: string;
  readonly text: string;
}

/** CRDs of the workspace. Which kinds they are about shows without parsing; what they say of them is read when somebody asks. */
export class CustomKinds {
  readonly #byFile = new Map<string, readonly CustomKind[]>();
  readonly #byKey = new Map<string, readonly CustomKind[]>();
  readonly #revisions = new Map<string, number>();
  readonly #schemas = new Map<string, ReadSchema>();
  readonly #others = new Map<string, readonly ReadSchema[]>();

  /** Takes over what changed, and gives the kinds of which something else is known now. */
  take(changes: readonly { readonly uri: string; readonly text: string | undefined }[]): readonly string[] {
    const concerned = new Set<string>();
    for (const { uri, text } of changes) {
      const before = this.#byFile.get(uri) ?? [];
      const after = text?.includes('CustomResourceDefinition') === true ? customKindsIn(uri, text) : [];
      if (before.length === 0 && after.length === 0) continue;
      const isKept = (it: CustomKind, others: readonly CustomKind[]): boolean =>
        others.some((other) => other.key === it.key && other.text === it.text);
      for (const it of [...before, ...after]) if (!isKept(it, before) || !isKept(it, after)) concerned.add(it.key);
      if (after.length === 0) this.#byFile.delete(uri);
      else this.#byFile.set(uri, after);
      for (const { key } of [...before, ...after]) this.#byKey.delete(key);
      for (const key of new Set([...before, ...after].map((it) => it.key))) this.#regroup(key);
    }
    return [...concerned].filter((key) => this.#renew(key));
  }

  /** Schemas by `group/Kind`. */
  get schemas(): ReadonlyMap<string, ReadSchema> {
    return this.#schemas;
  }

  /** What further CRDs say of a kind that say something else: those of another cluster, or of another release. Nobody knows which is in force. */
  othersOf(group: string, kind: string): readonly ReadSchema[] {
    return this.#others.get(`${group}/${kind}`) ?? NO_OTHERS;
  }

  /** Another number after every change of what a CRD of the workspace says of a kind. */
  revision(group: string, kind: string): number {
    return this.#revisions.size === 0 ? 0 : (this.#revisions.get(`${group}/${kind}`) ?? 0);
  }

  #regroup(key: string): void {
    const all = [...this.#byFile.values()].flat().filter((it) => it.key === key);
    if (all.length > 0)
      this.#byKey.set(
        key,
        all.sort((a, b) => (a.uri < b.uri ? -1 : 1)),
      );
  }

  /** Of several CRDs for a kind the first by file goes before, so that the order of reading does not matter. */
  #renew(key: string): boolean {
    const texts = new Set((this.#byKey.get(key) ?? []).map((it) => it.text));
    const [first, ...others] = [...texts].map(readOnce);
    this.#revisions.set(key, (this.#revisions.get(key) ?? 0) + 1);
    this.#others.delete(key);
    if (first === undefined) return this.#schemas.delete(key);
    this.#schemas.set(key, first);
    if (others.length > 0) this.#others.set(key, others);
    return true;
  }
}

/** What a CRD says, read when it is first asked for; undefined where it cannot be read. */
type ReadSchema = () => SchemaFile | undefined;

const NO_OTHERS: readonly ReadSchema[] = [];

function readOnce(text: string): ReadSchema {
  let read: { readonly file: SchemaFile | undefined } | undefined;
  return () => (read ??= { file: schemaOf(text) }).file;
}

function customKindsIn(uri: string, text: string): readonly CustomKind[] {
  return splitDocuments(text).flatMap((document) => {
    const { apiVersion, kind } = readHeader(document.text);
    if (kind !== 'CustomResourceDefinition' || apiVersion !== 'apiextensions.k8s.io/v1') return [];
    // A patch or a template says only part of it.
    const key = blockKeyOf(document.text) ?? (document.text.includes('{{') ? undefined : keyOf(document.text));
    return key === undefined ? [] : [{ key, uri, text: document.text }];
  });
}

/** `group/Kind` of a CRD as generators write it, which is large and not worth a parser yet. */
function blockKeyOf(text: string): string | undefined {
  const spec = /^spec:[ \t]*$(?<rest>[^]*)/m.exec(text)?.groups?.['rest'];
  const group = spec === undefined ? undefined : /^ +group:[ \t]*(\S+)/m.exec(spec)?.[1];
  const name = spec === undefined ? undefined : /^ +names:[ \t]*\n(?:(?: {4,}.*| *- .*)\n)*? {3,}kind:[ \t]*(\S+)/m.exec(spec)?.[1];
  return group === undefined || name === undefined || spec!.includes('{{') || !/^ +versions:/m.test(spec!)
    ? undefined
    : `${unquoted(group)}/${unquoted(name)}`;
}

/** The same of one in braces, in JSON, or in another order. */
function keyOf(text: string): string | undefined {
  const root = parseDocument(text).root;
  if (root?.type !== 'map') return undefined;
  const group = root.text('spec.group');
  const name = root.text('spec.names.kind');
  return group === undefined || name === undefined || root.get('spec.versions') === undefined ? undefined : `${group}/${name}`;
}

function schemaOf(text: string): SchemaFile | undefined {
  const { root } = parseDocument(text);
  if (root === undefined) return undefined;
  const crd = toJson(root);
  if (!hasSchemas(crd)) return undefined;
  const nothing = { versions: {}, paths: {} };
  return compactCrds([crd], { shapes: [], since: () => nothing, oldest: undefined, prose: true });
}

/** Whether each version of a CRD says what its objects look like. */
function hasSchemas(crd: Json): boolean {
  const versions = below(below(crd, 'spec'), 'versions');
  return (
    Array.isArray(versions) &&
    versions.length > 0 &&
    (versions as readonly Json[]).every((it) => typeof below(below(it, 'schema'), 'openAPIV3Schema') === 'object')
  );
}

function below(value: Json | undefined, key: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, Json>>)[key] : undefined;
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2');
}
