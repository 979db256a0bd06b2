import { expect, test } from 'vitest';
import { check, checkFix, fixTitles } from '../../../../../test/support/check.js';
import { gatewayPortNotOnService } from './gateway-port-not-on-service.js';

const pods = (ports: string) => `
    ---
    kind: Deployment
    metadata: { name: gateway, namespace: istio-ingress }
    spec: { template: { metadata: { labels: { istio: ingress } } } }
    ---
    kind: Service
    metadata: { name: gateway, namespace: istio-ingress }
    spec: { selector: { istio: ingress }, ports: [${ports}] }
`;
const gateway = (servers: string, selector = 'ingress') => `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec:
      selector: { istio: ${selector} }
      servers:
${servers}
`;

test('reports ports that no Service opens to the pods', () => {
  check(
    gatewayPortNotOnService,
    gateway(`
      - port: { number: 80 }
      - port: { number: 8443 }
      - port: { number: 8004 }
    #                   ^^^^ warning istio/gateway-port-not-on-service 💡 "No Service opens port 8004 to the pods of this Gateway; open are 80, 443 and 8443. Nothing outside reaches it."
      - { port: { number: 0 }, bind: "unix:///tmp/socket" }`) +
      pods('{ port: 80 }, { port: 443, targetPort: 8443 }, { port: 8004, protocol: UDP }'),
    { world: 'open' },
  );
});

test('the default gateway has its own ports; without a Service at hand nothing is said in the open world', () => {
  check(
    gatewayPortNotOnService,
    gateway(
      `
      - port: { number: 443 }
      - port: { number: 8004 }
    #                   ^^^^ warning istio/gateway-port-not-on-service "No Service opens port 8004 to the pods of this Gateway; open are 80, 443, 15443 and 31400."`,
      'ingressgateway',
    ),
  );
  check(
    gatewayPortNotOnService,
    `${gateway('      - port: { number: 8004 }')}
    ---
    kind: Deployment
    metadata: { name: gateway, namespace: istio-ingress }
    spec: { template: { metadata: { labels: { istio: ingress } } } }
`,
    { world: 'open' },
  );
});

test('adds the port to the Service', () => {
  const before = gateway('      - port: { number: 8004, name: http-extra }') + pods('{ name: http, port: 80 }');
  expect(fixTitles(gatewayPortNotOnService, before)).toEqual([
    'Add port 8004 to Service "istio-ingress/gateway" (workspace/main.yaml)',
    'Change to 80',
  ]);
  checkFix(
    gatewayPortNotOnService,
    before,
    'Add port 8004 to Service "istio-ingress/gateway" (workspace/main.yaml)',
    gateway('      - port: { number: 8004, name: http-extra }') +
      pods('{ name: http, port: 80 }, { name: http-extra, port: 8004, targetPort: 8004 }'),
  );
});
