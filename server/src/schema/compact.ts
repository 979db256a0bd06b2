import type { Json } from '../yaml/node.js';
import type { KindFacts, SchemaFile, TypeFacts, TypeName, TypeReference, VersionFacts } from './facts.js';

interface JsonObject {
  readonly [key: string]: Json;
}

/** A shape that people have a name for, and one place where it is found. */
export interface NamedShape {
  readonly name: string;
  /** `Kind` and path: `VirtualService spec.http.*.match.*.uri`. */
  readonly at: string;
}

export interface CompactOptions {
  readonly shapes: readonly NamedShape[];
  /** Release in which a version, or a path or value (`path=VALUE`), of a kind first appeared. */
  readonly since: (
    kind: string,
    group: string,
  ) => { readonly versions: Readonly<Record<string, string>>; readonly paths: Readonly<Record<string, string>> };
  /** The oldest release known: what it has is not worth telling. */
  readonly oldest: string | undefined;
  /** Takes over descriptions and messages: for CRDs of the workspace, whose authors wrote them for whoever reads them there. */
  readonly prose?: boolean;
  /** Told of shapes whose place is not there. */
  readonly onMissing?: (shape: NamedShape) => void;
}

/** A type written out whole, with the name it is known by. */
interface Draft {
  readonly name?: string;
  readonly facts: Omit<TypeFacts, 'fields' | 'item'>;
  readonly fields?: ReadonlyMap<string, Draft>;
  readonly item?: Draft;
  /** Equal for equal shapes. */
  readonly text: string;
}

interface KindDraft {
  readonly group: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly versions: readonly { readonly name: string; readonly root: Draft; readonly served: boolean; readonly deprecated: boolean }[];
}

/** CRDs of one API group as compact facts; descriptions and other prose are left behind. */
export function compactCrds(crds: readonly Json[], options: CompactOptions): SchemaFile {
  const kinds = crds.map((crd): KindDraft => {
    const spec = object(object(crd)['spec']);
    const names = object(spec['names']);
    return {
      group: String(spec['group']),
      kind: String(names['kind']),
      namespaced: spec['scope'] !== 'Cluster',
      versions: list(spec['versions']).map((version) => {
        const facts = object(version);
        const schema = object(object(facts['schema'])['openAPIV3Schema']);
        return {
          name: String(facts['name']),
          root: draftRoot(schema, { ...NO_DEFINITIONS, prose: options.prose === true }),
          served: facts['served'] !== false,
          deprecated: facts['deprecated'] === true,
        };
      }),
    };
  });
  return assemble(kinds, options);
}

/** One version of a kind as a JSON schema of its own, which states neither group nor scope. */
export interface VersionSchema {
  readonly group: string;
  readonly kind: string;
  readonly version: string;
  readonly namespaced: boolean;
  readonly schema: Json;
}

/** Kinds whose versions come as JSON schemas, in the order given. */
export function compactJsonSchemas(schemas: readonly VersionSchema[], options: CompactOptions): SchemaFile {
  const kinds = new Map<string, KindDraft>();
  for (const { group, kind, version, namespaced, schema } of schemas) {
    const root = draftRoot(object(schema), NO_DEFINITIONS);
    const before = kinds.get(`${group}/${kind}`);
    const versions = [...(before?.versions ?? []), { name: version, root, served: true, deprecated: false }];
    kinds.set(`${group}/${kind}`, { group, kind, namespaced, versions });
  }
  return assemble([...kinds.values()], options);
}

