import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { gatewaySelectorWithoutWorkload } from './gateway-selector-without-workload.js';

const gateway = (selector: string, mark = '') => `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec:
      selector:
        istio: ${selector}
${mark}
`;
const pods = `
    ---
    kind: Deployment
    metadata: { name: gateway, namespace: istio-ingress }
    spec: { template: { metadata: { labels: { istio: ingress, app: gateway } } } }
`;

test('reports a selector that picks no pod', () => {
  check(
    gatewaySelectorWithoutWorkload,
    gateway(
      'public',
      '    #          ^^^^^^ error istio/gateway-selector-without-workload 💡 "No workload in this workspace carries istio=public. It opens no port anywhere."',
    ) + pods,
  );
  check(gatewaySelectorWithoutWorkload, gateway('public', '    #          ^^^^^^ warning istio/gateway-selector-without-workload') + pods, {
    world: 'open',
  });
});

test('pods of any namespace count, and the default gateway in the closed world', () => {
  check(gatewaySelectorWithoutWorkload, gateway('ingress') + pods);
  check(gatewaySelectorWithoutWorkload, gateway('ingressgateway'));
  check(gatewaySelectorWithoutWorkload, gateway('"{{ .Values.gateway }}"') + pods);
});

test('is silent in the open world about gateways that are mostly elsewhere', () => {
  check(gatewaySelectorWithoutWorkload, gateway('ingressgateway') + pods, { world: 'open' });
  check(gatewaySelectorWithoutWorkload, gateway('public'), { world: 'open' });
});

test('uses the label of a gateway that exists', () => {
  checkFix(
    gatewaySelectorWithoutWorkload,
    gateway('public') + pods,
    'Use istio=ingress (istio-ingress/gateway)',
    gateway('ingress') + pods,
  );
});
