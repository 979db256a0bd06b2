import { expect, test } from 'vitest';
import type { YamlMap } from '../yaml/node.js';
import { parseDocument } from '../yaml/parse.js';
import { labelsIn, toLabels } from './selectors.js';

test('labels of a map are its texts, by their keys in order', () => {
  const maps = [
    '{}',
    '{ app: a }',
    '{ version: v1, app: a }',
    '{ c: c, a: a, b: b, "2": x, "1": y }',
    '{ n: 1, t: true, e: , l: [], m: {}, v: "${V}", app: a }',
    '{ __proto__: a, a: b }',
    '{ b: 1, a: x, b: y }',
    '${K}: a\nb: c\na: d\n',
  ];
  for (const text of maps) {
    const map = parseDocument(text).root as YamlMap;
    expect([text, Object.entries(labelsIn(map))]).toEqual([text, Object.entries(toLabels(map.texts()))]);
  }
  expect(labelsIn(undefined)).toEqual({});
});
