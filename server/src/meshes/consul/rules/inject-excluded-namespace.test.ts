import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { injectExcludedNamespace } from './inject-excluded-namespace.js';

test('system namespaces', () => {
  check(
    injectExcludedNamespace,
    `
    kind: DaemonSet
    metadata: { name: a, namespace: kube-public }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-inject: 'true'
    #< warning consul/inject-excluded-namespace
    ---
    kind: DaemonSet
    metadata: { name: b, namespace: kube-public }
    spec: { template: { metadata: { annotations: { consul.hashicorp.com/connect-inject: 'false' } } } }
    ---
    kind: DaemonSet
    metadata: { name: c, namespace: shop }
    spec: { template: { metadata: { annotations: { consul.hashicorp.com/connect-inject: 'true' } } } }
  `,
  );
});
