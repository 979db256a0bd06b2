import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { networksEmpty } from './networks-empty.js';

test('lets an EgressNetwork go without a list', () => {
  check(
    networksEmpty,
    `
    kind: NetworkAuthentication
    metadata: { name: none, namespace: shop }
    spec: { networks: [] }
    #                 ^^ error linkerd/networks-empty "This list of networks is empty. The webhook rejects it."
    ---
    kind: EgressNetwork
    metadata: { name: none, namespace: shop }
    spec: { trafficPolicy: Allow, networks: [] }
    #                                       ^^ error linkerd/networks-empty 💡 "This list of networks is empty. The webhook rejects it."
    ---
    kind: EgressNetwork
    metadata: { name: all, namespace: shop }
    spec: { trafficPolicy: Allow }

  `,
  );
});
