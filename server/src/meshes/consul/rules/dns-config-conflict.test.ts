import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { dnsConfigConflict } from './dns-config-conflict.js';

test('configurations of DNS', () => {
  check(
    dnsConfigConflict,
    `
    kind: Deployment
    metadata: { name: a, namespace: shop }
    spec:
      template:
        metadata: { annotations: { consul.hashicorp.com/connect-inject: 'true', consul.hashicorp.com/consul-dns: 'true' } }
        spec:
          dnsConfig: { nameservers: [192.0.2.53] }
    #< info consul/dns-config-conflict
    ---
    kind: Deployment
    metadata: { name: b, namespace: shop }
    spec:
      template:
        metadata: { annotations: { consul.hashicorp.com/connect-inject: 'true', consul.hashicorp.com/consul-dns: 'true' } }
        spec: { dnsConfig: {} }
  `,
  );
});
