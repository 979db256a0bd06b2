import type { Json } from '../yaml/node.js';

/** Our words for one field, kind or shape; every part may be absent. */
export interface DocsEntry {
  /** Markdown. */
  readonly docs?: string;
  readonly example?: string;
  readonly link?: string;
  /** What happens where the field is not set, where the schema does not say. */
  readonly default?: string | number | boolean;
  readonly deprecated?: boolean;
  /** How people call the type. */
  readonly type?: string;
  /** What the values of an enum mean. */
  readonly values?: Readonly<Record<string, string>>;
}

/** A kind or a shape with its fields, by path from there. */
export interface DocsSection extends DocsEntry {
  readonly fields: ReadonlyMap<string, DocsEntry>;
}

/** What schemas/<system>/docs.yaml says. */
export interface SystemDocs {
  readonly kinds: ReadonlyMap<string, DocsSection>;
  readonly shapes: ReadonlyMap<string, DocsSection>;
  /** Messages for CEL expressions. */
  readonly rules: ReadonlyMap<string, string>;
}

export function readDocs(tree: Json | undefined): SystemDocs {
  const root = object(tree);
  return {
    kinds: sections(root['kinds']),
    shapes: sections(root['shapes']),
    rules: new Map(
      Object.entries(object(root['rules'])).flatMap(([rule, message]) => (typeof message === 'string' ? [[rule, message.trim()]] : [])),
    ),
  };
}

function sections(tree: Json | undefined): Map<string, DocsSection> {
  return new Map(
    Object.entries(object(tree)).map(([name, section]) => [name, { ...entry(section), fields: fieldsOf(object(section)['fields']) }]),
  );
}

function fieldsOf(tree: Json | undefined): Map<string, DocsEntry> {
  return new Map(Object.entries(object(tree)).map(([path, value]) => [path, entry(value)]));
}

/** Text alone is the `docs`. */
function entry(value: Json): DocsEntry {
  if (typeof value === 'string') return { docs: value.trim() };
  const { docs, example, link, default: fallback, deprecated, type, values } = object(value);
  return {
    ...(typeof docs === 'string' && { docs: docs.trim() }),
    ...(example !== undefined && { example: String(example) }),
    ...(typeof link === 'string' && { link }),
    ...((typeof fallback === 'string' || typeof fallback === 'number' || typeof fallback === 'boolean') && { default: fallback }),
    ...(deprecated === true && { deprecated }),
    ...(typeof type === 'string' && { type }),
    ...(values !== undefined && {
      values: Object.fromEntries(Object.entries(object(values)).map(([name, text]) => [name, String(text).trim()])),
    }),
  };
}

function object(value: Json | undefined): Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : {};
}
