import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { docsCoverage, usedWithoutDocs } from '../scripts/docs-coverage.mjs';

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
  ['kubernetes', 95],
  ['kustomize', 100],
])('%s has %d %% of its fields explained', (system, floor) => {
  const own = kinds.filter((it) => it.system === system);
  const sum = (count: (it: (typeof own)[number]) => number): number => own.reduce((total, it) => total + count(it), 0);
  expect((100 * sum((it) => it.documented)) / sum((it) => it.total)).toBeGreaterThanOrEqual(floor);
});

test('names what manifests use and nobody explains, however deep it stands', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'used-'));
  try {
    writeFileSync(
      path.join(folder, 'pod.yaml'),
      'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: web\n    image: web\n  volumes:\n  - name: old\n    flocker: { datasetName: old }\n',
    );
    const { files, missing } = await usedWithoutDocs(folder);
    expect({ files, missing: [...missing] }).toEqual({ files: 1, missing: [['kubernetes/Pod spec.volumes.*.flocker.datasetName', 1]] });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const corpus = fileURLToPath(new URL('../../shared/corpus', import.meta.url));
if (!existsSync(corpus)) console.log('docs coverage: skipped what the corpora use, there is no ../shared');

test.skipIf(!existsSync(corpus))('explains all that the corpora use', { timeout: 60_000 }, async () => {
  expect([...(await usedWithoutDocs(corpus)).missing.keys()]).toEqual([]);
});
