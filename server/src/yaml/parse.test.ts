import { describe, expect, test } from 'vitest';
import type { YamlDocument } from './document.js';
import type { YamlNode } from './node.js';
import { parseDocument } from './parse.js';

/** A tree in one line: `!` marks what is opaque, `+` maps and lists to which a template may add. */
function shape(node: YamlNode | undefined): string {
  if (node === undefined) return 'nothing';
  const mark = node.type === 'scalar' ? (node.opaque ? '!' : '') : node.partial ? '+' : '';
  switch (node.type) {
    case 'map':
      return `${mark}{${node.entries.map((it) => `${it.keyOpaque ? '!' : ''}${it.key}: ${shape(it.value)}`).join(', ')}}`;
    case 'list':
      return `${mark}[${node.items.map(shape).join(', ')}]`;
    case 'scalar':
      return `${mark}${JSON.stringify(node.value)}`;
  }
}

/** Problems as `code @text@ message`. */
function told(document: YamlDocument): readonly string[] {
  return document.problems.map((it) => `${it.code} @${document.text.slice(it.range.start, it.range.end)}@ ${it.message}`);
}

function slice(text: string, path: string): string {
  const node = parseDocument(text).root?.get(path);
  return node === undefined ? 'nothing' : text.slice(node.start, node.end);
}

describe('what is read', () => {
  test.each([
    ['', 'nothing'],
    ['# only a comment\n', 'nothing'],
    ['---\n# only a comment\n...\n', 'nothing'],
    ['a: 1\nb: yes\nc: 0777\nd: ~\ne:\n8080: x\n', '{a: 1, b: true, c: 511, d: null, e: null, 8080: "x"}'],
    ['a: "1"\nb: \'x\'\'y\'\nc: "\\u00e9\\n"\n', '{a: "1", b: "x\'y", c: "é\\n"}'],
    ['a:\n- x\n- w: 1\n  z: 2\n- - 1\n  - 2\n-\n', '{a: ["x", {w: 1, z: 2}, [1, 2], null]}'],
    ['a: one\n  two\n\n  three\nb: "one\n  two"\n', '{a: "one two\\nthree", b: "one two"}'],
    ['a: |\n  one\n   two\nb: >-\n  one\n  two\nc: |+\n  x\n\n', '{a: "one\\n two\\n", b: "one two", c: "x\\n\\n"}'],
    ['{\n  "a": 1,\n  "b": [1, {"c": null}]\n}\n', '{a: 1, b: [1, {c: null}]}'],
    ['\ufeffa: 1\nb:\n  c: 2\n', '{a: 1, b: {c: 2}}'],
    ['x: a\r\nz:\r\n  - "a\r\n    b"\r\n  - |\r\n    l\r\n    m\r\n', '{x: "a", z: ["a b", "l\\nm\\n"]}'],
    ['%YAML 1.1\n---\na: yes\n', '{a: true}'],
    ['a: !custom [1]\nb: !!str 1\nc: ! 1\nd: !x yes\n', '{a: [1], b: "1", c: "1", d: "yes"}'],
    ['? a\n: b\n', '{a: "b"}'],
    ['a: ::1\n:b:\n- :8080\n- ?x\n', '{a: "::1", :b: [":8080", "?x"]}'],
    ['a: [\n  b: 1,\n  c\n]\n', '{a: [{b: 1}, "c"]}'],
    ['a: ${X}\nb: "$(HOST):80"\n${X}: c\n', '{a: !"${X}", b: !"$(HOST):80", !${X}: "c"}'],
  ])('%j', (text, expected) => {
    const document = parseDocument(text);
    expect(shape(document.root)).toBe(expected);
    expect(told(document)).toEqual([]);
  });

  test.each([
    ["x:\n  a: 'one\n  and two: three\n\n  it''s'\n  c: 1\n", '{x: {a: "one and two: three\\nit\'s", c: 1}}'],
    ['x:\n  - "one\n  two"\n  - "z"\n', '{x: ["one two", "z"]}'],
    ['a: {\n\t"b": 1\n}\nc: 1\n', '{a: {b: 1}, c: 1}'],
    ['a: [ # c\nb, "d # e", # f\n]\nd: 1\n', '{a: ["b", "d # e"], d: 1}'],
    ['a: [\nb, c\n]\nd: 1\n', '{a: ["b", "c"], d: 1}'],
    ['a: "x"#c\nb: [1]#d\n', '{a: "x", b: [1]}'],
  ])('what Kubernetes reads though YAML 1.2 does not: %j', (text, expected) => {
    const document = parseDocument(text);
    expect(shape(document.root)).toBe(expected);
    expect(told(document)).toEqual([]);
  });

  test('ranges are those of what is written, without what stands around it', () => {
    const text = 'a:\n  - b: "x"  # comment\n    c: |\n      t\n\n  - {d: e}\n\nf: one\n  two\n';
    expect(slice(text, 'a')).toBe('- b: "x"  # comment\n    c: |\n      t\n\n  - {d: e}');
    expect(slice(text, 'a.0')).toBe('b: "x"  # comment\n    c: |\n      t');
    expect(slice(text, 'a.0.b')).toBe('"x"');
    expect(slice(text, 'a.0.c')).toBe('|\n      t');
    expect(slice(text, 'a.1')).toBe('{d: e}');
    expect(slice(text, 'f')).toBe('one\n  two');
  });

  test.each([
    ['a:', 2],
    ['a: ', 3],
    ['a:   # comment\n', 3],
    ['a:\nb: 1\n', 2],
    ['- ', 2],
  ])('an empty value stands behind its colon or dash and one space: %j', (text, at) => {
    const root = parseDocument(text).root;
    expect(root?.list('*')[0]).toMatchObject({ start: at, end: at, value: null, style: 'empty' });
  });
});

