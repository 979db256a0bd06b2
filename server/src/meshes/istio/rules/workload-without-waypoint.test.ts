import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { workloadWithoutWaypoint } from './workload-without-waypoint.js';

const world = (mark: string, labels = '') => `
    kind: Namespace
    metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    ${mark}
    spec: { template: { metadata: { labels: { app: cart${labels} } } } }
    ---
    kind: AuthorizationPolicy
    metadata: { name: access, namespace: shop }
    spec: { selector: { matchLabels: { app: cart } }, rules: [{ to: [{ operation: { methods: [GET] } }] }] }`;

test('hints at workloads whose requests nobody looks at', () => {
  check(workloadWithoutWaypoint, world('#                 ^^^^ hint istio/workload-without-waypoint'));
});

test('a waypoint, or staying out of ambient, is fine', () => {
  check(workloadWithoutWaypoint, world('', ', istio.io/use-waypoint: wp'));
  check(workloadWithoutWaypoint, world('', ', istio.io/dataplane-mode: none'));
});

test('warns where the workload alone is in ambient', () => {
  const alone = world('#                 ^^^^ warning istio/workload-without-waypoint', ', istio.io/dataplane-mode: ambient');
  check(workloadWithoutWaypoint, alone.replace('{ istio.io/dataplane-mode: ambient }', '{ team: shop }'));
});
