import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { duplicateWorkloadGroups } from './duplicate-workload-groups.js';

test('reports groups that are the same to every selector', () => {
  check(
    duplicateWorkloadGroups,
    `
    kind: WorkloadGroup
    metadata: { name: a, namespace: shop }
    spec: { metadata: { labels: { app: x, zone: east } } }
    #                   ^^^^^^ warning istio/duplicate-workload-groups "WorkloadGroup "b" has the same labels."
    ---
    kind: WorkloadGroup
    metadata: { name: b, namespace: shop }
    spec: { metadata: { labels: { zone: east, app: x } } }
    #                   ^^^^^^ warning istio/duplicate-workload-groups
    ---
    kind: WorkloadGroup
    metadata: { name: c, namespace: shop }
    spec: { metadata: { labels: { app: x } } }
    ---
    kind: WorkloadGroup
    metadata: { name: d, namespace: elsewhere }
    spec: { metadata: { labels: { app: x, zone: east } } }
    `,
  );
});
