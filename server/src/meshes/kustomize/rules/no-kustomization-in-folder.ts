import { defineRule } from '../../../rules/rule.js';
import { pathAt } from '../lookups.js';
import { namedPaths } from '../places.js';

export const noKustomizationInFolder = defineRule({
  id: 'kustomize/no-kustomization-in-folder',
  title: 'Kustomization lists a folder that has none itself',
  severity: 'error',
  category: 'reference',
  effect: 'Kustomize stops here.',
  why: 'A folder among the resources has to say what of it is applied, by a kustomization of its own. Kustomize never takes in all files of a folder.',
  remedy: 'Write a kustomization.yaml there, or list its files one by one.',
  example: {
    bad: `
# file: kustomization.yaml
resources: [shop]
# file: shop/services.yaml
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
`,
    good: `
# file: kustomization.yaml
resources: [shop]
# file: shop/kustomization.yaml
resources: [services.yaml]
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
    for (const { node, written, uri, takes } of namedPaths(resource)) {
      const found = read.pathAt(uri);
      if (found === undefined || found === 'unknown') continue;
      if (takes !== 'file' && found.sort === 'folder' && !found.hasKustomization)
        // Some repositories have it written just before they build.
        yield { at: node, certainty: 'unseen', message: `Folder "${written}" holds no kustomization.yaml.` };
      else if (takes === 'folder' && found.sort === 'file')
        yield { at: node, message: `"${written}" is a file, and only folders can be listed here.` };
    }
  },
});
