import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { injectOnNamespace } from './inject-on-namespace.js';

test('annotations and labels of a Namespace', () => {
  check(
    injectOnNamespace,
    `
    kind: Namespace
    metadata:
      name: a
      annotations:
        consul.hashicorp.com/connect-inject: 'true'
    #< warning consul/inject-on-namespace
        consul.hashicorp.com/consul-dns: 'true'
    #< warning consul/inject-on-namespace 💡
      labels:
        consul.hashicorp.com/connect-inject: 'true'
    #< warning consul/inject-on-namespace
        consul.hashicorp.com/transparent-proxy: 'false'
  `,
  );
});
