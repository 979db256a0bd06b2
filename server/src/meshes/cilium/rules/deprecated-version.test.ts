import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { deprecatedVersion } from './deprecated-version.js';

const POOL = (version: string, mark = '') => `
    apiVersion: cilium.io/${version}
${mark}
    kind: CiliumLoadBalancerIPPool
    metadata: { name: blue }
    spec: { blocks: [{ cidr: 10.0.10.0/24 }] }
`;

test('reports v2alpha1 where there is v2', () => {
  check(deprecatedVersion, POOL('v2alpha1', '    #           ^^^^^^^^^^^^^^^^^^ warning cilium/deprecated-version 💡'));
  check(deprecatedVersion, POOL('v2'));
  check(deprecatedVersion, POOL('v2alpha1'), { settings: { cilium: { version: '1.17' } } });
  check(deprecatedVersion, POOL('v2alpha1').replace('LoadBalancerIPPool', 'PodIPPool'));
});

test('offers v2', () => {
  checkFix(deprecatedVersion, POOL('v2alpha1'), 'Change to "cilium.io/v2"', POOL('v2'));
});
