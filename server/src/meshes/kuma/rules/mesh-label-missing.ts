import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { insertEntry } from '../../../yaml/edit.js';
import { meshNames } from '../lookups.js';
import { DEFAULT_MESH, LABEL_KINDS, MESH_LABEL, meshNode, meshOf } from '../names.js';
import { headOf } from '../validation/values.js';

export const meshLabelMissing = defineRule({
  id: 'kuma/mesh-label-missing',
  title: 'An object says no mesh where none is called "default"',
  severity: 'warning',
  category: 'semantics',
  effect: 'It belongs to mesh "default", which nobody here uses.',
  why: 'Without label kuma.io/mesh an object belongs to the mesh called "default". A repository whose meshes have other names leaves that one empty.',
  remedy: 'Add label kuma.io/mesh with the mesh that the object is for.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: Mesh
metadata: { name: prod }
---
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: kuma-system }
spec:
  to:
  - targetRef: { kind: Mesh }
    default: { connectionLimits: { maxConnections: 2 } }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: Mesh
metadata: { name: prod }
---
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: prod } }
spec:
  to:
  - targetRef: { kind: Mesh }
    default: { connectionLimits: { maxConnections: 2 } }
`,
  },

  kinds: LABEL_KINDS,
  reads: { meshNames },

  *check({ resource, read }) {
    if (resource.name === '' || meshNode(resource) !== undefined || meshOf(resource) === undefined) return;
    const names = read.meshNames();
    if (names.length === 0 || names.includes(DEFAULT_MESH)) return;
    yield {
      at: headOf(resource.root.get('metadata'), 'labels'),
      certainty: 'owned',
      message: `"${MESH_LABEL}" is missing, and no Mesh here is called "${DEFAULT_MESH}" (there ${names.length === 1 ? 'is' : 'are'} ${quotedList(names)}).`,
    };
  },

  fix({ resource, read, text }) {
    const names = read.meshNames();
    const metadata = resource.root.map('metadata');
    if (metadata === undefined) return [];
    const labels = metadata.map('labels');
    return names.slice(0, 3).map((name) => ({
      title: `Add label "${MESH_LABEL}: ${name}"`,
      preferred: names.length === 1,
      edits: [
        labels
          ? insertEntry(text, labels, MESH_LABEL, name)
          : insertEntry(text, metadata, 'labels', `${MESH_LABEL}: ${name}`, metadata.entry('namespace') ? 'namespace' : 'name'),
      ],
    }));
  },
});
