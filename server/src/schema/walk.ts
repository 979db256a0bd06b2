import type { YamlMap } from '../yaml/node.js';
import { nodeAt, type PathStep } from '../yaml/path.js';
import type { Field, Schemas } from './field.js';

/** A place in a document and what its schema says there. */
export interface FieldPlace {
  /** From the root down to the node or key under the cursor. */
  readonly steps: readonly PathStep[];
  /** The field under the cursor, key or value; undefined for one that the schema does not have. */
  readonly field: Field | undefined;
  readonly onKey: boolean;
  /** The innermost map around the cursor, and the field it is the value of: where another key would go. */
  readonly map: YamlMap;
  readonly mapField: Field | undefined;
}

/** What the schema says at an offset; undefined where the kind has none. */
export function fieldAt(schemas: Schemas, root: YamlMap, apiVersion: string, kind: string, offset: number): FieldPlace | undefined {
  const rootField = schemas.root(apiVersion, kind);
  return rootField && placeIn(rootField, root, nodeAt(root, offset));
}

/** The same for a way through the tree that is known already. */
export function placeIn(rootField: Field, root: YamlMap, steps: readonly PathStep[]): FieldPlace {
  let field: Field | undefined = rootField;
  let map = root;
  let mapField: Field | undefined = rootField;
  let onKey = false;
  for (const step of steps.slice(1)) {
    field = step.entry === undefined ? itemOf(field) : field && fieldOfKey(field, step.entry.key);
    onKey = step.onKey;
    if (step.node.type === 'map' && !step.onKey) {
      map = step.node;
      mapField = field;
    }
  }
  return { steps, field, onKey, map, mapField };
}

/** The field that keys lead to from a root: numbers and `*` stand for items. For documents too broken to have a tree. */
export function fieldAtPath(rootField: Field, keys: readonly string[]): Field | undefined {
  let field: Field | undefined = rootField;
  for (const key of keys) {
    field = field.type === 'list' ? field.item : fieldOfKey(field, key);
    if (field === undefined) return undefined;
  }
  return field;
}

function fieldOfKey(field: Field, key: string): Field | undefined {
  if (field.type === 'map') return field.item;
  return field.type === 'object' ? field.fields.find((it) => it.name === key) : undefined;
}

function itemOf(field: Field | undefined): Field | undefined {
  return field?.type === 'list' ? field.item : undefined;
}
