import { expect, test } from 'vitest';
import { docsCoverage } from '../scripts/docs-coverage.mjs';

const kinds = await docsCoverage();

test('every kind has as many of its fields explained as its system promises', () => {
  expect(kinds.length).toBeGreaterThan(100);
  const low = kinds.filter(({ documented, total, floor }) => Math.floor((100 * documented) / total) < floor);
  expect(
    low.map(({ system, kind, documented, total, missing }) => `${system}/${kind}: ${documented} of ${total}, not ${missing[0]}`),
  ).toEqual([]);
});

test.each([
  ['istio', 100],
  ['gateway-api', 100],
  ['linkerd', 100],
  ['consul', 95],
  ['kuma', 100],
  ['cilium', 95],
  ['kubernetes', 90],
])('%s has %d %% of its fields explained', (system, floor) => {
  const own = kinds.filter((it) => it.system === system);
  const sum = (count: (it: (typeof own)[number]) => number): number => own.reduce((total, it) => total + count(it), 0);
  expect((100 * sum((it) => it.documented)) / sum((it) => it.total)).toBeGreaterThanOrEqual(floor);
});
