import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { conflictingListeners } from './conflicting-listeners.js';

const gateways = (hostname: string, port: number, mark = '', className = 'istio') => `
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: ingress }
    spec:
      gatewayClassName: istio
      listeners:
      - name: shop
        port: 80
        protocol: HTTP
        hostname: shop.example.com
${mark}
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: partners, namespace: ingress }
    spec:
      gatewayClassName: ${className}
      listeners:
      - name: shop
        port: ${port}
        protocol: HTTP
        hostname: ${hostname}
${mark.replace('"Gateway "ingress/partners"', '"Gateway "ingress/public"')}
`;
const mark = (severity: string) =>
  `    #             ^^^^^^^^^^^^^^^^ ${severity} gateway-api/conflicting-listeners "Gateway "ingress/partners" listens for "shop.example.com" on port 80 too."`;

test('reports the listeners of both Gateways', () => {
  check(conflictingListeners, gateways('shop.example.com', 80, mark('warning')));
  check(conflictingListeners, gateways('shop.example.com', 80, mark('info')), { world: 'open' });
});

test('another port or hostname is no conflict, another class a hint', () => {
  check(conflictingListeners, gateways('shop.example.com', 8080));
  check(conflictingListeners, gateways('api.example.com', 80));
  const apart = mark('hint').replace(' too."', ' too. They have different classes or addresses."');
  check(conflictingListeners, gateways('shop.example.com', 80, apart, 'nginx'));
  check(conflictingListeners, gateways('shop.example.com', 80, apart, 'nginx'), { world: 'open' });
});
