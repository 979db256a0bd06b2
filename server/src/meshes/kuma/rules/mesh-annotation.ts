import { defineRule } from '../../../rules/rule.js';
import { POD_KINDS } from '../../kubernetes/pod-templates.js';
import { controlPlane } from '../control-plane.js';
import { keySites, type KeySite } from '../keys.js';
import { moveKey } from '../move-key.js';
import { MESH_LABEL } from '../names.js';

export const meshAnnotation = defineRule({
  id: 'kuma/mesh-annotation',
  title: 'A mesh is named by an annotation',
  severity: 'warning',
  category: 'semantics',
  effect: 'Version 3 reads the label only.',
  why: 'Version 2 reads annotation kuma.io/mesh where the label is absent. Version 3 does not, so that the workload would move to mesh "default".',
  remedy: 'Make it a label.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: { kuma.io/sidecar-injection: enabled }
  annotations: { kuma.io/mesh: prod }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: { kuma.io/sidecar-injection: enabled, kuma.io/mesh: prod }
`,
  },

  kinds: ['Namespace', 'Service', ...POD_KINDS],
  reads: { controlPlane },

  *check({ resource, read }) {
    for (const { keyRange } of meshAnnotations(keySites(resource))) {
      const isGone = read.controlPlane().version === '3.0';
      yield {
        at: keyRange,
        peers: isGone ? ['kuma/removed-annotation'] : [],
        message: `"${MESH_LABEL}" is a label, and stands among the annotations.`,
        ...(isGone && { effect: 'Version 3 reads the label only: this is in mesh "default".' }),
      };
    }
  },

  fix({ resource, problem, text }) {
    const site = keySites(resource).find((it) => it.keyRange.start === problem.at.start);
    return site === undefined ? [] : moveKey(text, site);
  },
});

function meshAnnotations(sites: readonly KeySite[]): readonly KeySite[] {
  return sites.filter(
    ({ name, field, carrier, metadata }) =>
      name === MESH_LABEL &&
      field === 'annotations' &&
      ['Namespace', 'Service', 'Pod'].includes(carrier) &&
      metadata.map('labels')?.entry(MESH_LABEL) === undefined,
  );
}
