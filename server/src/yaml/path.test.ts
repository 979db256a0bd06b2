import { expect, test } from 'vitest';
import type { YamlNode } from './node.js';
import { parseDocument } from './parse.js';
import { nodeAt, pathAt } from './path.js';

const text = `metadata:
  labels:
    app.kubernetes.io/name: cart
spec:
  http:
  - match: [{ port: 80 }]
  - route:
    - destination:
        host:
  empty: &x {}
  alias: *x
`;
const root = parseDocument(text).root!;

function rangeOfText(part: string): { start: number; end: number } {
  const start = text.indexOf(part);
  return { start, end: start + part.length };
}

test.each([
  ['cart', 'metadata.labels["app.kubernetes.io/name"]'],
  ['app.kubernetes.io/name', 'metadata.labels["app.kubernetes.io/name"]'],
  ['labels', 'metadata.labels'],
  ['spec', 'spec'],
  ['80', 'spec.http[0].match[0].port'],
  ['{ port: 80 }', 'spec.http[0].match[0]'],
  ['host', 'spec.http[1].route[0].destination.host'],
  ['destination:\n        host', 'spec.http[1].route[0].destination'],
  ['match: [{ port: 80 }]', 'spec.http[0].match'],
  ['{}', 'spec.empty'],
  ['*x', 'spec.alias'],
])('the path of @%s@', (part, path) => {
  expect(pathAt(root, rangeOfText(part))).toBe(path);
});

test('an empty value has the path of its key, and what is outside has none', () => {
  expect(pathAt(root, root.get('spec.http.1.route.0.destination.host')!)).toBe('spec.http[1].route[0].destination.host');
  expect(pathAt(root, { start: 0, end: text.length })).toBe('');
  expect(pathAt(parseDocument('- a\n- b\n').root!, { start: 6, end: 7 })).toBe('[1]');
});

function steps(at: YamlNode, offset: number): string {
  return nodeAt(at, offset)
    .map((it) => `${it.entry?.key ?? it.index ?? ''}${it.onKey ? '!' : ''}`)
    .join('/');
}

test('the steps to an offset tell keys from values', () => {
  expect(steps(root, text.indexOf('cart') + 2)).toBe('/metadata/labels/app.kubernetes.io/name');
  expect(steps(root, text.indexOf('labels'))).toBe('/metadata/labels!');
  expect(steps(root, text.indexOf('80') + 2)).toBe('/spec/http/0/match/0/port');
  expect(steps(root, text.indexOf('host:') + 5)).toBe('/spec/http/1/route/0/destination/host');
  expect(steps(root, text.length)).toBe('');
});

test.each(['spec.http', 'spec', 'metadata', 'spec.http.*', 'spec.http.*.route', 'spec.nothing', 'metadata.labels', 'spec.http.0.match'])(
  'what is in %s is what its path with a star leads to',
  (path) => {
    expect(root.listIn(path)).toEqual(root.list(`${path}.*`));
  },
);
