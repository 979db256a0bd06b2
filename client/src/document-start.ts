/** Whether a text ends where a YAML document begins: in the first word of its first line that says something. */
export function beginsDocument(before: string): boolean {
  const lines = before.split(/\r?\n/);
  if (!/^[\w-]*$/.test(lines.pop()!)) return false;
  for (const line of lines.reverse()) {
    if (/^---(\s|$)/.test(line)) return /^---\s*(#.*)?$/.test(line);
    if (line.trim() !== '' && !line.startsWith('#')) return false;
  }
  return true;
}
