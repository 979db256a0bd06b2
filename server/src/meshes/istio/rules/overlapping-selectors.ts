import type { Definition } from '../../../model/facts.js';
import { namespaceKey } from '../../../model/resource.js';
import { selects } from '../../../model/selectors.js';
import { defineRule } from '../../../rules/rule.js';
import { selectedWorkloads } from '../../kubernetes/lookups.js';
import { isAmbientNamespace, isAmbientWorkload } from '../injection.js';
import { meshConfig } from '../mesh-config.js';
import { keyRange, placeOfName } from '../places.js';
import { selectionOf } from '../selection.js';
import { peerAuthentications, sidecars, telemetries, type PeerAuthenticationFacts, type SelectingPolicyFacts } from '../tables.js';
import { quotedList } from '../words.js';

const PEERS: Readonly<Record<string, readonly string[]>> = {
  PeerAuthentication: ['KIA0003'],
  Sidecar: ['IST0110', 'KIA0003'],
  Telemetry: ['IST0159'],
};

export const overlappingSelectors = defineRule({
  id: 'istio/overlapping-selectors',
  title: 'Several policies of a kind select the same workload',
  severity: 'error',
  category: 'semantics',
  peers: ['IST0110', 'IST0159', 'KIA0003'],
  effect: 'Only the oldest one is used there.',
  why: 'A workload takes one PeerAuthentication, one Sidecar and one Telemetry that selects it. Of several Istio takes the one created first, which no manifest shows; the others do nothing for it.',
  remedy: 'Merge them, or narrow the selectors until each workload is in one.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: cart, namespace: shop }
spec:
  workloadSelector: { labels: { app: cart } }
  egress: [{ hosts: ["./*"] }]
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: backend, namespace: shop }
spec:
  workloadSelector: { labels: { tier: backend } }
  egress: [{ hosts: ["./*"] }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, tier: backend } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: cart, namespace: shop }
spec:
  workloadSelector: { labels: { app: cart } }
  egress: [{ hosts: ["./*"] }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, tier: backend } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: ['PeerAuthentication', 'Sidecar', 'Telemetry'],
  reads: { meshConfig, peerAuthentications, sidecars, telemetries, selectedWorkloads, isAmbientNamespace },

  *check({ resource, read }) {
    const selection = selectionOf(resource, read.meshConfig().rootNamespace);
    if (!selection || Object.keys(selection.labels).length === 0) return;
    const namespace = namespaceKey(resource.namespace);
    const all: readonly Definition<SelectingPolicyFacts | PeerAuthenticationFacts>[] =
      resource.kind === 'Sidecar'
        ? read.sidecars(namespace)
        : resource.kind === 'Telemetry'
          ? read.telemetries(namespace)
          : read.peerAuthentications(namespace);
    const others = all.filter(
      ({ data }) =>
        data.name !== resource.name && Object.keys(data.selector ?? {}).length > 0 && !('hasTargetRef' in data && data.hasTargetRef),
    );
    if (others.length === 0) return;
    const inAmbient = read.isAmbientNamespace(namespace);
    const shared = read
      .selectedWorkloads(selection.key)
      .filter((it) => resource.kind === 'PeerAuthentication' || !isAmbientWorkload(it.data, inAmbient))
      .filter((it) => others.some((other) => selects(other.data.selector!, it.data.labels)));
    if (shared.length === 0) return;
    const rivals = others.filter((other) => shared.some((it) => selects(other.data.selector!, it.data.labels)));
    yield {
      // Several kinds of policies are told apart by their names; of a PeerAuthentication the selector is what counts.
      at: (resource.kind === 'PeerAuthentication' ? keyRange(resource.root, 'spec.selector') : undefined) ?? placeOfName(resource),
      certainty: resource.namespace === undefined ? 'unseen' : 'proven',
      peers: PEERS[resource.kind]!,
      message: `${resource.kind} ${quotedList(rivals.map((it) => it.data.name))} ${rivals.length === 1 ? 'selects' : 'select'} ${quotedList([...new Set(shared.map((it) => it.data.name))])} as well.`,
      related: [
        ...rivals.slice(0, 3).map((it) => ({ at: it, message: `${resource.kind} "${it.data.name}"` })),
        ...shared.slice(0, 2).map((it) => ({ at: it, message: `${it.data.kind} "${it.data.name}" is selected by both` })),
      ],
    };
  },
});