/** Kinds of a JSON schema document `{kinds, definitions}`, as Kubernetes publishes its own. */
export function compactDefinitions(document: Json, isWanted: (kind: string) => boolean, options: CompactOptions): SchemaFile {
  const definitions = object(object(document)['definitions']);
  const definition: Definitions = {
    open: new Set(),
    prose: false,
    find: (reference) => {
      const key = reference.slice(reference.lastIndexOf('/') + 1);
      const found = definitions[key];
      return found === undefined ? undefined : { name: key.slice(key.lastIndexOf('.') + 1), schema: object(found) };
    },
  };
  const kinds = list(object(document)['kinds'])
    .map(object)
    .filter((it) => isWanted(String(it['kind'])))
    .map((it): KindDraft => {
      const apiVersion = String(it['apiVersion']);
      const slash = apiVersion.indexOf('/');
      const root = definition.find(String(it['definition']));
      return {
        group: slash < 0 ? '' : apiVersion.slice(0, slash),
        kind: String(it['kind']),
        namespaced: it['namespaced'] === true,
        versions: [{ name: apiVersion.slice(slash + 1), root: draftRoot(root?.schema ?? {}, definition), served: true, deprecated: false }],
      };
    });
  return assemble(kinds, options);
}

interface Definitions {
  /** References that are being followed. */
  readonly open: Set<string>;
  /** Whether descriptions are taken over. */
  readonly prose: boolean;
  find(reference: string): { readonly name: string; readonly schema: JsonObject } | undefined;
}

const NO_DEFINITIONS: Definitions = { open: new Set(), prose: false, find: () => undefined };

/** The controller writes `status`, and the API server drops it from what is applied: it takes anything. */
function draftRoot(schema: JsonObject, definitions: Definitions): Draft {
  const properties = object(schema['properties']);
  const fields = Object.entries(properties).filter(([key]) => key !== 'apiVersion' && key !== 'kind');
  const status: Json = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return draft(
    { ...schema, type: 'object', properties: Object.fromEntries(fields.map(([key, value]) => [key, key === 'status' ? status : value])) },
    definitions,
  );
}

function draft(schema: JsonObject, definitions: Definitions): Draft {
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    const found = definitions.find(reference);
    if (found === undefined) return finish(undefined, { type: 'any' });
    // A shape inside of itself takes anything: it would have no end written out.
    if (definitions.open.has(reference)) return finish(undefined, { type: 'any' });
    const { $ref: _reference, ...rest } = schema;
    definitions.open.add(reference);
    const drafted = draftNamed(shortNameOf(found.name), { ...found.schema, ...rest }, definitions);
    definitions.open.delete(reference);
    return drafted;
  }
  return draftNamed(undefined, schema, definitions);
}

function shortNameOf(name: string): string | undefined {
  return name === 'IntOrString' || name === 'Time' || name === 'MicroTime' || name === 'FieldsV1' ? undefined : name;
}

function draftNamed(name: string | undefined, schema: JsonObject, definitions: Definitions): Draft {
  const type = typeOf(schema, name);
  const facts: Record<string, Json> = { type };
  for (const [key, value] of Object.entries(schema)) {
    switch (key) {
      case 'required':
        if (list(value).length > 0) facts['required'] = value;
        break;
      case 'enum':
      case 'default':
      case 'minimum':
      case 'maximum':
      case 'multipleOf':
      case 'minLength':
      case 'maxLength':
      case 'pattern':
      case 'minItems':
      case 'maxItems':
      case 'minProperties':
      case 'maxProperties':
        facts[key] = value;
        break;
      case 'format':
        if (value !== 'int-or-string') facts['format'] = value;
        break;
      case 'nullable':
      case 'deprecated':
      case 'uniqueItems':
      case 'exclusiveMinimum':
      case 'exclusiveMaximum':
        if (value === true) facts[key] = true;
        break;
      case 'x-kubernetes-preserve-unknown-fields':
        if (value === true && type === 'object') facts['open'] = true;
        break;
      case 'x-kubernetes-list-type':
        if (value === 'set') facts['unique'] = 'set';
        break;
      case 'x-kubernetes-list-map-keys':
        facts['unique'] = value;
        break;
      case 'description':
        if (definitions.prose && typeof value === 'string' && value.trim() !== '') facts['text'] = value.trim();
        break;
    }
  }
  if (name === 'Quantity') facts['format'] = 'quantity';
  if (name === undefined && type === 'object' && schema['properties'] === undefined && schema['additionalProperties'] === undefined)
    facts['open'] = true;
  Object.assign(facts, conditions(schema, type));
  // A field with two enums takes what is in both.
  for (const part of list(schema['allOf'] ?? []).map(object)) {
    const choices = part['enum'];
    if (choices !== undefined) facts['enum'] = list(facts['enum'] ?? choices).filter((it) => list(choices).includes(it));
    takeRules(facts, list(part['x-kubernetes-validations'] ?? []), definitions.prose);
  }
  takeRules(facts, list(schema['x-kubernetes-validations'] ?? []), definitions.prose);
  const properties = schema['properties'];
  const fields =
    type === 'object' && properties !== undefined
      ? new Map(Object.entries(object(properties)).map(([key, value]) => [key, draft(object(value), definitions)]))
      : undefined;
  const inner = type === 'list' ? schema['items'] : type === 'map' ? schema['additionalProperties'] : undefined;
  const item =
    type === 'list' || type === 'map' ? draft(inner === undefined || inner === true ? {} : object(inner), definitions) : undefined;
  return finish(name, facts as unknown as TypeFacts, fields, item);
}

