import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { quotedList } from '../../../text/words.js';
import { replaceValue } from '../../../yaml/edit.js';
import type { Resource } from '../../../model/resource.js';
import type { YamlNode } from '../../../yaml/node.js';
import { annotationSitesIn } from '../../kubernetes/annotation-sites.js';
import { POD_KINDS } from '../../kubernetes/pod-templates.js';
import { GROUP as GATEWAY_API, ROUTE_KINDS } from '../../gateway-api/references.js';
import { meshNamed, meshNames } from '../lookups.js';
import { DEFAULT_MESH, FIELD_KINDS, LABEL_KINDS, MESH_LABEL, meshNode } from '../names.js';

const OTHERS = ['Namespace', 'Service', ...POD_KINDS];
const ROUTES = ROUTE_KINDS.map((it) => `${GATEWAY_API}/${it}`);

export const meshNotFound = defineRule({
  id: 'kuma/mesh-not-found',
  title: 'An object belongs to a mesh that does not exist',
  severity: 'error',
  category: 'reference',
  effect: 'Nothing of it takes effect; pods of it cannot be created.',
  why: 'A policy of a mesh that is not there is refused or waits for it. A pod whose mesh is not there is refused by the injector.',
  remedy: 'Correct the name, or write the Mesh.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: Mesh
metadata: { name: prod }
---
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: pord } }
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

  kinds: [...LABEL_KINDS, ...FIELD_KINDS, ...OTHERS, ...ROUTES],
  reads: { meshNamed, meshNames },

  *check({ resource, read }) {
    for (const at of meshNodesOf(resource)) {
      const name = at.text();
      if (name === undefined || name === '' || name === DEFAULT_MESH || read.meshNamed(name).length > 0) continue;
      const names = read.meshNames();
      if (names.length === 0) continue;
      const near = nearest(name, names);
      yield {
        at,
        certainty: near === undefined ? 'owned' : 'near',
        message: `No Mesh is called "${name}" (${near === undefined ? `there ${names.length === 1 ? 'is' : 'are'} ${quotedList(names)}` : `"${near}" exists`}).`,
      };
    }
  },

  fix({ resource, problem, read, text }) {
    const node = meshNodesOf(resource).find((it) => it.start === problem.at.start);
    const written = node?.text();
    if (node === undefined || written === undefined) return [];
    const names = read.meshNames();
    const near = nearest(written, names);
    return (near === undefined ? names : [near]).slice(0, 3).map((name) => ({
      title: `Change to "${name}"`,
      preferred: name === near,
      edits: [replaceValue(text, node, name)],
    }));
  },
});

/** Where a resource, or its pod template, names its mesh. */
function meshNodesOf(resource: Resource): readonly YamlNode[] {
  if (resource.group !== 'kuma.io') return annotationSitesIn(resource, (it) => it === MESH_LABEL, 'labels').map((it) => it.value);
  const node = meshNode(resource);
  return node === undefined ? [] : [node];
}
