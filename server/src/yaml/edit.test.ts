import { describe, expect, test } from 'vitest';
import { applyEdits } from '../text/edit.js';
import { insertEntry, insertItem, quoteIfNeeded, removeEntry, removeItem, replaceValue } from './edit.js';
import { toJson } from './json.js';
import type { Json, YamlList, YamlMap } from './node.js';
import { parseDocument } from './parse.js';

function valueOf(text: string): Json {
  const document = parseDocument(text);
  expect(document.problems).toEqual([]);
  return document.root === undefined ? null : toJson(document.root);
}

function mapAt(text: string, path: string): YamlMap {
  const node = parseDocument(text).root?.get(path);
  if (node?.type !== 'map') throw new Error(`no map at ${path}`);
  return node;
}

function listAt(text: string, path: string): YamlList {
  const node = parseDocument(text).root?.get(path);
  if (node?.type !== 'list') throw new Error(`no list at ${path}`);
  return node;
}

describe('a value replaced', () => {
  test.each([
    ['a: x # c\n', 'w', 'a: w # c\n'],
    ['a: "x"\n', 'w', 'a: "w"\n'],
    ["a: 'x'\n", "it's", "a: 'it''s'\n"],
    ['a: x\n', '*.example.com', 'a: "*.example.com"\n'],
    ['a: x\n', 'true', 'a: "true"\n'],
    ['a: x\n', '8080', 'a: "8080"\n'],
    ['a: x\n', 8080, 'a: 8080\n'],
    ['a: "1"\n', 8080, 'a: 8080\n'],
    ['a: x\n', 'say "hi": now', 'a: \'say "hi": now\'\n'],
    ['a:\nb: 1\n', 'w', 'a: w\nb: 1\n'],
    ['a: \nb: 1\n', 'w', 'a: w\nb: 1\n'],
    ['a: |\n  one\n  two\nb: 1\n', 'w', 'a: w\nb: 1\n'],
    ['{"a": "x"}', 'w', '{"a": "w"}'],
    ['{a: x}', 'y,z', '{a: "y,z"}'],
  ])('%j by %j', (text, value, expected) => {
    const node = parseDocument(text).root!.get('a')!;
    const changed = applyEdits(text, [replaceValue(text, node, value)]);
    expect(changed).toBe(expected);
    expect((valueOf(changed) as { a: Json }).a).toBe(value);
  });

  test('strings get quotes where YAML would read something else, and only there', () => {
    for (const plain of [
      'a',
      'a-b',
      '-a',
      'a:b',
      'a#b',
      'a b',
      'http://x/y?z=1',
      '2024-01-01',
      'v1',
      '10.0.0.1',
      'é',
      'a "b"',
      '?x',
      '.a',
      'a, b',
    ])
      expect(quoteIfNeeded(plain)).toBe(plain);
    for (const text of [
      '',
      ' a',
      'a ',
      'yes',
      'null',
      '~',
      '1',
      '1.5',
      '0x1f',
      '- a',
      '-',
      '*',
      '&a',
      '!a',
      '#a',
      'a: b',
      'a:',
      'a #b',
      '{a',
      '[',
      '@a',
      '`a',
      '%a',
      '"a',
      "'a",
      'a\nb',
      '---',
      '|',
      '>',
      '\u007f',
      '<<',
      '\\d"\n',
    ]) {
      const quoted = quoteIfNeeded(text);
      expect(quoted).not.toBe(text);
      expect(valueOf(`a: ${quoted}`)).toEqual({ a: text });
      expect(valueOf(`a: [${quoted}]`)).toEqual({ a: [text] });
    }
  });
});