function finish(name: string | undefined, facts: TypeFacts, fields?: ReadonlyMap<string, Draft>, item?: Draft): Draft {
  const text = JSON.stringify([
    name ?? null,
    facts,
    fields === undefined ? null : [...fields].map(([key, field]) => [key, field.text]),
    item?.text ?? null,
  ]);
  return { ...(name !== undefined && { name }), facts, ...(fields && { fields }), ...(item && { item }), text };
}

function typeOf(schema: JsonObject, name: string | undefined): TypeName {
  if (schema['x-kubernetes-int-or-string'] === true || schema['format'] === 'int-or-string' || name === 'Quantity') return 'int-or-string';
  switch (schema['type']) {
    case 'object':
      return typeof schema['additionalProperties'] === 'object' || schema['additionalProperties'] === true ? 'map' : 'object';
    case 'array':
      return 'list';
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return schema['type'];
    default:
      return schema['properties'] !== undefined ? 'object' : 'any';
  }
}

/** What `oneOf`, `anyOf`, `allOf` and `not` ask for, as groups of fields where they have that form. */
function conditions(schema: JsonObject, type: TypeName): Record<string, Json> {
  const atMostOne: Json[] = [];
  const exactlyOne: Json[] = [];
  const other: JsonObject[] = [];
  const take = (part: JsonObject): void => {
    const branches = part['oneOf'] === undefined ? undefined : list(part['oneOf']).map(object);
    const rest = Object.fromEntries(['anyOf', 'allOf', 'not'].filter((key) => part[key] !== undefined).map((key) => [key, part[key]!]));
    const none = branches?.find((branch) => branch['not'] !== undefined);
    const members = branches?.filter((branch) => branch !== none).map(requiredAlone) ?? [];
    const isGroup = branches !== undefined && members.every((member) => member !== undefined);
    if (isGroup && none === undefined) exactlyOne.push(members as Json[]);
    else if (isGroup && members.length > 1) atMostOne.push(members as Json[]);
    if (isGroup && Object.keys(rest).length === 0) return;
    if (branches !== undefined || rest['anyOf'] !== undefined || rest['not'] !== undefined || rest['allOf'] !== undefined) {
      other.push(withoutProse({ ...rest, ...(branches !== undefined && !isGroup && { oneOf: branches }) }) as JsonObject);
    }
  };
  // Of an int-or-string, the two branches say only that.
  if (type !== 'int-or-string') {
    const { allOf, ...own } = schema;
    if (['oneOf', 'anyOf', 'not'].some((key) => own[key] !== undefined)) take(own);
    for (const part of allOf === undefined ? [] : list(allOf).map(object)) {
      take(part);
      const words = Object.entries(part).filter(([key]) => !/^(oneOf|anyOf|allOf|not|enum|description|x-.*)$/.test(key));
      if (words.length > 0) other.push(withoutProse(Object.fromEntries(words)) as JsonObject);
    }
  }
  return {
    ...(atMostOne.length > 0 && { oneOf: atMostOne }),
    ...(exactlyOne.length > 0 && { exactlyOne }),
    ...(other.length > 0 && { logic: other.length === 1 ? other[0]! : { allOf: other } }),
  };
}

