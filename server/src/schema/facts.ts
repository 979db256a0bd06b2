import type { Json } from '../yaml/node.js';

/** One file of schemas/: the kinds of an API group (or of a few), with the shapes they share described once. */
export interface SchemaFile {
  readonly kinds: readonly KindFacts[];
  readonly types: Readonly<Record<string, TypeFacts>>;
}

/** Which file of schemas/ holds an API group; the core group is the empty text. */
export interface SchemaIndex {
  readonly groups: Readonly<Record<string, string>>;
  /** Files for a group in channels that a cluster has only where somebody asked for them, by channel and group. */
  readonly channels?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface KindFacts {
  readonly group: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly versions: Readonly<Record<string, VersionFacts>>;
  /** First release that has a path, or (as `path=VALUE`) a value of an enum; what the oldest known release has is left out. */
  readonly since?: Readonly<Record<string, string>>;
}

export interface VersionFacts {
  readonly type: TypeReference;
  readonly since?: string;
  readonly served?: false;
  readonly deprecated?: true;
}

/** A shape by its name in `types`, or written out. */
export type TypeReference = string | TypeFacts;

export type TypeName = 'object' | 'map' | 'list' | 'string' | 'integer' | 'number' | 'boolean' | 'int-or-string' | 'any';

/** What a schema states of a value. The words are those of JSON schema, but for what this interface explains. */
export interface TypeFacts {
  readonly type: TypeName;
  readonly fields?: Readonly<Record<string, TypeReference>>;
  /** Item of a list, value of a map. */
  readonly item?: TypeReference;
  readonly required?: readonly string[];
  readonly enum?: readonly (string | number | boolean)[];
  readonly default?: Json;
  readonly nullable?: true;
  /** Unknown fields are kept, not dropped. */
  readonly open?: true;
  readonly deprecated?: true;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: true;
  readonly exclusiveMaximum?: true;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  /** `set`, or the keys by which items of a list are told apart. */
  readonly unique?: 'set' | readonly string[];
  /** Groups of fields of which at most one may be set. */
  readonly oneOf?: readonly (readonly string[])[];
  /** Groups of fields of which exactly one is set. */
  readonly exactlyOne?: readonly (readonly string[])[];
  /** Any other combination of conditions, as the schema writes it but for its prose. */
  readonly logic?: Json;
  /** CEL expressions that hold for the value. */
  readonly rules?: readonly string[];
  /** What a CRD of the workspace says of the value, and for rules that fail; what ships with us has none. */
  readonly text?: string;
  readonly messages?: Readonly<Record<string, string>>;
  /** CEL expressions that make such a message, by rule. */
  readonly messageExpressions?: Readonly<Record<string, string>>;
}