describe('anchors', () => {
  test('an alias is the content of its anchor, at the place of the alias', () => {
    const text = 'a: &x {p: 1}\nb: *x\n';
    expect(shape(parseDocument(text).root)).toBe('{a: {p: 1}, b: {p: 1}}');
    expect(slice(text, 'b')).toBe('*x');
    expect(slice(text, 'b.p')).toBe('1');
  });

  test('merge keys give way to the keys beside them, and the first of several sources wins', () => {
    const text = 'a: &x {p: 1, q: 1}\nb: {<<: *x, q: 2}\nc:\n  p: 3\n  <<: [*x, {q: 5, z: 1}]\n"<<": t\n';
    expect(shape(parseDocument(text).root)).toBe('{a: {p: 1, q: 1}, b: {p: 1, q: 2}, c: {p: 3, q: 1, z: 1}, <<: "t"}');
  });

  test('an alias without anchor is told, and so is text that starts with an asterisk', () => {
    const document = parseDocument('a: *x\nhosts:\n- *.example.com\n');
    expect(shape(document.root)).toBe('{a: !"*x", hosts: [!"*.example.com"]}');
    expect(told(document)).toEqual([
      'unknown-alias @*x@ No anchor of this name stands above this alias.',
      'unknown-alias @*.example.com@ A value that starts with "*" needs quotes.',
    ]);
  });

  test('an alias within its own anchor is unknown', () => {
    expect(shape(parseDocument('a: &x [*x]\n').root)).toBe('{a: [!"*x"]}');
  });

  test('aliases that multiply stop at a budget', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 30; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    const document = parseDocument(lines.join('\n'));
    expect(document.problems.map((it) => it.code)).toEqual(['too-many-aliases']);
    expect(document.root?.get('a2.9.9.9')?.text()).toBe('x');
    expect(document.root?.list('a29.*')).toHaveLength(10);
  });
});

