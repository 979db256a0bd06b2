/** What is wrong with a regular expression of RE2, in words; undefined where nothing is, or where we cannot tell. */
export function complaintAboutRegex(pattern: string): string | undefined {
  if (pattern.length > 1024) return 'it is longer than 1024 characters';
  const plain = translated(pattern);
  const outside = plain.replaceAll(/\\\\/g, '').replaceAll(/\[\^?\]?(?:[^\]\\]|\\.)*\]/g, 'a');
  if (/\(\?<?[=!]/.test(outside)) return 'RE2 has no lookaround';
  if (/\\[1-9]|\\k</.test(outside)) return 'RE2 has no backreferences';
  const escape = /\\[ceghijklmoquyGHIJKLMNORTUVXYZ]/.exec(outside)?.[0];
  if (escape !== undefined) return `RE2 has no ${escape}`;
  try {
    new RegExp(plain);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? (/: ([^:]+)$/.exec(error.message)?.[1] ?? '') : '';
    return reason === '' ? 'it cannot be read' : reason.charAt(0).toLowerCase() + reason.slice(1);
  }
}

/** The pattern with what only RE2 has in place of something that JavaScript reads alike. */
function translated(pattern: string): string {
  return pattern
    .replaceAll(/\\Q[^]*?(?:\\E|$)/g, 'a')
    .replaceAll(/\[:\^?[a-z]+:\]/g, 'a')
    .replaceAll('(?P<', '(?<')
    .replaceAll(/\(\?[imsU]*-?[imsU]+\)/g, '')
    .replaceAll(/\(\?[imsU]*-?[imsU]+:/g, '(?:')
    .replaceAll(/\\[pP](?:\{\^?\w+\}|[A-Z])/g, 'a')
    .replaceAll(/\\x\{[0-9A-Fa-f]+\}/g, 'a')
    .replaceAll(/\\[AzCaE]/g, '');
}
