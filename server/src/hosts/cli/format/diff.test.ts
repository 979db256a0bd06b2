import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unifiedDiff } from './diff.js';

describe('a diff', () => {
  test('shows what changed with three lines around, in hunks', () => {
    const before = Array.from({ length: 20 }, (_, i) => `line ${i + 1}\n`).join('');
    const after = before.replace('line 2\n', 'second\n').replace('line 18\n', 'line 18\nline 18.5\n');
    expect(unifiedDiff('a.yaml', before, after)).toBe(`--- a/a.yaml
+++ b/a.yaml
@@ -1,5 +1,5 @@
 line 1
-line 2
+second
 line 3
 line 4
 line 5
@@ -16,5 +16,6 @@
 line 16
 line 17
 line 18
+line 18.5
 line 19
 line 20
`);
  });

  test('says where no line break ends the file, and nothing where nothing changed', () => {
    expect(unifiedDiff('a', 'x: 1', 'x: 2\n')).toBe('--- a/a\n+++ b/a\n@@ -1,1 +1,1 @@\n-x: 1\n\\ No newline at end of file\n+x: 2\n');
    expect(unifiedDiff('a', 'x', 'x')).toBe('');
  });

  test('holds both texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 }).map((it) => it.map((line) => `${line}\n`).join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const hunks = unifiedDiff('x', before, after)
          .split('\n')
          .slice(2)
          .filter((it) => it !== '' && !it.startsWith('@@'));
        const side = (sign: string): string[] => hunks.filter((it) => it[0] !== sign).map((it) => it.slice(1));
        const within = (lines: string[], whole: string): boolean => {
          let at = 0;
          const all = whole.split('\n');
          return lines.every((line) => (at = all.indexOf(line, at) + 1) > 0);
        };
        expect(within(side('+'), before) && within(side('-'), after)).toBe(true);
      }),
    );
  });
});
