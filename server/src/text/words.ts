/** Names as messages list them: `"a"`, `"a" and "b"`, `"a", "b" and "c"`, above three `"a", "b", "c" and 4 more`. */
export function quotedList(names: readonly string[], conjunction = 'and'): string {
  const quoted = names.map((name) => `"${name}"`);
  if (quoted.length > 3) return `${quoted.slice(0, 3).join(', ')} ${conjunction} ${quoted.length - 3} more`;
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${conjunction} ${quoted.at(-1)}`;
}

/** `1 workload`, `3 workloads`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
