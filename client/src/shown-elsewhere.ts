/** `on`: syntax and schema are ours to report. `off`: never. `auto`: unless the YAML extension does. */
export type SchemaValidation = 'on' | 'off' | 'auto';

/** What the YAML extension shows in a file. */
export interface Beside {
  readonly mode: SchemaValidation;
  /** It reports the syntax of this file. */
  readonly isSyntaxChecked: boolean;
  /** Lines on which its findings against a schema start. */
  readonly schemaLines: ReadonlySet<number>;
}

/** Whether our diagnostic of this rule, starting on this line, would be said a second time. */
export function isShownElsewhere(rule: string, line: number, { mode, isSyntaxChecked, schemaLines }: Beside): boolean {
  const isSyntax = rule.startsWith('yaml/');
  const isSchema = rule.startsWith('schema/');
  if (mode === 'on' || (!isSyntax && !isSchema)) return false;
  if (mode === 'off') return true;
  return isSyntax ? isSyntaxChecked : schemaLines.has(line);
}
