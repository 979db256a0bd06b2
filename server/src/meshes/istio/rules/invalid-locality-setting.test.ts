import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { invalidLocalitySetting } from './invalid-locality-setting.js';

const rule = (setting: string) => `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      trafficPolicy:
        outlierDetection: { consecutive5xxErrors: 5 }
        loadBalancer: { localityLbSetting: { ${setting} } }`;

test('reports distributions that do not work out', () => {
  check(
    invalidLocalitySetting,
    `${rule('distribute: [{ from: us/a, to: { us/a: 100, us/b: 0 } }]')}
    #                                                                                          ^ error istio/invalid-locality-setting "0 is no share of traffic; they are 1 to 100 percent."
  `,
  );
  check(
    invalidLocalitySetting,
    `${rule('distribute: [{ from: us/a, to: { us/a: 60, us/b: 30 } }]')}
    #                                                                   ^^ error istio/invalid-locality-setting "The shares add up to 90, not to 100."
  `,
  );
  check(
    invalidLocalitySetting,
    `${rule('distribute: [{ from: us//a, to: { us: 100 } }, { from: eu/*/a, to: { eu/*: 100 } }]')}
    #                                                             ^^^^^ error istio/invalid-locality-setting
    #                                                                                               ^^^^^^ error istio/invalid-locality-setting "In "eu/*/a" the star is not at the end."
  `,
  );
  check(
    invalidLocalitySetting,
    `${rule('distribute: [{ from: us/*, to: { us/a: 100 } }, { from: us/b, to: { us/b: 100 } }]')}
    #                                                                                                ^^^^ error istio/invalid-locality-setting ""us/b" and "us/*" overlap."
  `,
  );
  check(invalidLocalitySetting, rule('distribute: [{ from: us/a, to: { us/a: 70, us/b: 30 } }, { from: us/b, to: { us/*: 100 } }]'));
});

test('reports failover that leads nowhere', () => {
  check(
    invalidLocalitySetting,
    `${rule('failover: [{ from: us, to: us }, { from: us/a, to: eu }]')}
    #                                                                   ^^ error istio/invalid-locality-setting ""us" fails over to itself."
    #                                                                                 ^^^^ error istio/invalid-locality-setting
  `,
  );
  check(
    invalidLocalitySetting,
    `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      trafficPolicy:
        loadBalancer: { localityLbSetting: { failover: [{ from: us, to: eu }] } }
    #                                        ^^^^^^^^ warning istio/invalid-locality-setting
  `,
  );
});

test('adds the outlier detection that failover needs', () => {
  const yaml = (more: string) => `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      host: cart
      trafficPolicy:
        loadBalancer:
          localityLbSetting:
            fail$0over:
            - { from: eu, to: us }
${more}  `;
  checkFix(
    invalidLocalitySetting,
    yaml(''),
    'Add outlierDetection',
    yaml(
      '        outlierDetection:\n          consecutive5xxErrors: 5\n          interval: 10s\n          baseEjectionTime: 30s\n',
    ).replace('$0', ''),
  );
});