/** CEL expressions; those that say what another word says as well become that word, which has better messages and fixes. */
function takeRules(facts: Record<string, Json>, validations: readonly Json[], withMessages: boolean): void {
  const rules: string[] = [];
  const messages: Record<string, Json> = {};
  const messageExpressions: Record<string, Json> = {};
  for (const validation of validations) {
    const written = object(validation)['rule'];
    if (typeof written !== 'string') continue;
    const rule = withoutLineBreaks(written);
    const { message, messageExpression } = object(validation);
    if (withMessages && typeof message === 'string') messages[rule] = message.trim();
    if (withMessages && typeof messageExpression === 'string') messageExpressions[rule] = messageExpression.trim();
    const counted = /^((\(has\(self\.\w+\) \? 1 : 0\))( \+ )?)+ <= 1$/.test(rule)
      ? [...rule.matchAll(/has\(self\.(\w+)\)/g)].map((match) => match[1]!)
      : undefined;
    const either = /^has\(self\.(\w+)\) != has\(self\.(\w+)\)$/.exec(rule);
    const between = /^(\d+) < self && self <= (\d+)$/.exec(rule);
    if (counted !== undefined) facts['oneOf'] = [...list(facts['oneOf']), counted];
    else if (either) {
      const group = [either[1]!, either[2]!];
      facts['oneOf'] = list(facts['oneOf']).filter((it) => String(it) !== String(group));
      if (list(facts['oneOf']).length === 0) delete facts['oneOf'];
      facts['exactlyOne'] = [...list(facts['exactlyOne']), group];
    } else if (between) Object.assign(facts, { minimum: Number(between[1]) + 1, maximum: Number(between[2]) });
    else rules.push(rule);
  }
  if (rules.length > 0) facts['rules'] = [...list(facts['rules'] ?? []), ...rules];
  // A field may have some by its own, and some by what it shares.
  if (Object.keys(messages).length > 0) facts['messages'] = { ...object(facts['messages']), ...messages };
  if (Object.keys(messageExpressions).length > 0)
    facts['messageExpressions'] = { ...object(facts['messageExpressions']), ...messageExpressions };
}

