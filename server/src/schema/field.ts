/**
 * A field of a kind as its schema states it, references resolved. Validation, hover and completion all walk these, so they cannot disagree.
 */
export interface Field {
  /** The key; `*` for an item of a list or a value of a free map; the kind's name for the root. */
  readonly name: string;
  /** `spec.http.*.timeout`: keys joined with dots, `*` for list items and free keys. Empty for the root. */
  readonly path: string;
  readonly type: 'object' | 'map' | 'list' | 'string' | 'integer' | 'number' | 'boolean' | 'int-or-string' | 'any';
  /** How people call the type: `duration`, `HTTPRetry`, `list of HTTPRoute`. */
  readonly typeName: string;
  readonly required: boolean;
  readonly enum: readonly string[] | undefined;
  readonly default: string | number | boolean | undefined;
  readonly deprecated: boolean;
  /** First version of the system that has it, where that is later than the oldest one we know. */
  readonly since: string | undefined;
  /** Our own words, Markdown; undefined where nobody has written them yet. */
  readonly docs: string | undefined;
  /** Example value, as YAML. */
  readonly example: string | undefined;
  /** Address of the official page. */
  readonly link: string | undefined;
  /** What one value of `enum` means. */
  readonly enumDocs: Readonly<Record<string, string>>;
  /** Names of sibling fields of which only one may be set, this one included; empty where there is no such group. */
  readonly oneOf: readonly string[];
  /** Fields of an `object`, in the schema's order; empty for other types. */
  readonly fields: readonly Field[];
  /** Item of a `list`, value of a `map`. */
  readonly item: Field | undefined;
}

/** All schemas at hand, loaded when first asked for. */
export interface Schemas {
  /** The root field of a kind; undefined for a kind or version without a schema. */
  root(apiVersion: string, kind: string): Field | undefined;
}
