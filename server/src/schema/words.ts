import type { SchemaField } from './schemas.js';

/** `an HTTP route`, `the spec of a Gateway`, `"port"`, `an item of "servers"`: how messages name the object that a field holds. */
export function nounOf(field: SchemaField): string {
  if (field.parent === undefined) return withArticle(field.name);
  if (field.path === 'metadata') return 'metadata';
  if (field.shape !== undefined) return withArticle(humanized(field.shape));
  if (field.name === '*') return `an item of "${field.parent.name}"`;
  if (field.path === 'spec') return `the spec of ${withArticle(field.parent.name)}`;
  return `"${field.name}"`;
}

/** The same at the beginning of a sentence. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `"a", "b" and "c"`. */
export function quotedList(names: readonly string[], last: 'and' | 'or' = 'and'): string {
  return plainList(
    names.map((name) => `"${name}"`),
    last,
  );
}

/** `A, B or C`; of more than five the first three, and how many more. */
export function choices(values: readonly string[]): string {
  const shown = values.map((value) => (value === '' ? '""' : value));
  return shown.length > 5 ? `${shown.slice(0, 3).join(', ')} and ${shown.length - 3} more` : plainList(shown, 'or');
}

function plainList(names: readonly string[], last: string): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`;
}

/** A value as messages show it: long ones are cut. */
export function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function withArticle(noun: string): string {
  if (/[^s]s$/.test(noun) && !/^[A-Z][a-z]/.test(noun)) return noun; // "load balancer settings"
  // Spelled out, H, L, M, S and X begin with a vowel: an HTTP route.
  const spelled = /^[A-Z]{2,}\b/.test(noun);
  return `${(spelled ? /^[AEFHILMNORSX]/ : /^[AEIOaeio]/).test(noun) ? 'an' : 'a'} ${noun}`;
}

/** `HTTPRouteDestination` is `HTTP route destination`. */
function humanized(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .map((word) => (/^[A-Z][a-z]/.test(word) ? word.toLowerCase() : word))
    .join(' ');
}
