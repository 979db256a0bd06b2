import { expect, test } from 'vitest';
import { compareAll } from './compare.js';
import { hasMaterial } from './crds.js';

if (!hasMaterial) console.log('oracle: left out, as there is no ../shared');

// A sample; npm run oracle takes every document, and 10,000 changed ones of each system.
test.skipIf(!hasMaterial)(
  'accepts and refuses what AJV and CEL do by the CRDs themselves',
  () => {
    const comparisons = [...compareAll({ documents: 400, mutations: 1500, seed: 42 })];
    const sum = (count: (it: (typeof comparisons)[number]) => number): number => comparisons.reduce((total, it) => total + count(it), 0);
    console.log(
      `oracle: ${sum((it) => it.documents)} documents and ${sum((it) => it.mutations)} changed ones, ${sum((it) => it.refused)} refused`,
    );
    expect(comparisons.flatMap((it) => it.differences.slice(0, 3)).join('\n---\n')).toBe('');
    expect(sum((it) => it.mutations)).toBeGreaterThanOrEqual(10_000);
    // Where nothing is refused, or nothing taken, nothing is compared.
    for (const { system, documents, mutations, refused } of comparisons) {
      expect(documents, system).toBeGreaterThan(100);
      expect(refused, system).toBeGreaterThan(100);
      expect(refused, system).toBeLessThan((documents + mutations) * 0.9);
    }
  },
  240_000,
);
