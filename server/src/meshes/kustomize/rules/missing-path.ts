import { defineRule } from '../../../rules/rule.js';
import { pathAt } from '../lookups.js';
import { namedPaths } from '../places.js';

export const missingPath = defineRule({
  id: 'kustomize/missing-path',
  title: 'Kustomization names a file or folder that is not there',
  severity: 'error',
  category: 'reference',
  effect: 'Kustomize stops here.',
  why: 'Kustomize reads everything that a kustomization names before it builds anything, so one missing file keeps all of it from being applied.',
  unseen: 'hint',
  remedy: 'Correct the path, or add what it names.',
  example: {
    bad: `
# file: shop/kustomization.yaml
resources:
- service.yaml
# file: shop/services.yaml
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
`,
    good: `
# file: shop/kustomization.yaml
resources:
- services.yaml
# file: shop/services.yaml
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['kustomize.config.k8s.io/Kustomization', 'kustomize.config.k8s.io/Component'],
  reads: { pathAt },

  *check({ resource, read }) {
    for (const { node, written, uri } of namedPaths(resource)) {
      if (read.pathAt(uri) !== undefined) continue;
      const where = written.startsWith('../') ? '' : ' beside this file';
      // Parts of a repository are left out, and keys, Secrets or whole files are made before Kustomize runs.
      yield { at: node, message: `There is no "${written}"${where}.`, certainty: 'unseen' };
    }
  },
});
