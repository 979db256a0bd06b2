import { expect, test } from 'vitest';
import { check, checkFix, fixTitles } from '../../../../../test/support/check.js';
import { unknownDestinationRuleHost } from './unknown-destination-rule-host.js';

const services = `
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    ---
    kind: Service
    metadata: { name: payment, namespace: payments }
`;
const rule = (host: string, mark = '') => `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      host: ${host}
${mark}
${services}`;

test('reports hosts that nothing defines, and what comes nearest', () => {
  const at = (carets: string, message: string) => `    #       ${carets} warning istio/unknown-destination-rule-host ${message}`;
  check(
    unknownDestinationRuleHost,
    rule('crat', at('^^^^', '💡 "No Service or ServiceEntry defines "crat.shop" ("cart.shop" exists). This rule applies to nothing."')),
  );
  check(
    unknownDestinationRuleHost,
    rule('payment', at('^^^^^^^', '💡 ""payment" means "payment.shop" here; the Service is in "payments"."')),
  );
  check(
    unknownDestinationRuleHost,
    rule('cart.shop', at('^^^^^^^^^', '💡 ""cart.shop" is not the Service "shop/cart": Istio completes only hosts without a dot."')),
  );
  check(
    unknownDestinationRuleHost,
    rule('api.example.com', at('^^^^^^^^^^^^^^^', '"No Service or ServiceEntry defines "api.example.com"."')),
  );
});

test('is silent about known hosts and wildcards, and in the open world about what may be elsewhere', () => {
  check(unknownDestinationRuleHost, rule('cart'));
  check(unknownDestinationRuleHost, rule('"*.local"'));
  check(unknownDestinationRuleHost, rule('"{{ .Values.host }}"'));
  check(unknownDestinationRuleHost, rule('api.example.com'), { world: 'open' });
  check(
    unknownDestinationRuleHost,
    rule(
      'ledger',
      '    #       ^^^^^^ warning istio/unknown-destination-rule-host "No Service or ServiceEntry in this workspace defines "ledger.shop"."',
    ),
    {
      world: 'open',
    },
  );
});

test('a host that is not exported to here is as good as none', () => {
  check(
    unknownDestinationRuleHost,
    `
    kind: DestinationRule
    metadata: { name: api, namespace: shop }
    spec:
      host: api.example.com
    #       ^^^^^^^^^^^^^^^ warning istio/unknown-destination-rule-host ""api.example.com" is not exported to where this rule applies."
    ---
    kind: ServiceEntry
    metadata: { name: api, namespace: payments }
    spec: { hosts: [api.example.com], exportTo: ["."] }
  `,
  );
});

test('changes to the host that exists', () => {
  checkFix(unknownDestinationRuleHost, rule('crat'), 'Change to "cart"', rule('cart'));
  expect(fixTitles(unknownDestinationRuleHost, rule('payment'))).toEqual(['★ Change to "payment.payments.svc.cluster.local"']);
  expect(fixTitles(unknownDestinationRuleHost, rule('cart.shop'))).toEqual(['★ Change to "cart.shop.svc.cluster.local"']);
});

test('a wildcard needs a host that it covers, or that covers it; files that are not at hand may have one', () => {
  const rule = (host: string, mark = '') => `
    kind: DestinationRule
    metadata: { name: all, namespace: shop }
    spec:
      host: "${host}"
${mark}
    ---
    kind: ServiceEntry
    metadata: { name: api, namespace: shop }
    spec: { hosts: [api.eu.example.com, "*.example.org"] }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
  `;
  for (const known of ['*', '*.com', '*.example.com', '*.eu.example.com', '*.www.example.org', '*.local', '*.shop.svc.cluster.local'])
    check(unknownDestinationRuleHost, rule(known));
  const mark = (length: number) => `    #       ${'^'.repeat(length + 2)} warning istio/unknown-destination-rule-host`;
  for (const unknown of ['*.example.net', '*.us.example.com', '*.other.svc.cluster.local']) {
    check(unknownDestinationRuleHost, rule(unknown, mark(unknown.length)));
    check(unknownDestinationRuleHost, rule(unknown), { world: 'open' });
  }
});
