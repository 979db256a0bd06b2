import type { Definition } from '../../../model/facts.js';
import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { workloadsByLabel } from '../../kubernetes/tables.js';
import { isAmbientNamespace } from '../injection.js';
import { isOpen } from '../kinds/shared.js';
import { placeOfAbsent, placeOfName } from '../places.js';
import { selectionOf, selectorPath } from '../selection.js';
import { meshConfig } from '../mesh-config.js';
import { peerAuthentications, sidecars, telemetries, type PeerAuthenticationFacts, type SelectingPolicyFacts } from '../tables.js';
import { quotedList } from '../words.js';

export const duplicateNamespacePolicy = defineRule({
  id: 'istio/duplicate-namespace-policy',
  title: 'Several policies of a kind for the whole namespace',
  severity: 'error',
  category: 'semantics',
  peers: ['IST0111', 'IST0160', 'KIA0002'],
  effect: 'Only the oldest one is used.',
  why: 'A namespace has one PeerAuthentication, one Sidecar and one Telemetry without a selector. Of several Istio takes the one created first, which no manifest shows; the others do nothing, and after a recreation it may be another.',
  remedy: 'Merge them into one, or give all but one a selector.',
  otherTools: 'Kiali reports Sidecars only where the namespace holds a workload, and knows no rule for Telemetry.',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: migration, namespace: shop }
spec: { mtls: { mode: PERMISSIVE } }
`,
    good: `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
`,
  },

  kinds: ['PeerAuthentication', 'Sidecar', 'Telemetry'],
  reads: { meshConfig, peerAuthentications, sidecars, telemetries, workloadsByLabel, isAmbientNamespace },

  *check({ resource, read }) {
    const selection = selectionOf(resource, read.meshConfig().rootNamespace);
    if (!selection || Object.keys(selection.labels).length > 0 || isOpen(resource, selectorPath(resource.kind))) return;
    const namespace = namespaceKey(resource.namespace);
    if (resource.kind === 'Sidecar' && read.isAmbientNamespace(namespace)) return; // istio/sidecar-in-ambient tells
    const all: readonly Definition<SelectingPolicyFacts | PeerAuthenticationFacts>[] =
      resource.kind === 'Sidecar'
        ? read.sidecars(namespace)
        : resource.kind === 'Telemetry'
          ? read.telemetries(namespace)
          : read.peerAuthentications(namespace);
    // Of the same name it is the same resource, written twice.
    const others = all.filter(
      ({ data }) =>
        data.name !== resource.name && Object.keys(data.selector ?? {}).length === 0 && !('hasTargetRef' in data && data.hasTargetRef),
    );
    if (others.length === 0) return;
    // Where no workload could be selected, and for Telemetry, one of them is too many; elsewhere a selector is what is missing.
    const canSelect =
      resource.kind === 'PeerAuthentication' || (resource.kind === 'Sidecar' && read.workloadsByLabel(`${namespace}/`).length > 0);
    const selector = resource.kind === 'Sidecar' ? 'spec.workloadSelector' : 'spec.selector';
    yield {
      at: canSelect ? placeOfAbsent(resource, selector) : placeOfName(resource),
      // Manifests that leave the namespace out may be meant for different ones.
      certainty: resource.namespace === undefined ? 'unseen' : 'proven',
      peers:
        resource.kind === 'Telemetry'
          ? ['IST0160']
          : resource.kind === 'PeerAuthentication'
            ? ['KIA0002']
            : canSelect
              ? ['IST0111', 'KIA0002']
              : ['IST0111'],
      message: `${quotedList(others.map((it) => it.data.name))} ${others.length === 1 ? 'is a' : 'are'} ${resource.kind} for all of ${resource.namespace === undefined ? 'the namespace' : `"${resource.namespace}"`} as well.`,
      related: others.map((it) => ({ at: it, message: `${resource.kind} "${it.data.name}" has no selector either` })),
    };
  },
});
