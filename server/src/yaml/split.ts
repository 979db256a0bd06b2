/** A piece of a file that holds one YAML document, and where it begins in the file. */
export interface DocumentSlice {
  readonly start: number;
  readonly text: string;
}

/**
 * Cuts a file into its documents. Joined, the texts give the file back; there is always at least one.
 * A document owns its `---` line, its closing `...` line, and the blanks, comments and directives above its `---`.
 */
export function splitDocuments(text: string): readonly DocumentSlice[] {
  const cuts = [0];
  // Whether anything but blanks, comments and directives, or a `---`, was seen since the last cut.
  let begun = false;
  let closed = false;
  const markers = new Markers(text);
  let line = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (line < text.length) {
    let next = text.indexOf('\n', line) + 1;
    if (next === 0) next = text.length;
    const mark = markerAt(text, line);
    if (mark === '---') {
      if (begun) cuts.push(line);
      begun = true;
      closed = false;
    } else if (mark === '...') {
      closed = begun;
    } else if (closed) {
      // What follows `...` opens the next document, blanks and comments included, if there is a next one at all.
      cuts.push(line);
      closed = false;
      begun = !isPrelude(text, line, next);
    } else if (!begun) {
      begun = !isPrelude(text, line, next);
    }
    if (begun && !closed) {
      next = markers.next(next);
    }
    line = next;
  }
  // Blanks and comments behind a final `...` start no document of their own.
  const last = cuts[cuts.length - 1]!;
  if (!begun && last > 0) cuts.pop();
  return documentsAt(text, cuts);
}

/** The documents of a file that are known to begin at some offsets. */
export function documentsAt(text: string, starts: readonly number[]): readonly DocumentSlice[] {
  return starts.map((start, i) => ({ start, text: text.slice(start, starts[i + 1] ?? text.length) }));
}

/** `---` or `...` where a line consists of it, or goes on after a blank; undefined elsewhere. */
export function markerAt(text: string, line: number): '---' | '...' | undefined {
  const code = text.charCodeAt(line);
  if (code !== 45 && code !== 46) return undefined;
  if (text.charCodeAt(line + 1) !== code || text.charCodeAt(line + 2) !== code) return undefined;
  const after = text.charCodeAt(line + 3);
  if (after === after && after !== 10 && after !== 13 && after !== 32 && after !== 9) return undefined;
  return code === 45 ? '---' : '...';
}

/** Finds markers from one line to the next. Where a text has no `...`, that is found out once, and not for each of its documents. */
class Markers {
  readonly #text: string;
  #dashes = -1;
  #dots = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** Start of the next line that is a marker, or the text's end. `from` is the start of a line. */
  next(from: number): number {
    const text = this.#text;
    if (markerAt(text, from)) return from;
    for (let line = from; ;) {
      if (this.#dashes < line) this.#dashes = indexOrEnd(text, '\n---', line);
      if (this.#dots < line) this.#dots = indexOrEnd(text, '\n...', line);
      const at = Math.min(this.#dashes, this.#dots) + 1;
      if (at > text.length) return text.length;
      if (markerAt(text, at)) return at;
      line = at;
    }
  }
}

function indexOrEnd(text: string, needle: string, from: number): number {
  const found = text.indexOf(needle, from);
  return found < 0 ? text.length : found;
}

function isPrelude(text: string, line: number, end: number): boolean {
  if (text.charCodeAt(line) === 37) return true;
  for (let i = line; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 35) return true;
    if (code !== 32 && code !== 9 && code !== 10 && code !== 13) return false;
  }
  return true;
}