describe('what is broken is told at the smallest place, and the rest is read', () => {
  test.each<[string, string, string[]]>([
    ['a: 1\nb: 2\na: 3\n', '{a: 1, b: 2, a: 3}', ['duplicate-key @a@ "a" is set twice in this map; only the last one counts.']],
    ['a: "foo\nb: 1\n', '{a: !"\\"foo", b: 1}', ['unclosed-quote @"@ This quote is never closed.']],
    ['x:\n  a: "foo\n  b: "bar"\nc: 1\n', '{x: {a: !"\\"foo", b: "bar"}, c: 1}', ['unclosed-quote @"@ This quote is never closed.']],
    ["a: 'x: z\nb:\n  - 1\nkind: Z\n", `{a: !"'x: z", b: [1], kind: "Z"}`, ["unclosed-quote @'@ This quote is never closed."]],
    ['a: [1,2\nb: 3\n', '{a: [1, 2], b: 3}', ['syntax @[@ This "[" is never closed.']],
    ['{a: 1, b: 2\n', '{a: 1, b: 2}', ['syntax @{@ This "{" is never closed.']],
    ['a: ]\nb: 1\n', '{a: !"]", b: 1}', ['syntax @]@ No "[" stands before this "]".']],
    ['{\n  "a": 1\n  "b": 2\n}\n', '{a: 1, b: 2}', ['syntax @1@ A comma is missing behind this.']],
    ['a: [1,,2]\n', '{a: [1, 2]}', ['syntax @,@ Nothing stands before this comma.']],
    [
      'spec:\n  a: 1\n    b: 2\n  c: 3',
      '{spec: +{a: 1, c: 3}}',
      ['syntax @b@ This line is indented deeper than the key above, which already has a value.'],
    ],
    ['spec:\n    a: 1\n  b: 2\nc: 3', '{spec: {a: 1}, b: 2, c: 3}', ['syntax @b@ This line is indented unlike the keys beside it.']],
    ['x:\n  b: 1\n  - a\nc: 1\n', '{x: +{b: 1}, c: 1}', ['syntax @-@ A list item stands where a key belongs.']],
    ['a: b: c\nd: 1\n', '{a: !"b: c", d: 1}', ['syntax @b@ A value that holds a colon and a space needs quotes.']],
    ['a: - b\nd: 1\n', '{a: !"- b", d: 1}', ['syntax @-@ A list starts on a line of its own, below its key.']],
    ["a: 'it's'\nb: 1\n", `{a: !"'it's'", b: 1}`, ["syntax @s'@ Text follows the closing quote."]],
    [
      'a: @x\nb: `x\n',
      '{a: "@x", b: "`x"}',
      ['syntax @@@ A value that starts with "@" needs quotes.', 'syntax @`@ A value that starts with "`" needs quotes.'],
    ],
    ['x:\n\tb: 1\n\tc: 1\nd: 2\n', '{x: {b: 1, c: 1}, d: 2}', ['tab-indent @\t@ A tab indents this line; YAML takes spaces only.']],
    ['a: |\n\tx\n', '{a: "x\\n"}', ['tab-indent @\t@ A tab indents this line; YAML takes spaces only.']],
    ['a: |foo\n  x\nb: 1\n', '{a: "x\\n", b: 1}', ['syntax @f@ Nothing can follow "|" or ">" on its line.']],
    ['a: "\\d"\n', '{a: "\\\\d"}', ['syntax @\\@ This is no escape sequence; within double quotes a backslash is written twice.']],
    ['a: b\0c\n', 'nothing', ['syntax @\0@ The control character U+0000 stands here; YAML allows none but tabs and line ends.']],
    [
      '{a: b}: c\n~: d\n"~": e\n',
      '{!{a: b}: "c", null: "d", ~: "e"}',
      ['syntax @{a: b}@ A map or list cannot be a key.', 'syntax @~@ A key cannot be null; as text it needs quotes.'],
    ],
    ['a: 1\n: b\n', '{a: 1, null: "b"}', ['syntax @:@ No key stands before this colon.']],
    ['a: &x &y 1\n', '{a: 1}', ['syntax @&y@ A value has one anchor at most.']],
  ])('%j', (text, expected, problems) => {
    const document = parseDocument(text);
    expect(shape(document.root)).toBe(expected);
    expect(told(document)).toEqual(problems);
  });

  test.each<[string, string, string[]]>([
    [
      'spec:\n  host: a\n  ho\n  weight: 1\n  la\nz: 1\n',
      '{spec: +{host: "a", !ho: !null, weight: 1, !la: !null}, z: 1}',
      ['syntax @ho@ This key has no colon behind it.'],
    ],
    ['ho\nkind: X\n', '+{!ho: !null, kind: "X"}', ['syntax @ho@ This key has no colon behind it.']],
    ['a:\n- b\n  c: 1\n', '{a: [+{!b: !null, c: 1}]}', ['syntax @b@ This key has no colon behind it.']],
    ['a:1\nb: 2\n', '+{a: !"1", b: 2}', ['syntax @a:1@ A space is missing behind the colon.']],
  ])('a key being typed leaves its neighbors alone: %j', (text, expected, problems) => {
    const document = parseDocument(text);
    expect(shape(document.root)).toBe(expected);
    expect(told(document).slice(0, 1)).toEqual(problems);
  });

  test('a merge conflict silences the document', () => {
    const document = parseDocument('a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> feature\nc: 1\n');
    expect(document.root).toBeUndefined();
    expect(told(document)).toEqual([
      'conflict-marker @<<<<<<< HEAD@ A merge conflict starts here and ends 4 lines below. This document is not checked until it is resolved.',
    ]);
    expect(document.problems[0]?.related.map((it) => it.message)).toEqual(['the other side starts here']);
  });

  test('the half of a conflict that a document mark cut off is silenced as well', () => {
    expect(told(parseDocument('---\na: 1\n>>>>>>> feature\n'))).toEqual([
      'conflict-marker @>>>>>>> feature@ A merge conflict ends here. This document is not checked until it is resolved.',
    ]);
  });

  test('lines of the like in a block scalar are text', () => {
    expect(told(parseDocument('a: |\n  <<<<<<< HEAD\n  =======\n'))).toEqual([]);
  });

  test.each([['['], ['{a: '], ['- '], ['? ']])('nesting has a limit: %j', (opening) => {
    const document = parseDocument(opening.repeat(20_000));
    expect(document.problems.map((it) => it.code)).toContain('too-deep');
    expect(document.problems.length).toBeLessThan(5);
  });

  test('indentation that goes on and on has a limit', () => {
    const text = Array.from({ length: 1_000 }, (_, i) => `${' '.repeat(i)}a:\n`).join('');
    const document = parseDocument(text);
    expect(document.problems.map((it) => it.code)).toEqual(['too-deep']);
    expect(document.root?.has(Array(150).fill('a').join('.'))).toBe(true);
  });
});

