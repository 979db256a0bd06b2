/** Lines around a change that a unified diff shows. */
const CONTEXT = 3;

type Line = readonly [sign: ' ' | '-' | '+', text: string];

/** A unified diff of two texts of one file, as `git apply` and `patch -p1` take it; empty for equal texts. */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return '';
  const lines = diffLines(linesOf(before), linesOf(after));
  const output = [`--- a/${name}`, `+++ b/${name}`];
  let oldLine = 1;
  let newLine = 1;
  for (let i = 0; i < lines.length;) {
    const next = lines.findIndex((it, k) => k >= i && it[0] !== ' ');
    if (next < 0) break;
    const start = Math.max(i, next - CONTEXT);
    oldLine += start - i;
    newLine += start - i;
    let end = next;
    for (let k = next; k < lines.length && k <= end + 2 * CONTEXT; k++) if (lines[k]![0] !== ' ') end = k;
    end = Math.min(lines.length, end + 1 + CONTEXT);
    const hunk = lines.slice(start, end);
    const oldCount = hunk.filter((it) => it[0] !== '+').length;
    const newCount = hunk.filter((it) => it[0] !== '-').length;
    output.push(`@@ -${oldLine},${oldCount} +${newLine},${newCount} @@`);
    for (const [sign, text] of hunk) {
      output.push(sign + text.replace(/\n$/, ''));
      if (!text.endsWith('\n')) output.push('\\ No newline at end of file');
    }
    oldLine += oldCount;
    newLine += newCount;
    i = end;
  }
  return `${output.join('\n')}\n`;
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Lines kept, removed and added; what fixes change is small, so the middle that differs is, too. */
function diffLines(before: readonly string[], after: readonly string[]): readonly Line[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const kept = (lines: readonly string[]): Line[] => lines.map((it) => [' ', it]);
  return [
    ...kept(before.slice(0, head)),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...kept(before.slice(before.length - tail)),
  ];
}

/** More than this many pairs of lines are replaced as a whole. */
const MOST_PAIRS = 4_000_000;

/** By the longest common subsequence. */
function middle(before: readonly string[], after: readonly string[]): Line[] {
  const removed = before.map((it): Line => ['-', it]);
  const added = after.map((it): Line => ['+', it]);
  if (before.length * after.length > MOST_PAIRS) return [...removed, ...added];
  const width = after.length + 1;
  const longest = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let k = after.length - 1; k >= 0; k--) {
      longest[i * width + k] =
        before[i] === after[k]
          ? longest[(i + 1) * width + k + 1]! + 1
          : Math.max(longest[(i + 1) * width + k]!, longest[i * width + k + 1]!);
    }
  }
  const lines: Line[] = [];
  let i = 0;
  let k = 0;
  while (i < before.length || k < after.length) {
    if (i < before.length && k < after.length && before[i] === after[k]) {
      lines.push([' ', before[i]!]);
      i++;
      k++;
    } else if (i < before.length && (k === after.length || longest[(i + 1) * width + k]! >= longest[i * width + k + 1]!)) {
      lines.push(removed[i++]!);
    } else lines.push(added[k++]!);
  }
  return lines;
}
