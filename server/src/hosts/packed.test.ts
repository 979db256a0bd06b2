import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PreparedFile } from '../analysis/prepared.js';
import { Packer, Unpacker } from './packed.js';

const packer = new Packer();
const unpacker = new Unpacker();

/** As another thread gets it. */
function sentFiles(files: readonly (PreparedFile | undefined)[]): readonly (PreparedFile | undefined)[] {
  return unpacker.unpack(structuredClone(packer.pack(files)));
}

/** The same for data of a fact. */
function sent<T>(data: T): T {
  const [file] = sentFiles([fileWith({ facts: { definitions: [['t', 'k', 0, 1, data]], references: [] } })]);
  return file!.documents[0]!.resources[0]!.facts!.definitions[0]![4] as T;
}

type Resource = NonNullable<PreparedFile['documents'][number]>['resources'][number];

function fileWith(resource: Partial<Resource>): PreparedFile {
  const identity = { apiVersion: 'v1', group: '', version: 'v1', kind: 'Service', namespace: 'shop', name: 'cart' };
  const marks = { labels: new Map([['app', 'cart']]), annotations: new Map<string, string>() };
  const whole = { item: undefined, identity, marks, facts: undefined, hidesNames: false, words: 1, own: [], ofSchema: [], ...resource };
  return { choices: '[]', starts: [0], documents: [{ foreign: undefined, systems: -1, resources: [whole] }] };
}

test('what was prepared comes out as it went in', () => {
  const finding = { rule: 'schema/unknown-field', problem: { at: { start: 1, end: 70_000 }, message: 'no' }, path: undefined };
  const files: readonly (PreparedFile | undefined)[] = [
    fileWith({}),
    undefined,
    { choices: '[]', starts: [], documents: [] },
    { choices: '[1]', starts: [0, 200], documents: [undefined, { foreign: 'unknown-kind', systems: 5, resources: [] }] },
    fileWith({ item: 0, hidesNames: true, words: -1, own: undefined, ofSchema: [{ ...finding, path: 'spec' }, finding] }),
    fileWith({
      words: undefined,
      own: [finding],
      facts: {
        definitions: [],
        references: [
          ['l', 'k', 1, 300],
          ['l', 'm', 0, 9, 0, 4],
        ],
      },
    }),
    fileWith({ identity: { apiVersion: 'a/v1', group: 'a', version: 'v1', kind: 'B', namespace: undefined, name: '' } }),
  ];
  expect(sentFiles(files)).toStrictEqual(files);
});

test('whole numbers of all sizes are what they were', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(), (words, start) => {
      const file = { ...fileWith({ words }), starts: [start] };
      expect(sentFiles([file])).toStrictEqual([file]);
    }),
  );
});

test('plain data comes out as it went in', () => {
  const data = {
    text: 'shop',
    'with-dash': '',
    whole: -7,
    numbers: [0, -0, 1.5, 2 ** 28, -(2 ** 40), NaN, Infinity, 1e300],
    absent: undefined,
    nothing: null,
    flags: [true, false],
    lists: [[], [[1], ['shop']]],
    labels: new Map([['app', 'cart']]),
    nested: [{ text: 'cart', whole: 1 }, { whole: 1, text: 'cart' }, {}],
  };
  expect(sent(data)).toStrictEqual(data);
  expect(Object.keys(sent(data))).toEqual(Object.keys(data));
});

test('names of fields that people choose are fields', () => {
  const data = JSON.parse('{"__proto__":"a","constructor":"b","7":"c","":"d"}') as object;
  expect(sent(data)).toStrictEqual(data);
  expect(Object.keys(sent(data))).toEqual(Object.keys(data));
});

test('what several facts hold stays one object', () => {
  const workload = { name: 'cart', labels: new Map([['app', 'cart']]) };
  const facts = [workload, null, { name: 'cart' }, [workload.labels], 'cart', workload, null].map((it, i) => ['t', 'k', i, i, it] as const);
  const [file] = sentFiles([
    fileWith({ marks: { labels: workload.labels, annotations: new Map() }, facts: { definitions: facts, references: [] } }),
  ]);
  const { marks, facts: sentFacts } = file!.documents[0]!.resources[0]!;
  const data = sentFacts!.definitions.map((it) => it[4]);
  expect(data).toStrictEqual(facts.map((it) => it[4]));
  expect(data[5]).toBe(data[0]);
  expect((data[0] as typeof workload).labels).toBe(marks.labels);
  expect((data[3] as unknown[])[0]).toBe(marks.labels);
});

test('anything plain comes out as it went in', () => {
  fc.assert(
    fc.property(fc.anything({ withMap: true }), (it) => {
      expect(sent(it)).toStrictEqual(it);
    }),
  );
});
