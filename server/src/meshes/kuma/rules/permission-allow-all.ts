import { defineRule } from '../../../rules/rule.js';
import { controlPlane } from '../control-plane.js';
import { topKind } from '../target-refs.js';

export const permissionAllowAll = defineRule({
  id: 'kuma/permission-allow-all',
  title: 'A permission lets everybody in everywhere',
  severity: 'info',
  category: 'policy',
  effect: 'With it mTLS tells who calls, and keeps nobody out.',
  why: 'A permission for the whole mesh that allows every client is a good first step and a poor last one: whoever gets hold of one workload can call all others.',
  remedy: 'Choose the workloads that it is for, and the clients that need them.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshTrafficPermission
metadata: { name: all, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  targetRef: { kind: Mesh }
  rules: [{ default: { allow: [{ spiffeID: { type: Prefix, value: spiffe://default/ } }] } }]
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshTrafficPermission
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  targetRef: { kind: Dataplane, labels: { app: cart } }
  rules: [{ default: { allow: [{ spiffeID: { type: Exact, value: spiffe://default/ns/shop/sa/web } }] } }]
`,
  },

  kinds: ['MeshTrafficPermission'],
  reads: { controlPlane },

  *check({ resource, read }) {
    if (topKind(resource) !== 'Mesh' || resource.partial) return;
    const { root } = resource;
    const types = root.list('spec.targetRef.proxyTypes.*').length;
    const message = `This permission lets every client call ${types > 0 ? 'all of these proxies' : 'every workload'} of the mesh.`;
    for (const item of read.controlPlane().version === '2.14' ? root.list('spec.from.*') : []) {
      const action = item.get('default.action');
      if (item.text('targetRef.kind') === 'Mesh' && action?.text() === 'Allow') yield { at: action, message };
    }
    for (const conf of root.list('spec.rules.*.default')) {
      if (conf.list('deny.*').length > 0) continue;
      for (const id of conf.list('allow.*.spiffeID')) {
        const value = id.get('value');
        if (id.text('type') === 'Prefix' && value !== undefined && /^spiffe:\/\/[^/]+\/?$/.test(value.text() ?? ''))
          yield { at: value, message };
      }
    }
  },
});
