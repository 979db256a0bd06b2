import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { mtlsSettingDropped } from './mtls-setting-dropped.js';

const wide = `
    ---
    kind: DestinationRule
    metadata: { name: all, namespace: istio-system }
    spec: { host: "*.local", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }`;

test('reports a specific rule that leaves tls out', () => {
  const yaml = (severity: string) => `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: cart, trafficPolicy: { outlierDetection: {} } }
    #                   ^^^^^^^^^^^^^ ${severity} istio/mtls-setting-dropped 💡
    ${wide.trimStart()}
  `;
  check(mtlsSettingDropped, yaml('info'));
  check(mtlsSettingDropped, yaml('warning'), { settings: { istio: { meshConfigText: 'enableAutoMtls: false' } } });
});

test('a tls of its own, also for one port only, is a decision', () => {
  check(
    mtlsSettingDropped,
    `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: cart, trafficPolicy: { tls: { mode: DISABLE } } }
    ---
    kind: DestinationRule
    metadata: { name: cart2, namespace: shop }
    spec: { host: cart2, trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: DISABLE } }] } }${wide}
    `,
  );
});

test('sets the mode', () => {
  checkFix(
    mtlsSettingDropped,
    `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      host: cart
      subsets: []${wide}
    `,
    'Set tls mode ISTIO_MUTUAL',
    `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      host: cart
      trafficPolicy:
        tls:
          mode: ISTIO_MUTUAL
      subsets: []${wide}
    `,
  );
});
