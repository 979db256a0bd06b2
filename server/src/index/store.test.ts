import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Database } from '../query/database.js';
import { FactStore } from './store.js';
import { defineTable } from './tables.js';

test('keys of a table are in order and complete, whatever came and went', () => {
  const names = fc.constantFrom('a', 'b', 'B', 'ab', 'é', 'z/y');
  fc.assert(
    fc.property(fc.array(fc.tuple(names, fc.boolean()), { maxLength: 40 }), (steps) => {
      const table = defineTable<null>('letters');
      const store = new FactStore(new Database(), [table]);
      const held = new Map<string, ReturnType<typeof factsOf>>();
      for (const [key, comes] of steps) {
        if (comes && !held.has(key)) {
          held.set(key, factsOf(key));
          store.add(held.get(key)!);
        } else if (!comes && held.has(key)) {
          store.remove(held.get(key)!);
          held.delete(key);
        }
        store.commit();
        expect(store.keysOf(table)).toEqual([...held.keys()].sort());
      }
    }),
  );
});

function factsOf(key: string) {
  const range = { start: 0, end: 1 };
  return { definitions: [{ table: 'letters', key, resource: key, scope: '', range, data: null }], references: [] };
}