describe('an entry added', () => {
  test.each([
    ['a: 1\nb: 2\n', '', 'STRICT', 'a: 1\nb: 2\nk: STRICT\n'],
    ['a: 1', '', 'STRICT', 'a: 1\nk: STRICT'],
    ['a:\n  b: 1 # c\n\nd: 2\n', 'a', 'x', 'a:\n  b: 1 # c\n  k: x\n\nd: 2\n'],
    ['a:\n  b: 1\nd: 2\n', 'a', 'mode: STRICT\nports:\n- 1', 'a:\n  b: 1\n  k:\n    mode: STRICT\n    ports:\n    - 1\nd: 2\n'],
    ['a:\n  b:\n  - 1\n', 'a', '- x\n- y', 'a:\n  b:\n  - 1\n  k:\n  - x\n  - y\n'],
    ['a:\n  b:\n    - 1\n', 'a', '- x\n- y', 'a:\n  b:\n    - 1\n  k:\n    - x\n    - y\n'],
    ['a:\n- b: 1\n- c: 2\n', 'a.0', 'x', 'a:\n- b: 1\n  k: x\n- c: 2\n'],
    ['a:\n  b: |\n    t\n\nc: 1\n', 'a', 'x', 'a:\n  b: |\n    t\n  k: x\n\nc: 1\n'],
    ['a:\n  b: |+\n    t\n\nc: 1\n', 'a', 'x', 'a:\n  b: |+\n    t\n\n  k: x\nc: 1\n'],
    ['a:\r\n  b: 1\r\nc: 2\r\n', 'a', 'x: 1\ny: 2', 'a:\r\n  b: 1\r\n  k:\r\n    x: 1\r\n    y: 2\r\nc: 2\r\n'],
    ['a: {}\nb: 1\n', 'a', 'x', 'a:\n  k: x\nb: 1\n'],
    ['l:\n- a: {} # c\n', 'l.0.a', 'x', 'l:\n- a: # c\n    k: x\n'],
    ['a: { b: 1 }\n', 'a', 'x: 1', 'a: { b: 1, k: { x: 1 } }\n'],
    ['a: {b: {}}\n', 'a.b', 'x', 'a: {b: { k: x }}\n'],
    ['{\n  "a": {\n    "b": 1\n  }\n}\n', 'a', 'x', '{\n  "a": {\n    "b": 1,\n    "k": "x"\n  }\n}\n'],
    ['{"a": {}}', 'a', 'x: [1]', '{"a": { "k": {"x":[1]} }}'],
    ['a: &x {p: 1}\nb:\n  <<: *x\n', 'b', 'x', 'a: &x {p: 1}\nb:\n  <<: *x\n  k: x\n'],
    ['a:\n  b:\n', 'a', 'x', 'a:\n  b:\n  k: x\n'],
  ])('%j at %j', (text, path, value, expected) => {
    const changed = applyEdits(text, [insertEntry(text, mapAt(text, path), 'k', value)]);
    expect(changed).toBe(expected);
    const wanted = valueOf(value);
    expect(toJson(parseDocument(changed).root!.get(path === '' ? 'k' : `${path}.k`)!)).toEqual(wanted);
    expect(parseDocument(changed).problems).toEqual([]);
  });

  test('stands behind the entry that is named', () => {
    const text = 'a:\n  b:\n    x: 1\n  c: 2\n';
    expect(applyEdits(text, [insertEntry(text, mapAt(text, 'a'), 'k', '1', 'b')])).toBe('a:\n  b:\n    x: 1\n  k: 1\n  c: 2\n');
  });
});

describe('an item added', () => {
  test.each([
    ['a:\n- x # c\nb: 1\n', 'w', 'a:\n- x # c\n- w\nb: 1\n'],
    ['a:\n  - p: 1\n    q: 2\nb: 1\n', 'p: 3\nq:\n  r: 4', 'a:\n  - p: 1\n    q: 2\n  - p: 3\n    q:\n      r: 4\nb: 1\n'],
    ['a: [x]\n', '"*"', 'a: [x, "*"]\n'],
    ['a: []\n', 'p: 1', 'a:\n- p: 1\n'],
    ['z:\n  - 1\na: []\n', 'p: 1', 'z:\n  - 1\na:\n  - p: 1\n'],
    ['{"a": ["x"]}', 'w', '{"a": ["x", "w"]}'],
    ['a:\r\n- x\r\n', 'w', 'a:\r\n- x\r\n- w\r\n'],
  ])('%j', (text, yaml, expected) => {
    const changed = applyEdits(text, [insertItem(text, listAt(text, 'a'), yaml)]);
    expect(changed).toBe(expected);
    expect((valueOf(changed) as { a: Json[] }).a.at(-1)).toEqual(valueOf(yaml));
  });
});

