import { describe, expect, test } from 'vitest';
import { check } from '../../../../test/support/check.js';
import { hoverAt, labels, renameTo } from '../../../../test/support/editor.js';

describe('objects of Universal', () => {
  test('are judged by what stands in them, and not by where Kubernetes would have them', () => {
    check(
      undefined,
      `
    type: MeshTimeout
    mesh: prod
    name: all_timeouts
    spec:
      targetRef: { kind: MeshGateway, name: edge }
      to:
      - targetRef: { kind: Mesh, name: x }
    #                            ^^^^ error kuma/targetref-field 💡
        default: { connectionTimeout: 0s }
    #                                 ^^ error kuma/invalid-value
    ---
    type: MeshTimeout
    mesh: prod
    name: both-ways
    spec:
      from: [{ targetRef: { kind: Mesh }, default: { idleTimeout: 1s } }]
      to: [{ targetRef: { kind: Mesh }, default: { idleTimeout: 1s } }]
    ---
    type: MeshMetric
    mesh: prod
    name: metrics
    spec: { default: { backends: [{ type: Prometheus, prometheus: { port: 5670, path: /metrics } }] } }
  `,
    );
  });

  test('may have their spec beside their name', () => {
    check(
      undefined,
      `
    type: Mesh
    name: prod
    mtls:
      enabledBackend: ca-2
    #                 ^^^^ error kuma/invalid-resource 💡
      backends: [{ name: ca-1, type: builtin }]
    ---
    type: Dataplane
    mesh: prod
    name: cart-1
    networking:
      address: 10.0.0.1
      inbound: [{ port: 8080, tags: { version: v1 } }]
    #                         ^^^^ error kuma/invalid-resource
  `,
    );
  });

  test('are told from documents that have a type, too', () => {
    check(
      undefined,
      `
    type: Retry
    attempts: 3
    ---
    type: Mesh
    vertices: []
    ---
    type: Timeout
    name: slow
    ---
    type: MeshTimeout
    name: of-the-default-mesh
    spec: { targetRef: { kind: Meshes }, to: [{ targetRef: { kind: Mesh }, default: { idleTimeout: 1s } }] }
    #                          ^^^^^^ error schema/unknown-value 💡
  `,
    );
  });

  test('complete and explain themselves', () => {
    const world = (target: string, mesh = 'prod'): string => `
    type: Mesh
    name: prod
    ---
    type: MeshTimeout
    mesh: ${mesh}
    name: all
    spec:
      to:
      - targetRef:
          kind: ${target}
        default:
          idleTimeout: 1s
    `;
    expect(labels(world('$0'))).toContain('MeshMultiZoneService');
    expect(labels(world('Mesh', '$0'))).toContain('prod');
    expect(renameTo(world('Mesh').replace('name: prod', 'name: pr$0od'), 'live')).toContain('mesh: live');
    expect(hoverAt(world('Mesh').replace('idleTimeout', 'idle$0Timeout'))).toContain('idleTimeout');
  });
});
