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

function factsOf(key: string, resource = key) {
  const range = { start: 0, end: 1 };
  return { definitions: [{ table: 'letters', key, resource, scope: '', range, data: null }], references: [] };
}

test('definitions of a key are in order for whoever reads them, also where very many came at once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.boolean()), { minLength: 80, maxLength: 160 }),
      fc.boolean(),
      (steps, isBulk) => {
        const table = defineTable<null>('letters');
        const db = new Database();
        const store = new FactStore(db, [table]);
        const held = new Map<string, ReturnType<typeof factsOf>>();
        for (const [i, [number, reads]] of steps.entries()) {
          const resource = String(number).padStart(3, '0');
          const facts = held.get(resource);
          if (facts) {
            store.remove(facts);
            held.delete(resource);
          } else {
            held.set(resource, factsOf('a', resource));
            store.add(held.get(resource)!, isBulk && i < 120);
          }
          if (!reads) continue;
          store.commit();
          expect(db.get(table.input, 'a').map((it) => it.resource)).toEqual([...held.keys()].sort());
        }
      },
    ),
  );
});
