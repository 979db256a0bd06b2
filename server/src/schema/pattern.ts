import { findsWithRe2 } from './re2.js';

const compiled = new Map<string, ((text: string) => boolean) | undefined>();

/** Whether a pattern of a schema is found in text; undefined for one that is no regular expression of RE2, which nothing is held against. */
export function searchPattern(pattern: string, text: string): boolean | undefined {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern)?.(text);
}

/** JavaScript's own is many times as fast, and says the same of all but a few. */
function compile(pattern: string): ((text: string) => boolean) | undefined {
  // Upper and lower case alike, from the beginning on; and classes of one letter, as RE2 writes them.
  const ignoresCase = /^\^?\(\?i\)/.test(pattern);
  const hasClass = /\\[pP][A-Z]/.test(pattern);
  const source = pattern.replace(/^(\^?)\(\?i\)/, '$1').replaceAll(/\\([pP])([A-Z])/g, '\\$1{$2}');
  // What JavaScript lacks, or reads otherwise.
  if (/\\[zAQCa1-9ckuZ]|\\[pP](?!\{[A-Z]\})|\(\?[^:]|\[\[:|[*+?}][+*]/.test(source)) return findsWithRe2(pattern);
  try {
    const expression = new RegExp(source, `${ignoresCase ? 'i' : ''}${hasClass ? 'u' : ''}`);
    return (text) => expression.test(text);
  } catch {
    return findsWithRe2(pattern);
  }
}
