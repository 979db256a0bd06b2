import { meshes } from '../../server/src/meshes/index.js';
import type { Severity } from '../../server/src/rules/rule.js';
import { LineIndex } from '../../server/src/text/line-index.js';
import type { Range } from '../../server/src/text/range.js';
import { splitDocuments } from '../../server/src/yaml/split.js';

/** YAML with marks, as tests write it, taken apart. */
export interface Fixture {
  readonly files: readonly FixtureFile[];
  readonly cursor: Cursor | undefined;
}

export interface FixtureFile {
  readonly path: string;
  readonly uri: string;
  /** What the engine is given: no marks, no `$0`, an `apiVersion` in each document that left it out. */
  readonly text: string;
  /** The fixture's own lines, without marks and `$0`. */
  readonly lines: readonly string[];
  readonly marks: readonly Mark[];
  /** Line of `lines` that a line of `text` was; a filled-in `apiVersion` counts as the `kind` above it. */
  readonly lineOf: (textLine: number) => number;
}

/** What a fixture says is reported at a place. Columns are undefined for `#<`, which takes the whole line. */
export interface Mark {
  readonly line: number;
  readonly columns: Range | undefined;
  readonly severity: Severity;
  readonly rule: string;
  /** True where the mark says that a fix is offered; nothing is said where it is false. */
  readonly fix: boolean;
  /** How the message begins, where the mark quotes it. */
  readonly message: string | undefined;
}

export interface Cursor {
  readonly uri: string;
  readonly offset: number;
}

/** Every file of a fixture without `# file:` is this one. */
export const MAIN_FILE = 'main.yaml';

const FILLED_IN = ' # filled in by the fixture';

export function fixtureUri(path: string): string {
  return `file:///workspace/${path}`;
}

export function parseFixture(yaml: string): Fixture {
  let cursor: Cursor | undefined;
  const files = filesOf(unindent(yaml)).map(({ path, lines: written }) => {
    const { lines, marks, cursorAt } = withoutMarks(written);
    const { textLines, lineOf } = withApiVersions(lines);
    const text = textLines.join('\n');
    if (cursorAt) {
      if (cursor) throw new Error('a fixture has one $0');
      const line = textLines.findIndex((_, i) => lineOf(i) === cursorAt.line);
      cursor = { uri: fixtureUri(path), offset: new LineIndex(text).offsetAt({ line, character: cursorAt.character }) };
    }
    return { path, uri: fixtureUri(path), text, lines, marks, lineOf };
  });
  return { files, cursor };
}

/** Files and cursor of a fixture that must have a `$0`; for tests of what happens at a place. */
export function cursor(yaml: string): { readonly files: readonly FixtureFile[]; readonly uri: string; readonly offset: number } {
  const { files, cursor: at } = parseFixture(yaml);
  if (!at) throw new Error('this fixture needs a $0, the cursor');
  return { files, ...at };
}

/** Takes out again what `parseFixture` filled in. */
export function withoutFilledIn(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.endsWith(FILLED_IN))
    .join('\n');
}

/** Lines without the indentation of the first one that is not blank. */
export function unindent(yaml: string): readonly string[] {
  const lines = yaml.split('\n');
  while (lines.length > 0 && lines[0]!.trim() === '') lines.shift();
  while (lines.length > 0 && lines.at(-1)!.trim() === '') lines.pop();
  const indent = /^ */.exec(lines[0] ?? '')![0];
  return lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()));
}

function filesOf(lines: readonly string[]): readonly { path: string; lines: string[] }[] {
  const files: { path: string; lines: string[] }[] = [];
  for (const line of lines) {
    const path = /^# file: (\S+)$/.exec(line)?.[1];
    if (path !== undefined) files.push({ path, lines: [] });
    else {
      if (files.length === 0) files.push({ path: MAIN_FILE, lines: [] });
      files.at(-1)!.lines.push(line);
    }
  }
  for (const file of files) file.lines.push('');
  return files;
}

const MARK =
  /^\s*#(?:<|\s*(?<carets>\^+))\s+(?<severity>error|warning|info|hint)\s+(?<rule>[\w-]+\/[\w-]+)(?<fix>\s+💡)?(?:\s+"(?<message>.*)")?\s*$/u;
const LOOKS_LIKE_MARK = /^\s*#(<|\s*\^)/;

function withoutMarks(written: readonly string[]): {
  lines: string[];
  marks: Mark[];
  cursorAt: { line: number; character: number } | undefined;
} {
  const lines: string[] = [];
  const marks: Mark[] = [];
  let cursorAt: { line: number; character: number } | undefined;
  for (const line of written) {
    if (LOOKS_LIKE_MARK.test(line)) {
      const mark = MARK.exec(line)?.groups;
      if (!mark) throw new Error(`this mark is not "# ^^^ severity rule-id 💡 "message"": ${line}`);
      if (lines.length === 0) throw new Error(`this mark has no line above it: ${line}`);
      const start = line.indexOf('^');
      marks.push({
        line: lines.length - 1,
        columns: mark['carets'] === undefined ? undefined : { start, end: start + mark['carets'].length },
        severity: mark['severity'] as Severity,
        rule: mark['rule']!,
        fix: mark['fix'] !== undefined,
        message: mark['message'],
      });
      continue;
    }
    const character = line.indexOf('$0');
    if (character >= 0) cursorAt = { line: lines.length, character };
    lines.push(line.replace('$0', ''));
  }
  return { lines, marks, cursorAt };
}

/** Adds `apiVersion` below `kind` where a document has none, so that no column and no line above it moves. */
function withApiVersions(lines: readonly string[]): { textLines: string[]; lineOf: (textLine: number) => number } {
  const textLines: string[] = [];
  const origins: number[] = [];
  let line = 0;
  for (const { text } of splitDocuments(lines.join('\n'))) {
    const own = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n');
    const kindAt = /^apiVersion *:/m.test(text) ? -1 : own.findIndex((it) => /^kind: *\w+ *$/.test(it));
    for (const [i, it] of own.entries()) {
      textLines.push(it);
      origins.push(line);
      if (i === kindAt) {
        textLines.push(`apiVersion: ${apiVersionOf(it.slice('kind:'.length).trim())}${FILLED_IN}`);
        origins.push(line);
      }
      line++;
    }
    if (text.endsWith('\n') && line === lines.length - 1) {
      textLines.push('');
      origins.push(line++);
    }
  }
  return { textLines, lineOf: (textLine) => origins[textLine] ?? line };
}

/** Of a kind that several systems have, such as HTTPRoute, the first one's. */
function apiVersionOf(kind: string): string {
  if (kind === 'List') return 'v1';
  const known = meshes.flatMap((module) => module.kinds).find((it) => it.kind === kind);
  if (!known) throw new Error(`write the apiVersion of kind ${kind}: no module has that kind`);
  const version = known.versions[0]!;
  return known.group === '' ? version : `${known.group}/${version}`;
}
