import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Database, input, isEqual, query, watch, type Query } from './database.js';

const numbers = input<number>('numbers', 0);

test('a query is computed once and then remembered', () => {
  const db = new Database();
  let runs = 0;
  const doubled = query('doubled', (look, key) => {
    runs++;
    return look.get(numbers, key) * 2;
  });
  db.set(numbers, 'a', 2);
  expect([db.get(doubled, 'a'), db.get(doubled, 'a'), runs]).toEqual([4, 4, 1]);
  db.set(numbers, 'b', 7);
  expect([db.get(doubled, 'a'), runs]).toEqual([4, 1]);
  db.set(numbers, 'a', 3);
  expect([db.get(doubled, 'a'), runs]).toEqual([6, 2]);
});

test('what was looked for and not found is remembered too', () => {
  const db = new Database();
  const missing = query('missing', (look, key) => look.get(numbers, key) === 0);
  expect(db.get(missing, 'a')).toBe(true);
  db.set(numbers, 'a', 1);
  expect(db.get(missing, 'a')).toBe(false);
});

test('an equal result stops the wave', () => {
  const db = new Database();
  let runs = 0;
  const isEven = query('isEven', (look, key) => look.get(numbers, key) % 2 === 0);
  const told = query('told', (look, key) => {
    runs++;
    return look.get(isEven, key) ? 'even' : 'odd';
  });
  db.set(numbers, 'a', 2);
  expect(db.get(told, 'a')).toBe('even');
  db.set(numbers, 'a', 4);
  expect([db.get(told, 'a'), runs]).toEqual(['even', 1]);
  db.set(numbers, 'a', 5);
  expect([db.get(told, 'a'), runs]).toEqual(['odd', 2]);
});

test('what is watched is queued whenever it is stale, and leaves the queue when it is brought up to date', () => {
  const db = new Database();
  const told = watch(
    'told',
    (look, subject: { key: string }) => look.get(numbers, subject.key),
    ({ key }) => key,
  );
  const quiet = query('quiet', (look, key) => look.get(numbers, key));
  db.get(quiet, 'a');
  const watched = db.watch(told, { key: 'a' });
  expect([...db.stale(told)]).toEqual([watched]);
  expect([db.valueOf(watched), watched.value, db.staleCount]).toEqual([0, 0, 0]);
  db.set(numbers, 'a', 9);
  expect([[...db.stale(told)], db.isStale(watched), watched.value]).toEqual([[watched], true, 0]);
  expect(db.valueOf(watched)).toBe(9);
  db.outdate(watched, { key: 'b' });
  db.set(numbers, 'b', 3);
  expect([db.staleCount, db.valueOf(watched)]).toEqual([1, 3]);
  db.set(numbers, 'a', 1);
  expect(db.staleCount).toBe(0);
  db.drop(watched);
  db.set(numbers, 'b', 4);
  expect(db.staleCount).toBe(0);
});

test('a query that reads itself names the way there', () => {
  const db = new Database();
  const first: Query<number> = query('first', (look, key) => look.get(second, key));
  const second: Query<number> = query('second', (look, key) => look.get(first, key));
  expect(() => db.get(first, 'x')).toThrow('query reads itself: first(x) > second(x) > first(x)');
});

test('a query that throws is tried again, and its readers with it', () => {
  const db = new Database();
  const picky = query('picky', (look, key) => {
    const value = look.get(numbers, key);
    if (value < 0) throw new Error('negative');
    return value;
  });
  db.set(numbers, 'a', -1);
  expect(() => db.get(picky, 'a')).toThrow('negative');
  db.set(numbers, 'a', 1);
  expect(db.get(picky, 'a')).toBe(1);
});

test('whatever is set in whatever order, answers equal those of a fresh database', () => {
  const keys = ['a', 'b', 'c', 'd'];
  // Reads other keys depending on values, so that what a cell depends on changes too.
  const chain: Query<number> = query('chain', (look, key) => {
    const at = keys.indexOf(key);
    const value = look.get(numbers, key);
    return at + 1 < keys.length && value % 3 !== 0 ? value + look.get(chain, keys[at + 1]!) : Math.min(value, 5);
  });
  const total = query('total', (look) => keys.reduce((sum, key) => sum + look.get(chain, key), 0));
  const told = watch(
    'told',
    (look, ends: string) => look.get(total, '') + look.get(chain, ends),
    (it) => it,
  );
  const steps = fc.array(fc.record({ key: fc.constantFrom(...keys), value: fc.integer({ min: 0, max: 9 }), ask: fc.boolean() }), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(steps, (edits) => {
      const warm = new Database();
      const watched = warm.watch(told, 'b');
      const state = new Map<string, number>();
      for (const { key, value, ask } of edits) {
        warm.set(numbers, key, value);
        state.set(key, value);
        if (ask) expect(warm.valueOf(watched)).toBe(warm.get(total, '') + warm.get(chain, 'b'));
      }
      const cold = new Database();
      for (const [key, value] of state) cold.set(numbers, key, value);
      expect(warm.get(total, '')).toBe(cold.get(total, ''));
      for (const key of keys) expect(warm.get(chain, key)).toBe(cold.get(chain, key));
    }),
    { seed: 7, numRuns: 300 },
  );
});

test('equality looks into plain data and nothing else', () => {
  class Box {
    constructor(readonly value: number) {}
  }
  expect(isEqual({ a: [1, { b: new Set(['x']) }] }, { a: [1, { b: new Set(['x']) }] })).toBe(true);
  expect(isEqual(new Map([['a', [1]]]), new Map([['a', [2]]]))).toBe(false);
  expect(isEqual({ a: undefined }, {})).toBe(false);
  expect(isEqual([1], { 0: 1 })).toBe(false);
  expect(isEqual(new Box(1), new Box(1))).toBe(false);
});
