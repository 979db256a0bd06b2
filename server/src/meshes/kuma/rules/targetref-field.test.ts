import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { targetrefField } from './targetref-field.js';

test('each kind takes fields of its own', () => {
  check(
    targetrefField,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Mesh, name: default }
    #                          ^^^^ error kuma/targetref-field
      to:
      - targetRef: { kind: MeshService }
    #   ^^^^^^^^^ error kuma/targetref-field
      - targetRef: { kind: MeshService, name: a, labels: { app: a } }
    #                                            ^^^^^^ error kuma/targetref-field
      - targetRef: { kind: MeshService, name: a, namespace: shop, sectionName: http }
      - targetRef: { kind: MeshExternalService, name: a, sectionName: http }
    #                                                    ^^^^^^^^^^^ error kuma/targetref-field
      - targetRef: { kind: MeshMultiZoneService }
      - targetRef: { kind: MeshService, name: "{{ .Values.name }}" }
  `,
  );
});

test('a section of a Dataplane is for what comes in', () => {
  check(
    targetrefField,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Dataplane, labels: { app: web }, sectionName: http }
    #                                                     ^^^^^^^^^^^ error kuma/targetref-field
      to: [{ targetRef: { kind: Mesh }, default: { idleTimeout: 20s } }]
    ---
    kind: MeshTimeout
    metadata: { name: in, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Dataplane, labels: { app: web }, sectionName: http }
      rules: [{ default: { idleTimeout: 20s } }]
  `,
  );
});

test('tags and types of proxies have their own form', () => {
  check(
    targetrefField,
    `
    kind: MeshTrafficPermission
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: MeshSubset, tags: { app: "a b", team: shop }, proxyTypes: [] }
    #                                             ^^^^^ error kuma/targetref-field
    #                                                                  ^^^^^^^^^^ error kuma/targetref-field
      from:
      - targetRef: { kind: MeshServiceSubset, name: web, tags: { version: "*" } }
        default: { action: Allow }
  `,
  );
});

test('version 3 has labels only', () => {
  check(
    targetrefField,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Dataplane, name: web }
    #                               ^^^^ error kuma/targetref-field
      to:
      - targetRef: { kind: MeshService, name: web }
    #                                   ^^^^ error kuma/targetref-field
      - targetRef: { kind: MeshService, labels: { app: web } }
  `,
    { settings: { kuma: { version: '3.0' } } },
  );
});

test('removes the field', () => {
  checkFix(
    targetrefField,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Mesh, na$0me: default }
  `,
    'Remove "name"',
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Mesh }
  `,
  );
});

test('a backend may be the one that Kuma writes where it finds none', () => {
  const route = (kind: string, mark = '') => `
    kind: MeshHTTPRoute
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: MeshService, name: cart }
        rules: [{ default: { backendRefs: [{ kind: MeshService, name: ${kind}, port: 80 }] } }]
${mark}
`;
  check(targetrefField, route('kuma.io/unresolved-backend'));
  check(
    targetrefField,
    route(
      'kuma.io/other',
      '    #                                                                 ^^^^^^^^^^^^^ error kuma/targetref-field',
    ),
  );
});
