import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pack, unpack } from './packed.js';

/** As another thread gets it. */
function sent<T>(value: T): T {
  return unpack(structuredClone(pack(value))) as T;
}

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

test('what is held in several places stays one object', () => {
  const workload = { name: 'cart' };
  const [one, , other] = sent([workload, new Map([['a', workload]]), workload]);
  expect(one).toBe(other);
});

test('anything plain comes out as it went in', () => {
  fc.assert(
    fc.property(fc.anything({ withMap: true }), (it) => {
      expect(sent(it)).toStrictEqual(it);
    }),
  );
});
