import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { sourceOf } from '../delivery.js';
import { sourcesNamed } from '../lookups.js';
import { sourceNames } from '../tables.js';

const kustomization = (source: string): string => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./, sourceRef: { kind: GitRepository, name: ${source} } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: platform, namespace: flux-system }
spec: { interval: 1m, url: https://example.com/platform }
`;

export const unknownSource = defineRule({
  id: 'flux/unknown-source',
  title: 'Flux takes from a source that does not exist',
  severity: 'error',
  category: 'reference',
  effect: 'Flux applies nothing of it.',
  why: 'A Kustomization and a HelmRelease name the GitRepository, OCIRepository, Bucket or HelmRepository that they take from, in their own namespace unless they say another.',
  remedy: 'Correct the name, or add its namespace.',
  example: { bad: kustomization('platfrom'), good: kustomization('platform') },

  kinds: ['Kustomization', 'HelmRelease'],
  reads: { sourcesNamed, sourceNames },

  *check({ resource, read }) {
    const source = sourceOf(resource);
    if (source === undefined || source.namespace === '?') return;
    const { node, kind, name, namespace } = source;
    if (read.sourcesNamed(`${kind}/${namespace}/${name}`).length > 0 || read.sourcesNamed(`${kind}/?/${name}`).length > 0) return;
    const near = nearest(
      name,
      read.sourceNames(`${kind}/${namespace}`).map((it) => it.data),
    );
    const hint = near === undefined ? '' : ` ("${near}" exists)`;
    yield {
      at: node,
      message: `No ${kind} "${namespace}/${name}" is in this workspace${hint}.`,
      certainty: near === undefined ? 'unseen' : 'near',
      ...(near !== undefined && { data: near }),
    };
  },

  fix({ problem, resource, text }) {
    const node = sourceOf(resource)?.node;
    if (typeof problem.data !== 'string' || node === undefined) return [];
    return [{ title: `Change to "${problem.data}"`, preferred: true, edits: [replaceValue(text, node, problem.data)] }];
  },
});
