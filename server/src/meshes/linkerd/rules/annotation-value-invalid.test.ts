import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { annotationValueInvalid } from './annotation-value-invalid.js';

test('reads values as the injector does', () => {
  check(
    annotationValueInvalid,
    `
    kind: Pod
    metadata:
      name: a
      namespace: shop
      annotations:
        config.linkerd.io/proxy-await: "true"
    #                                  ^^^^^^ warning linkerd/annotation-value-invalid 💡 ""true" is no value of config.linkerd.io/proxy-await: it takes enabled or disabled. It is ignored, and the default holds."
        config.linkerd.io/enable-debug-sidecar: "yes"
    #                                           ^^^^^ warning linkerd/annotation-value-invalid 💡 ""yes" is no value of config.linkerd.io/enable-debug-sidecar: it takes true or false. It is ignored, and the default holds."
        config.linkerd.io/skip-inbound-ports: 80,http
    #                                         ^^^^^^^ warning linkerd/annotation-value-invalid ""80,http" is no value of config.linkerd.io/skip-inbound-ports: it takes ports and ranges, as 3306,8000-8010. It is ignored, and the default holds."
        config.linkerd.io/opaque-ports: pg,3306
        config.linkerd.io/skip-subnets: 10.0.0.0
    #                                   ^^^^^^^^ warning linkerd/annotation-value-invalid ""10.0.0.0" is no value of config.linkerd.io/skip-subnets: it takes networks, as 10.0.0.0/8. It is ignored, and the default holds."
        config.linkerd.io/shutdown-grace-period: "30"
    #                                            ^^^^ warning linkerd/annotation-value-invalid ""30" is no value of config.linkerd.io/shutdown-grace-period: it takes a duration with a unit, as 2m30s. It is ignored, and the default holds."
        config.linkerd.io/proxy-cpu-ratio-limit: "1"
    #                                            ^^^ warning linkerd/annotation-value-invalid ""1" is no value of config.linkerd.io/proxy-cpu-ratio-limit: it takes a number between 0 and 1. It is ignored, and the default holds."
        config.linkerd.io/proxy-uid: root
    #                                ^^^^ warning linkerd/annotation-value-invalid ""root" is no value of config.linkerd.io/proxy-uid: it takes a whole number. It is ignored, and the default holds."
        config.alpha.linkerd.io/proxy-wait-before-exit-seconds: "-1"
    #                                                           ^^^^ warning linkerd/annotation-value-invalid ""-1" is no value of config.alpha.linkerd.io/proxy-wait-before-exit-seconds: it takes a whole number. It is ignored, and the default holds."
        config.linkerd.io/proxy-additional-env: '[{"value": "x"}]'
    #                                           ^^^^^^^^^^^^^^^^^^ warning linkerd/annotation-value-invalid ""[{"value": "x"}]" is no value of config.linkerd.io/proxy-additional-env: it takes a JSON list of variables, each with a name. It is ignored, and the default holds."
        config.linkerd.io/proxy-memory-limit: 64 Mi
    #                                         ^^^^^ warning linkerd/annotation-value-invalid ""64 Mi" is no value of config.linkerd.io/proxy-memory-limit: it takes a quantity such as 100m or 64Mi. It is ignored, and the default holds."
        config.linkerd.io/disable-tap: whatever
    spec: { containers: [{ name: a, ports: [{ name: pg, containerPort: 5432 }] }] }
    ---
    kind: Service
    metadata: { name: b, namespace: shop, annotations: { config.linkerd.io/opaque-ports: pg } }
    #                                                                                    ^^ warning linkerd/annotation-value-invalid ""pg" is no value of config.linkerd.io/opaque-ports: it takes ports and ranges, as 3306,8000-8010. It is ignored, and the default holds."
    ---
    kind: Pod
    metadata:
      name: c
      namespace: shop
      annotations:
        config.linkerd.io/proxy-await: disabled
        config.linkerd.io/enable-debug-sidecar: T
        config.linkerd.io/skip-inbound-ports: " 80 , 8000-8010 "
        config.linkerd.io/skip-subnets: 10.0.0.0/8,fd00::/8
        config.linkerd.io/shutdown-grace-period: 1m30s
        config.linkerd.io/proxy-cpu-ratio-limit: "0.5"
        config.linkerd.io/proxy-gid: "-1"
        config.linkerd.io/proxy-additional-env: '[{"name": "A", "value": "x"}]'
    spec: { containers: [{ name: c }] }

  `,
  );
});

test('wants names of ports that containers have', () => {
  check(
    annotationValueInvalid,
    `
    kind: Pod
    metadata: { name: a, namespace: shop, annotations: { config.linkerd.io/opaque-ports: mysql } }
    #                                                                                    ^^^^^ warning linkerd/annotation-value-invalid ""mysql" is no value of config.linkerd.io/opaque-ports: no container has a port "mysql". It is ignored, and the default holds."
    spec: { containers: [{ name: a, ports: [{ name: pg, containerPort: 5432 }] }] }

  `,
  );
});

test('takes a port 0 for the injector, and not for clients', () => {
  check(
    annotationValueInvalid,
    `
    kind: Pod
    metadata: { name: a, namespace: shop, annotations: { config.linkerd.io/opaque-ports: "0,3306" } }
    ---
    kind: Service
    metadata: { name: b, namespace: shop, annotations: { config.linkerd.io/opaque-ports: "0,3306" } }
    #< warning linkerd/annotation-value-invalid
  `,
  );
});
