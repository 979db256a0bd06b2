const compiled = new Map<string, RegExp | undefined>();

/**
 * Whether a pattern of a schema is found in text; undefined for one that JavaScript does not read as RE2 does, which is then not checked.
 */
export function searchPattern(pattern: string, text: string): boolean | undefined {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern)?.test(text);
}

function compile(pattern: string): RegExp | undefined {
  // Upper and lower case alike, from the beginning on; and classes of one letter, as RE2 writes them.
  const ignoresCase = /^\^?\(\?i\)/.test(pattern);
  const hasClass = /\\[pP][A-Z]/.test(pattern);
  const source = pattern.replace(/^(\^?)\(\?i\)/, '$1').replaceAll(/\\([pP])([A-Z])/g, '\\$1{$2}');
  // What RE2 has and JavaScript lacks, or reads otherwise.
  if (/\\[zAQCa]|\\[pP](?!\{[A-Z]\})|\(\?[^:]|\[\[:/.test(source)) return undefined;
  try {
    return new RegExp(source, `${ignoresCase ? 'i' : ''}${hasClass ? 'u' : ''}`);
  } catch {
    return undefined;
  }
}