describe('templates', () => {
  test.each([
    ['a: {{ .X }}\nb: "{{ .Y }}-z"\n{{ .K }}: c\n', '{a: !"{{ .X }}", b: !"{{ .Y }}-z", !{{ .K }}: "c"}'],
    ['{{- if .X }}\na: 1\n{{- else }}\na: 2\n{{- end }}\n', '{a: 1, a: 2}'],
    ['a:\n  {{- toYaml .X | nindent 2 }}\nb: 1\n', '{a: !null, b: 1}'],
    ['a:\n  {{ .X }}\n  b: 1\nc: {}\n', '{a: +{b: 1}, c: {}}'],
    ['a:\n  b: 1\n  {{- include "x" . | nindent 2 }}\nc: {}\n', '{a: +{b: 1}, c: {}}'],
    ['a:\n- x\n{{ toYaml .Y }}\nb: 1\n', '+{a: +["x"], b: 1}'],
    ['a:\n  - x: 1\n    {{- toYaml .Y | nindent 4 }}\n  - z: 1\n', '{a: [+{x: 1}, {z: 1}]}'],
    ['a: [\n  {{ .X }}\n]\n', '{a: +[]}'],
    ['a: |\n  {{ .X }}\nb: 1\n', '{a: !"|\\n  {{ .X }}", b: 1}'],
    ['a: 1\n  b: {{ .X }}\nc: 1\n', '+{a: 1, c: 1}'],
    ['a: [{{ range .X }}{{ . }}, {{ end }}\n', '{a: [!"{{ range .X }}{{ . }}", !"{{ end }}"]}'],
  ])('%j', (text, expected) => {
    const document = parseDocument(text);
    expect(shape(document.root)).toBe(expected);
    expect(told(document)).toEqual([]);
  });
});

test('a lone y or n still names what it names', () => {
  const { root } = parseDocument('metadata: { name: n }\nquoted: "y"\nyes: yes\n');
  expect([root?.name('metadata.name'), root?.text('metadata.name'), root?.name('quoted'), root?.name('yes')]).toEqual([
    'n',
    undefined,
    'y',
    undefined,
  ]);
});
