import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { proxyModeNotSettable } from './proxy-mode-not-settable.js';

test('modes and ports of transparent proxies', () => {
  check(
    proxyModeNotSettable,
    `
    kind: ServiceDefaults
    metadata: { name: web, namespace: shop }
    spec:
      mode: direct
    #< error consul/proxy-mode-not-settable 💡
    ---
    kind: ProxyDefaults
    metadata: { name: global, namespace: shop }
    spec:
      transparentProxy:
        outboundListenerPort: 15002
    #< error consul/proxy-mode-not-settable 💡
    ---
    kind: ServiceDefaults
    metadata: { name: api, namespace: shop }
    spec:
      transparentProxy: { dialedDirectly: true, outboundListenerPort: 0 }
  `,
  );
});
