import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { selectsNothing } from './selects-nothing.js';

const policy = (labels: string, mark = '', kind = 'CiliumNetworkPolicy', namespace = ', namespace: shop') => `
    kind: ${kind}
    metadata: { name: web${namespace} }
    spec:
      endpointSelector: { matchLabels: { ${labels} } }
${mark}
      ingress: [{}]
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart, tier: front } } } }
`;

test('reports labels that no pod has', () => {
  check(selectsNothing, policy('app: crat', '    #                                         ^^^^ warning cilium/selects-nothing 💡'));
  check(selectsNothing, policy('app: web', '    #                                         ^^^ warning cilium/selects-nothing'));
  check(
    selectsNothing,
    policy(
      'app: web',
      '    #                                         ^^^ warning cilium/selects-nothing',
      'CiliumClusterwideNetworkPolicy',
      '',
    ),
  );
});

test('says nothing where pods may carry them', () => {
  check(selectsNothing, policy('k8s:app: cart'));
  check(selectsNothing, policy('any:app: cart, tier: front'));
  check(selectsNothing, policy('reserved:host: ""'));
  check(selectsNothing, policy('app: web', '', 'CiliumNetworkPolicy', ', namespace: payments'));
  check(selectsNothing, policy('app: web', '', 'CiliumClusterwideNetworkPolicy', ''), { world: 'open' });
});

test('offers the label that is near', () => {
  checkFix(selectsNothing, policy('app: crat'), 'Change to app=cart', policy('app: cart'));
});
