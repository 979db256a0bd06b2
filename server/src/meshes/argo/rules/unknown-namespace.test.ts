import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownNamespace } from './unknown-namespace.js';

const application = (rest: string): string => `
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: { name: shop, namespace: argocd }
    spec:
      ${rest}
`;

test('reports a namespace that neither a manifest nor Argo CD makes', () => {
  check(
    unknownNamespace,
    `${application(`destination: { namespace: shop }
    #                           ^^^^ warning argo/unknown-namespace`)}`,
  );
  check(unknownNamespace, application('destination: { namespace: shop }\n      syncPolicy: { syncOptions: [CreateNamespace=true] }'));
  check(unknownNamespace, `${application('destination: { namespace: shop }')}    ---\n    kind: Namespace\n    metadata: { name: shop }\n`);
});

test('offers the nearest name', () => {
  const rest = '    ---\n    kind: Namespace\n    metadata: { name: payments }\n';
  checkFix(
    unknownNamespace,
    `${application('destination: { namespace: pay$0ment }')}${rest}`,
    'Change to "payments"',
    `${application('destination: { namespace: payments }')}${rest}`,
  );
});
