import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { enforcedWithoutDryRun } from './enforced-without-dry-run.js';

const ASKED = { settings: { rules: { 'istio/enforced-without-dry-run': 'hint' } } };

test('hints at a policy that was never annotated for a dry run', () => {
  check(
    enforcedWithoutDryRun,
    `
    kind: AuthorizationPolicy
    metadata: { name: default-deny, namespace: shop }
    #                 ^^^^^^^^^^^^ hint istio/enforced-without-dry-run
    spec: {}
    `,
    ASKED,
  );
});

test('is silent unless asked for, in a dry run, after one, and where nothing is refused', () => {
  const policy = (annotations: string, action: string): string => `
    kind: AuthorizationPolicy
    metadata: { name: default-deny, namespace: shop, annotations: { ${annotations} } }
    spec: { action: ${action} }
    `;
  check(enforcedWithoutDryRun, policy('istio.io/dry-run: "true"', 'ALLOW'), ASKED);
  check(enforcedWithoutDryRun, policy('istio.io/dry-run: "false"', 'DENY'), ASKED);
  check(enforcedWithoutDryRun, policy('', 'AUDIT'), ASKED);
  check(enforcedWithoutDryRun, policy('', 'DENY'));
});

test('offers a dry run', () => {
  const before = `
    kind: AuthorizationPolicy
    metadata:
      name: default-deny
      namespace: shop
      annotations:
        team: shop
    spec: {}`;
  checkFix(
    enforcedWithoutDryRun,
    before,
    'Begin with a dry run',
    before.replace('team: shop', 'team: shop\n        istio.io/dry-run: "true"'),
    ASKED,
  );
});
