import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { leftoverAnnotation } from './leftover-annotation.js';

const workload = (labels: string, annotations: string, mark = '') => `
    kind: Namespace
    metadata: { name: shop, labels: { ${labels} } }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            ${annotations}
${mark}
`;

test('tells of annotations that another mesh would read', () => {
  check(
    leftoverAnnotation,
    workload(
      'istio-injection: enabled',
      'config.linkerd.io/skip-outbound-ports: "3306"',
      '    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info mesh/leftover-annotation 💡',
    ),
  );
  check(
    leftoverAnnotation,
    workload(
      'kuma.io/sidecar-injection: enabled',
      'traffic.sidecar.istio.io/excludeInboundPorts: "80"',
      '    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info mesh/leftover-annotation 💡',
    ),
  );
});

test('says nothing of the own mesh, of pods in none, and of what takes pods out', () => {
  check(leftoverAnnotation, workload('istio-injection: enabled', 'sidecar.istio.io/proxyCPU: 100m'));
  check(leftoverAnnotation, workload('', 'config.linkerd.io/skip-outbound-ports: "3306"'));
  check(leftoverAnnotation, workload('istio-injection: enabled', 'linkerd.io/inject: disabled'));
  check(leftoverAnnotation, workload('istio-injection: enabled', 'consul.hashicorp.com/connect-inject: "false"'));
});
