import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { repeatedHost } from './repeated-host.js';

const virtualService = (hosts: string) => `
    kind: VirtualService
    metadata: { name: www, namespace: shop }
    spec: { hosts: [${hosts}] }`;

test('reports hosts that overlap', () => {
  check(
    repeatedHost,
    `${virtualService('a.example.com, b.example.com, a.example.com')}
    #                                             ^^^^^^^^^^^^^ error istio/repeated-host 💡 ""a.example.com" is here twice."
    ---
    kind: VirtualService
    metadata: { name: wild, namespace: shop }
    spec: { hosts: ["*.example.com", a.example.com, example.com] }
    #                                ^^^^^^^^^^^^^ error istio/repeated-host 💡 ""a.example.com" and "*.example.com" overlap."
  `,
  );
});

test('removes the narrower one', () => {
  checkFix(repeatedHost, virtualService('a.example.com, "*.example.com"'), 'Remove "a.example.com"', virtualService('"*.example.com"'));
  checkFix(repeatedHost, virtualService('a.example.com, a.example.com'), 'Remove "a.example.com"', virtualService('a.example.com'));
});
