/**
 * npm run oracle [-- MUTATIONS [SEED]]: every document of the corpora and 10,000 changed ones a system, judged by us and by AJV and CEL on the
 * CRDs themselves. Prints what they disagree on.
 */
import { compareAll } from './compare.js';
import { hasMaterial } from './crds.js';

const [mutations = '10000', seed = '42'] = process.argv.slice(2);
if (!hasMaterial) {
  console.log('oracle: skipped, there is no ../shared');
} else {
  let differences = 0;
  for (const it of compareAll({ documents: Infinity, mutations: Number(mutations), seed: Number(seed) })) {
    console.log(
      `${it.system.padEnd(28)} ${it.documents} documents, ${it.mutations} changed ones, ${it.refused} refused, ${it.differences.length} differences`,
    );
    for (const difference of it.differences.slice(0, 10)) console.log(`${difference}\n`);
    differences += it.differences.length;
  }
  process.exitCode = differences === 0 ? 0 : 1;
}
