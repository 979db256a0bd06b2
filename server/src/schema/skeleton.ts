import { quoteIfNeeded } from '../yaml/edit.js';
import type { SchemaField } from './schemas.js';

/**
 * A value that a field could have, as YAML in block style from column 0: its default, the first of its choices, what it cannot do without;
 * and `<name>` where only its author knows.
 */
export function skeletonOf(field: SchemaField, depth = 0): string {
  if (field.default !== undefined) return scalar(field.default);
  const choice = field.enum?.find((it) => it !== '' && !UNSET.test(it));
  if (choice !== undefined) return field.type === 'string' ? quoteIfNeeded(choice) : choice;
  switch (field.type) {
    case 'object': {
      const fields = depth > MOST ? [] : neededIn(field);
      return fields.length === 0 ? '{}' : fields.map((it) => entryOf(it.name, skeletonOf(it, depth + 1), it)).join('\n');
    }
    case 'list':
      return depth > MOST || field.item === undefined ? '[]' : `- ${skeletonOf(field.item, depth + 1).replaceAll('\n', '\n  ')}`;
    case 'map':
      return '{}';
    case 'boolean':
      return 'true';
    case 'integer':
    case 'number':
      return /port$/i.test(field.name) ? '80' : String(field.facts.minimum ?? 1);
    default:
      return field.typeName === 'duration' || field.facts.format === 'duration' ? '10s' : `<${wordOf(field)}>`;
  }
}

/** An entry of a map with its value, indented below its key where it is no scalar. */
export function entryOf(key: string, value: string, { type }: SchemaField): string {
  const isBelow = (type === 'object' || type === 'map' || type === 'list') && value !== '{}' && value !== '[]';
  return isBelow ? `${key}:\n  ${value.replaceAll('\n', '\n  ')}` : `${key}: ${value}`;
}

const MOST = 8;

/** Values that stand for "not set": nobody means to write them. */
export const UNSET = /^(UNSET|INVALID|UNDEFINED|UNSPECIFIED.*)$/;

/** What an object cannot do without: its required fields, and one of each group of which it needs one. */
export function neededIn(field: SchemaField): readonly SchemaField[] {
  const required = field.fields.filter(
    (it) => it.required && it.facts.default === undefined && (field.parent !== undefined || it.name !== 'apiVersion'),
  );
  const groups = (field.facts.exactlyOne ?? []).filter((group) => !required.some((it) => group.includes(it.name)));
  return [...required, ...groups.flatMap((group) => field.child(group[0] ?? '') ?? [])];
}

function scalar(value: string | number | boolean): string {
  return typeof value === 'string' ? quoteIfNeeded(value) : String(value);
}

/** What a placeholder is called: the field, or what holds it. */
function wordOf(field: SchemaField): string {
  let it: SchemaField = field;
  while (it.name === '*' && it.parent !== undefined) it = it.parent;
  return it.name;
}
