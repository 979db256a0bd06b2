const compiled = new Map<string, RegExp | undefined>();

/**
 * Whether a pattern of a schema is found in text; undefined for one that JavaScript does not read as RE2 does, which is then not checked.
 */
export function searchPattern(pattern: string, text: string): boolean | undefined {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern)?.test(text);
}

function compile(pattern: string): RegExp | undefined {
  // What RE2 has and JavaScript lacks, or reads otherwise.
  if (/\\[pPzAQCa]|\(\?[^:]|\[\[:/.test(pattern)) return undefined;
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}