/** An expression in one line, unless a line break ends a comment or stands within text. */
function withoutLineBreaks(expression: string): string {
  return (/\/\/|"""|'''/.test(expression) ? expression : expression.replaceAll(/\s*\n\s*/g, ' ')).trim();
}

/** The name in `{required: [name]}`, where that is all of it. */
function requiredAlone(branch: JsonObject): string | undefined {
  const required = list(branch['required'] ?? []);
  const isAlone = Object.keys(branch).every(
    (key) =>
      key === 'required' ||
      (key === 'properties' && Object.values(object(branch[key]!)).every((it) => Object.keys(object(it)).length === 0)),
  );
  return isAlone && required.length === 1 ? String(required[0]) : undefined;
}

function withoutProse(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutProse);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(key === 'description' && typeof inner === 'string'))
      .map(([key, inner]) => [key, withoutProse(inner)]),
  );
}

/** Stands between the name of a shape and the number of its variant: `TokenProvider~2`. */
const VARIANT = '~';

/** Gives repeated and named shapes one place, and kinds the types they begin with. */
function assemble(kinds: readonly KindDraft[], options: CompactOptions): SchemaFile {
  const names = nameShapes(kinds, options);
  const uses = countUses(kinds);
  const types: Record<string, TypeFacts> = {};
  const taken = new Set(names.values());
  let unnamed = 0;

  const refer = (it: Draft): TypeReference => {
    let name = names.get(it.text);
    if (name === undefined && (it.name !== undefined || ((uses.get(it.text) ?? 0) > 1 && it.text.length > 70))) {
      const wanted = it.name;
      if (wanted !== undefined && !taken.has(wanted)) name = wanted;
      else
        do name = `_${++unnamed}`;
        while (taken.has(name));
      taken.add(name);
      names.set(it.text, name);
    }
    if (name === undefined) return write(it);
    if (!(name in types)) {
      types[name] = { type: it.facts.type }; // keeps its place while what it holds is written
      types[name] = write(it);
    }
    return name;
  };
  const write = (it: Draft): TypeFacts => ({
    ...it.facts,
    ...(it.fields && { fields: Object.fromEntries([...it.fields].map(([key, field]) => [key, refer(field)])) }),
    ...(it.item && { item: refer(it.item) }),
  });

  const written = kinds.map((kind): KindFacts => {
    const { versions: versionsSince, paths } = options.since(kind.kind, kind.group);
    const roots = new Map<string, TypeReference>();
    const versions: Record<string, VersionFacts> = {};
    for (const version of kind.versions) {
      // Versions mostly share one schema: it is kept under the kind's name.
      let type = roots.get(version.root.text);
      if (type === undefined) {
        type = roots.size === 0 ? kind.kind : `${kind.kind}.${version.name}`;
        roots.set(version.root.text, type);
        types[type] = write(version.root);
      }
      const since = versionsSince[version.name];
      versions[version.name] = {
        type,
        ...(since !== undefined && since !== options.oldest && { since }),
        ...(!version.served && { served: false }),
        ...(version.deprecated && { deprecated: true }),
      };
    }
    const since = firstSteps(paths);
    return { group: kind.group, kind: kind.kind, namespaced: kind.namespaced, versions, ...(Object.keys(since).length > 0 && { since }) };
  });
  return { kinds: written, types };
}

/** Paths in our form, without those whose parent came in the same release. */
function firstSteps(paths: Readonly<Record<string, string>>): Record<string, string> {
  const ours = new Map(Object.entries(paths).map(([path, release]) => [path.replaceAll('[]', '.*'), release]));
  return Object.fromEntries(
    [...ours].filter(([path, release]) => {
      const parent = path.includes('=') ? path.slice(0, path.indexOf('=')) : path.slice(0, Math.max(0, path.lastIndexOf('.')));
      for (let at = parent; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) if (ours.get(at) === release) return false;
      return true;
    }),
  );
}

function nameShapes(kinds: readonly KindDraft[], { shapes, onMissing }: CompactOptions): Map<string, string> {
  const names = new Map<string, string>();
  // Places that share a name may differ in what they ask for; each keeps its own facts, and all have the name's words.
  const taken = new Set<string>();
  const freeName = (name: string): string => {
    let free = name;
    for (let i = 2; taken.has(free); i++) free = `${name}${VARIANT}${i}`;
    taken.add(free);
    return free;
  };
  for (const shape of shapes) {
    const [kindName, path = ''] = shape.at.split(' ');
    const kind = kinds.find((it) => it.kind === kindName);
    if (kind === undefined) continue;
    let found: Draft | undefined = kind.versions[0]?.root;
    for (const step of path.split('.')) found = step === '*' ? found?.item : found?.fields?.get(step);
    if (found === undefined) onMissing?.(shape);
    else if (!names.has(found.text)) names.set(found.text, freeName(shape.name));
  }
  return names;
}

/** How often each shape would be written if every shape were written once. */
function countUses(kinds: readonly KindDraft[]): Map<string, number> {
  const uses = new Map<string, number>();
  const visit = (it: Draft): void => {
    const before = uses.get(it.text) ?? 0;
    uses.set(it.text, before + 1);
    if (before > 0) return;
    for (const field of it.fields?.values() ?? []) visit(field);
    if (it.item) visit(it.item);
  };
  for (const kind of kinds) {
    const roots = new Map(kind.versions.map((version) => [version.root.text, version.root]));
    for (const root of roots.values()) visit(root);
  }
  return uses;
}

function object(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