describe('an entry removed', () => {
  test.each([
    ['k: 1\nb: 2\n', '', 'b: 2\n'],
    ['a: 1\nk:\n  x: 1 # c\n# of b\nb: 2\n', '', 'a: 1\n# of b\nb: 2\n'],
    ['a: 1\nk: 2', '', 'a: 1'],
    ['a: 1\r\nk: 2\r\nb: 3\r\n', '', 'a: 1\r\nb: 3\r\n'],
    ['a:\n- k: 1\n  b: 2\n', 'a.0', 'a:\n- b: 2\n'],
    ['a:\n- k: 1\n  # c\n  b: 2\n', 'a.0', 'a:\n- # c\n  b: 2\n'],
    ['a: 1\n\nk: 2\n\nb: 3\n', '', 'a: 1\n\nb: 3\n'],
    ['a:\n  k: 1\nb: 2\n', 'a', 'a: {}\nb: 2\n'],
    ['a:\n- k:\n    x: 1\n- y\n', 'a.0', 'a:\n- {}\n- y\n'],
    ['a: # c\n  k: 1\nb: 2\n', 'a', 'a: # c\n  {}\nb: 2\n'],
    ['k: 1\n', '', '{}\n'],
    ['a: {k: 1, b: 2}\n', 'a', 'a: {b: 2}\n'],
    ['a: {b: 2, k: 1}\n', 'a', 'a: {b: 2}\n'],
    ['a: { k: 1 }\n', 'a', 'a: {}\n'],
    ['{\n  "b": 1,\n  "k": 2\n}\n', '', '{\n  "b": 1\n}\n'],
    ['a:\n  b: 1\n  k: |\n    text\n\nc: 1\n', 'a', 'a:\n  b: 1\n\nc: 1\n'],
    ['a: 1\nk:\nb: 2\n', '', 'a: 1\nb: 2\n'],
  ])('%j at %j', (text, path, expected) => {
    const changed = applyEdits(text, [removeEntry(text, mapAt(text, path), 'k')!]);
    expect(changed).toBe(expected);
    const wanted = JSON.parse(JSON.stringify(valueOf(text)), (_, value: Json) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'k'))
        : value,
    ) as Json;
    expect(valueOf(changed)).toEqual(wanted);
  });

  test.each([
    ['name: x\nlabels:\n  k: 1\nb: 2\n', 'labels', 'name: x\nb: 2\n'],
    ['name: x\nlabels:\n  k: 1\n', 'labels', 'name: x\n'],
    ['name: x\r\nannotations:\r\n  k: 1', 'annotations', 'name: x'],
    ['m:\n  annotations:\n    k: 1\n  b: 2\n', 'm.annotations', 'm:\n  b: 2\n'],
    ['m:\n  annotations:\n    k: 1\nb: 2\n', 'm.annotations', 'm:\n  annotations: {}\nb: 2\n'],
    ['name: x\nlabels:\n  # why\n  k: 1\n', 'labels', 'name: x\nlabels:\n  # why\n  {}\n'],
  ])('labels and annotations go with their last entry: %j', (text, path, expected) => {
    expect(applyEdits(text, [removeEntry(text, mapAt(text, path), 'k')!])).toBe(expected);
  });

  test('something may be added on either side of what goes', () => {
    const text = 'name: x\nannotations:\n  k: 1\nb: 2\n';
    const root = mapAt(text, '');
    const removal = removeEntry(text, mapAt(text, 'annotations'), 'k')!;
    for (const after of ['name', 'annotations'])
      expect(applyEdits(text, [removal, insertEntry(text, root, 'labels', 'k: 1', after)])).toBe('name: x\nlabels:\n  k: 1\nb: 2\n');
  });

  test('one of two equal keys, as asked', () => {
    const text = 'a: 1\nb: 2\na: 3\n';
    const map = mapAt(text, '');
    expect(applyEdits(text, [removeEntry(text, map, map.entries[0]!)!])).toBe('b: 2\na: 3\n');
    expect(removeEntry(text, map, 'c')).toBeUndefined();
  });
});

describe('an item removed', () => {
  test.each([
    ['a:\n- x\n- y # c\n# z\n- z\n', 1, 'a:\n- x\n# z\n- z\n'],
    ['a:\n- x\n- y', 1, 'a:\n- x'],
    ['a:\n  - p: 1\n    q: 2\n  - r\n', 0, 'a:\n  - r\n'],
    ['a:\n- x\nb: 1\n', 0, 'a: []\nb: 1\n'],
    ['a: [x, y]\n', 0, 'a: [y]\n'],
    ['a: [x, y]\n', 1, 'a: [x]\n'],
    ['a: [x]\n', 0, 'a: []\n'],
    ['a:\n-\n  x: 1\n-\n  # c\n  y: 2\n', 1, 'a:\n-\n  x: 1\n'],
  ])('%j', (text, index, expected) => {
    const changed = applyEdits(text, [removeItem(text, listAt(text, 'a'), index)!]);
    expect(changed).toBe(expected);
    const wanted = (valueOf(text) as { a: Json[] }).a.filter((_, i) => i !== index);
    expect((valueOf(changed) as { a: Json[] }).a).toEqual(wanted);
  });

  test('the first of a list behind a dash', () => {
    const text = '- - a\n  - b\n- c\n';
    const list = listAt(text, '0');
    expect(applyEdits(text, [removeItem(text, list, 0)!])).toBe('- - b\n- c\n');
    expect(applyEdits(text, [removeItem(text, list, 1)!])).toBe('- - a\n- c\n');
  });
});
