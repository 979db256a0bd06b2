import { expect, test } from 'vitest';
import { check, fixTitles } from '../../../../../test/support/check.js';
import { unknownGroupAccount } from './unknown-group-account.js';

const group = `
    kind: WorkloadGroup
    metadata: { name: legacy, namespace: shop }
    spec: { template: { serviceAccount: legcay } }`;
const account = (name: string) => `
    ---
    kind: ServiceAccount
    metadata: { name: ${name}, namespace: shop }`;

test('reports an account that does not exist', () => {
  check(
    unknownGroupAccount,
    `${group}
    #                                   ^^^^^^ warning istio/unknown-group-account 💡 "No ServiceAccount "legcay" exists in "shop" ("legacy" exists)."
    ${account('legacy').trimStart()}`,
    { world: 'open' },
  );
  check(unknownGroupAccount, group + account('legcay'));
  check(unknownGroupAccount, group, { world: 'open' });
});

test('offers the near one and a new one', () => {
  expect(fixTitles(unknownGroupAccount, group + account('legacy'))).toEqual(['★ Change to "legacy"', 'Create ServiceAccount "legcay"']);
});
