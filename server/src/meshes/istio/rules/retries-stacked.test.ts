import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { retriesStacked } from './retries-stacked.js';

const service = (name: string): string => `
    ---
    kind: Service
    metadata: { name: ${name}, namespace: shop }
    spec: { selector: { app: ${name} }, ports: [{ name: http, port: 80 }] }
    ---
    kind: Deployment
    metadata: { name: ${name}, namespace: shop }
    spec: { template: { metadata: { labels: { app: ${name} } }, spec: { serviceAccountName: ${name}, containers: [{ name: ${name} }] } } }`;

const chain = (inner: string, outer: number, mark = '', source = 'principals: [cluster.local/ns/shop/sa/checkout]'): string => `
    kind: VirtualService
    metadata: { name: payment, namespace: shop }
    spec:
      hosts: [payment]
      http:
      - route: [{ destination: { host: payment } }]
        retries: { attempts: ${inner} }
${mark}
    ---
    kind: VirtualService
    metadata: { name: checkout, namespace: shop }
    spec: { hosts: [shop.example.com], gateways: [edge/public], http: [{ retries: { attempts: ${outer} }, route: [{ destination: { host: checkout } }] }] }
    ---
    kind: AuthorizationPolicy
    metadata: { name: payment, namespace: shop }
    spec: { selector: { matchLabels: { app: payment } }, rules: [{ from: [{ source: { ${source} } }] }] }${service('payment')}${service('checkout')}
`;
const MARK = '    #                        ^ info istio/retries-stacked 💡';

test('multiplies the tries of a service by those of the caller that a policy names', () => {
  check(
    retriesStacked,
    chain('4', 3, `${MARK} "Up to 5 tries here, for each of up to 4 of its caller "checkout.shop", are 20 for one request."`),
  );
  check(retriesStacked, chain('8', 1, MARK), { world: 'open' });
  check(retriesStacked, chain('3', 4, MARK));
  check(retriesStacked, chain('1', 8, MARK));
});

test('three retries at two hops are fine, and so are callers that nobody names', () => {
  check(retriesStacked, chain('3', 3));
  check(retriesStacked, chain('7', 1));
  check(retriesStacked, chain('20', 0));
  check(retriesStacked, chain('9', 9, '', 'namespaces: [shop]'));
  check(retriesStacked, chain('9', 9, '', 'principals: [cluster.local/ns/shop/sa/storefront]'));
});

test('lowers the attempts to what is usual', () => {
  checkFix(retriesStacked, chain('5$0', 3), 'Set attempts to 3', chain('3', 3));
});
