import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { nearest } from '../../../text/nearest.js';
import { changeToNear } from '../fields.js';
import { ANY } from '../names.js';
import { allPeers, peers } from '../tables.js';

const PATHS: Readonly<Record<string, readonly string[]>> = {
  ServiceResolver: ['spec.redirect.peer', 'spec.failover.*.targets.*.peer'],
  ServiceIntentions: ['spec.sources.*.peer'],
  ExportedServices: ['spec.services.*.consumers.*.peer'],
  SamenessGroup: ['spec.members.*.peer'],
};

export const peerNotFound = defineRule({
  id: 'consul/peer-not-found',
  title: 'Peer that nothing in the workspace makes',
  severity: 'info',
  category: 'reference',
  effect: 'Nothing goes there until it is peered.',
  why: 'A peer is called by the name of its PeeringAcceptor or PeeringDialer. Until such a peering exists, nothing is reached in it and nothing comes from it.',
  remedy: 'Correct the name, or state the peering.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec: { failover: { '*': { targets: [{ peer: eest }] } } }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: PeeringAcceptor
metadata: { name: east, namespace: consul }
spec:
  peer:
    secret: { name: token, key: data, backend: kubernetes }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec: { failover: { '*': { targets: [{ peer: east }] } } }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: PeeringAcceptor
metadata: { name: east, namespace: consul }
spec:
  peer:
    secret: { name: token, key: data, backend: kubernetes }
`,
  },

  kinds: ['ServiceResolver', 'ServiceIntentions', 'ExportedServices', 'SamenessGroup'],
  reads: { peers, allPeers },

  *check({ resource, read }) {
    const known = read.allPeers('').map((it) => it.data.name);
    if (known.length === 0) return;
    const told = new Set<string>();
    for (const node of (PATHS[resource.kind] ?? []).flatMap((path) => resource.root.list(path))) {
      const peer = node.text();
      if (peer === undefined || peer === '' || peer.includes(ANY) || told.has(peer) || read.peers(peer).length > 0) continue;
      told.add(peer);
      const near = nearest(peer, known);
      yield {
        at: node,
        certainty: near === undefined ? 'owned' : 'near',
        message: `No peering "${shown(peer)}" is in this workspace${near === undefined ? '' : ` ("${near}" is)`}.`,
        ...(near !== undefined && {
          data: near,
          related: read.peers(near).map((it) => ({ at: it, message: `${it.data.kind} "${near}" is stated here` })),
        }),
      };
    }
  },

  fix: changeToNear,
});
