import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { twoInjectors } from './two-injectors.js';

const workload = (labels: string, podLabels: string, podAnnotations: string, mark = '') => `
    kind: Namespace
    metadata: { name: shop, labels: { ${labels} } }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec:
      template:
${mark}
        metadata: { labels: { app: cart, ${podLabels} }, annotations: { ${podAnnotations} } }
`;

test('reports pods that two meshes claim', () => {
  check(
    twoInjectors,
    workload(
      'istio-injection: enabled',
      '',
      'linkerd.io/inject: enabled',
      '    # ^^^^^^^^ warning mesh/two-injectors 💡 ""cart" is in Istio (istio-injection: enabled) and in Linkerd (linkerd.io/inject: enabled). Both intercept the same traffic."',
    ),
  );
  check(
    twoInjectors,
    workload('istio.io/dataplane-mode: ambient, kuma.io/sidecar-injection: enabled', '', '', '    # ^^^^^^^^ warning mesh/two-injectors'),
  );
});

test('pods of one mesh are fine, and so are those that are taken out of the other', () => {
  check(twoInjectors, workload('istio-injection: enabled', '', ''));
  check(twoInjectors, workload('istio-injection: enabled', 'sidecar.istio.io/inject: "false"', 'linkerd.io/inject: enabled'));
  check(twoInjectors, workload('istio-injection: enabled, kuma.io/sidecar-injection: enabled', 'kuma.io/sidecar-injection: disabled', ''));
  check(twoInjectors, workload('istio.io/dataplane-mode: ambient, istio-injection: enabled', '', ''));
});

test('offers to take out what the pods say themselves', () => {
  checkFix(
    twoInjectors,
    workload('istio-injection: enabled', '', 'linkerd.io/inject: enabled, a: b'),
    'Remove "linkerd.io/inject"',
    workload('istio-injection: enabled', '', 'a: b'),
  );
});
