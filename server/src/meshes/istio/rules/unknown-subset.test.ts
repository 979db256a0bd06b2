import { expect, test } from 'vitest';
import { check, checkFix, fixTitles } from '../../../../../test/support/check.js';
import { unknownSubset } from './unknown-subset.js';

const route = (subset: string) => `
  # file: shop/checkout.yaml
  kind: VirtualService
  metadata: { name: checkout, namespace: shop }
  spec:
    http:
    - route:
      - destination:
          host: checkout
          subset: ${subset}
`;

const versions = `
  # file: shop/versions.yaml
  kind: DestinationRule
  metadata: { name: checkout, namespace: shop }
  spec:
    host: checkout.shop.svc.cluster.local
    subsets:
    - name: v1
      labels: { version: v1 }
    - name: v2
      labels: { version: v2 }
`;

test('reports a subset that the rule at hand does not define, in both worlds', () => {
  const yaml = `
    # file: shop/checkout.yaml
    kind: VirtualService
    metadata: { name: checkout, namespace: shop }
    spec:
      http:
      - route:
        - destination:
            host: checkout
            subset: v3
    #               ^^ error istio/unknown-subset 💡 "Subset "v3" of "checkout.shop" is not defined."
        - destination:
            host: checkout.shop.svc.cluster.local
            subset: v1
    # file: shop/versions.yaml
    kind: DestinationRule
    metadata: { name: checkout, namespace: shop }
    spec:
      host: checkout
      subsets: [{ name: v1, labels: { version: v1 } }]
  `;
  check(unknownSubset, yaml, { world: 'open' });
  check(unknownSubset, yaml, { world: 'closed' });
});

test('without a rule it is a warning in the open world where the host is at hand, and silent where it is not', () => {
  check(
    unknownSubset,
    `
    kind: VirtualService
    metadata: { name: checkout, namespace: shop }
    spec:
      http:
      - route:
        - destination:
            host: checkout
            subset: v1
    #               ^^ warning istio/unknown-subset 💡 "No DestinationRule in this workspace defines subsets of "checkout.shop"."
        - destination:
            host: payment.payments.svc.cluster.local
            subset: v1
    ---
    kind: Service
    metadata: { name: checkout, namespace: shop }
  `,
    { world: 'open' },
  );
});

test('a wildcard rule defines subsets of the hosts it covers; a template may define any', () => {
  check(
    unknownSubset,
    `
    kind: VirtualService
    metadata: { name: checkout, namespace: shop }
    spec:
      http:
      - route:
        - destination: { host: checkout, subset: v1 }
        - destination: { host: cart, subset: v1 }
        - destination: { host: checkout, subset: "\${VERSION}" }
    ---
    kind: DestinationRule
    metadata: { name: all, namespace: shop }
    spec:
      host: "*.shop.svc.cluster.local"
      subsets: [{ name: v1, labels: { version: v1 } }]
    ---
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      host: cart
      subsets: [{ name: "{{ .Values.version }}", labels: { version: v1 } }]
  `,
  );
});

test('reports a subset whose rule is not exported to here; mirrors count', () => {
  check(
    unknownSubset,
    `
    kind: VirtualService
    metadata: { name: payment, namespace: shop }
    spec:
      http:
      - mirror:
          host: payment.payments.svc.cluster.local
          subset: v1
    #             ^^ error istio/unknown-subset "Subset "v1" is defined in DestinationRule "payments/payment", which is not exported to here. Mirrored requests go nowhere."
    ---
    kind: DestinationRule
    metadata: { name: payment, namespace: payments }
    spec:
      host: payment
      exportTo: ["."]
      subsets: [{ name: v1, labels: { version: v1 } }]
  `,
  );
});

test('tells of a rule whose short host means another namespace; a missing host is told elsewhere', () => {
  check(
    unknownSubset,
    `
    kind: VirtualService
    metadata: { name: checkout, namespace: shop }
    spec:
      http:
      - route:
        - destination:
            host: checkout
            subset: v1
    #               ^^ error istio/unknown-subset "No DestinationRule is for "checkout.shop"; "platform/checkout" is for "checkout.platform"."
        - destination:
            host: missing
            subset: v1
    ---
    kind: DestinationRule
    metadata: { name: checkout, namespace: platform }
    spec:
      host: checkout
      subsets: [{ name: v1, labels: { version: v1 } }]
  `,
  );
});

test('offers subsets that exist, and to add the missing one where the rule is', () => {
  expect(fixTitles(unknownSubset, `${route('v$03')}${versions}`)).toEqual([
    'Change to "v2"',
    'Change to "v1"',
    'Add subset "v3" to DestinationRule "shop/checkout" (shop/versions.yaml)',
  ]);
  checkFix(
    unknownSubset,
    `${route('v$03')}${versions}`,
    'Add subset "v3" to DestinationRule "shop/checkout" (shop/versions.yaml)',
    `${route('v3')}${versions.trimEnd()}
    - name: v3
      labels:
        version: v3
`,
  );
});

test('creates a rule with the label of a workload that fits', () => {
  const rest = `
  ---
  kind: Service
  metadata: { name: checkout, namespace: shop }
  spec: { selector: { app: checkout } }
  ---
  kind: Deployment
  metadata: { name: checkout, namespace: shop }
  spec: { template: { metadata: { labels: { app: checkout, track: canary } } } }
`;
  checkFix(
    unknownSubset,
    `${route('can$0ary').trimEnd()}${rest}`,
    'Create DestinationRule "shop/checkout"',
    `${route('canary').trimEnd()}
  ---
  apiVersion: networking.istio.io/v1
  kind: DestinationRule
  metadata:
    name: checkout
    namespace: shop
  spec:
    host: checkout
    subsets:
    - name: canary
      labels:
        track: canary
${rest.slice(1)}`,
  );
});
