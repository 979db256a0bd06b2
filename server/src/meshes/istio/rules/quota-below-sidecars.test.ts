import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { quotaBelowSidecars } from './quota-below-sidecars.js';

const workload = (annotations = '', labels = '') => `
    ---
    kind: Namespace
    metadata: { name: shop, labels: { istio-injection: enabled } }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec:
      replicas: 4
      template:
        metadata: { labels: { app: cart${labels} }, annotations: { ${annotations} } }
        spec: { containers: [{ name: cart, resources: { requests: { cpu: 250m, memory: 256Mi } } }] }`;

test('adds up what applications and sidecars ask for', () => {
  check(
    quotaBelowSidecars,
    `
    kind: ResourceQuota
    metadata: { name: shop, namespace: shop }
    spec:
      hard:
        requests.cpu: "1"
    #                 ^^^ warning istio/quota-below-sidecars "4 injected pods ask for 1 + 200m for sidecars = 1200m CPU, and 1 is allowed. Pods beyond it are not created."
        memory: 2Gi
    ${workload()}
    `,
    { world: 'open' },
  );
});

test('takes what annotations give a sidecar', () => {
  check(
    quotaBelowSidecars,
    `
    kind: ResourceQuota
    metadata: { name: shop, namespace: shop }
    spec: { hard: { requests.cpu: 1100m } }
    ---
    kind: LimitRange
    metadata: { name: shop, namespace: shop }
    spec:
      limits:
      - type: Container
        max: { memory: 256Mi }
    #                  ^^^^^ warning istio/quota-below-sidecars "A container may have 256Mi memory; the sidecar of "cart" asks for 512Mi."
    ${workload('sidecar.istio.io/proxyCPU: 10m, sidecar.istio.io/proxyMemory: 512Mi')}
    `,
  );
});

test('bounds what a sidecar may use, and counts init containers that keep running', () => {
  const range = (mark: string, annotations: string) => `
    kind: LimitRange
    metadata: { name: shop, namespace: shop }
    spec:
      limits:
      - type: Container
        max: { memory: 2Gi }
${mark}    ${workload(annotations)}
    `;
  check(
    quotaBelowSidecars,
    range(
      '    #                  ^^^ warning istio/quota-below-sidecars "A container may have 2Gi memory; the sidecar of "cart" has a limit of 4Gi."\n',
      'sidecar.istio.io/proxyMemoryLimit: 4Gi',
    ),
  );
  check(quotaBelowSidecars, range('', 'sidecar.istio.io/proxyMemoryLimit: 1Gi'));
  const quota = (restart: string, mark: string) => `
    kind: Namespace
    metadata: { name: bank, labels: { istio-injection: enabled } }
    ---
    kind: ResourceQuota
    metadata: { name: bank, namespace: bank }
    spec: { hard: { requests.cpu: 240m } }
${mark}    ---
    kind: Deployment
    metadata: { name: ledger, namespace: bank }
    spec:
      template:
        metadata: { labels: { app: ledger } }
        spec:
          initContainers: [{ name: log${restart}, resources: { requests: { cpu: 100m } } }]
          containers: [{ name: ledger, resources: { requests: { cpu: 100m } } }]
    `;
  check(
    quotaBelowSidecars,
    quota(
      ', restartPolicy: Always',
      '    #                             ^^^^ warning istio/quota-below-sidecars "1 injected pod asks for 200m + 50m for sidecars = 250m CPU, and 240m is allowed."\n',
    ),
  );
  check(quotaBelowSidecars, quota('', ''));
});

test('is silent where pods are not injected, where they do not fit anyway, and for quotas of some pods only', () => {
  check(
    quotaBelowSidecars,
    `
    kind: ResourceQuota
    metadata: { name: shop, namespace: shop }
    spec: { hard: { requests.cpu: "1" } }
    ${workload('', ', sidecar.istio.io/inject: "false"')}
    `,
  );
  check(
    quotaBelowSidecars,
    `
    kind: ResourceQuota
    metadata: { name: shop, namespace: shop }
    spec: { hard: { requests.cpu: 500m } }
    ---
    kind: ResourceQuota
    metadata: { name: best-effort, namespace: shop }
    spec: { hard: { requests.cpu: "1" }, scopes: [BestEffort] }
    ${workload()}
    `,
  );
});
