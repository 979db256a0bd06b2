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

/** What decides whether the YAML extension has a schema of its own for a file. */
export interface SchemasElsewhere {
  readonly text: string;
  /** Path of the file, with `/`. */
  readonly path: string;
  /** Its setting `yaml.schemas`: globs of files by schema. */
  readonly schemas: Readonly<Record<string, string | readonly string[]>>;
  /** Its setting `yaml.disableSchemaDetection`: globs of files without a schema. */
  readonly disabled: string | readonly string[];
}

/** Whether the YAML extension explains and completes a file by a schema that somebody gave it; by itself it has none for our kinds. */
export function hasSchemaElsewhere({ text, path, schemas, disabled }: SchemasElsewhere): boolean {
  if (/^#\s*yaml-language-server\s*:\s*\$schema\s*=\s*\S/m.test(text)) return true;
  if (matches(disabled, path)) return false;
  return Object.values(schemas).some((globs) => matches(globs, path));
}

/** As that extension reads globs: a star stands for anything, folders included, and the end of the path has to fit. */
function matches(globs: string | readonly string[], path: string): boolean {
  const all = typeof globs === 'string' ? [globs] : globs;
  const fits = (glob: string): boolean => {
    const pattern = glob
      .replace(/^\//, '')
      .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll(/\*+\/?/g, '.*');
    return new RegExp(`(^|/)${pattern}$`).test(path);
  };
  return all.some((glob) => !glob.startsWith('!') && fits(glob)) && !all.some((glob) => glob.startsWith('!') && fits(glob.slice(1)));
}

/** Of what completion offers, what a schema alone knows; `data` is what our server looks documentation up by. */
export function isOfSchema(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  const { path, text } = data as { readonly path?: unknown; readonly text?: unknown };
  return Array.isArray(path) && path.length > 0 && text === undefined;
}
