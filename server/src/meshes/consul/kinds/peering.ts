import type { Emit } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { secretsNamed } from '../../kubernetes/lookups.js';
import { secrets, secretsByName, secretsIn, type SecretFacts } from '../../kubernetes/tables.js';
import { allPeers, peeringsOfSecret, peers } from '../tables.js';
import { consulKind, entryOf, nameNode } from './shared.js';

function extractPeering(resource: Resource, emit: Emit): void {
  if (resource.name === '') return;
  const entry = entryOf(resource);
  emit.define(peers, resource.name, nameNode(resource), entry);
  emit.define(allPeers, '', nameNode(resource), entry);
  const node = resource.root.get('spec.peer.secret.name');
  const secret = node?.text();
  if (node === undefined || secret === undefined || secret === '') return;
  emit.define(peeringsOfSecret, `${resource.kind}/${namespaceKey(resource.namespace)}/${secret}`, node, { ...entry, secret });
}

/** Makes the token of a peering and puts it into a Secret. */
export const peeringAcceptor = consulKind('PeeringAcceptor', (resource, emit) => {
  extractPeering(resource, emit);
  const node = resource.root.get('spec.peer.secret.name');
  const name = node?.text();
  if (node === undefined || name === undefined || name === '') return;
  const key = resource.root.text('spec.peer.secret.key');
  const facts: SecretFacts = {
    name,
    namespace: resource.namespace,
    secretType: '',
    keys: key === undefined ? [] : [key],
    generatedBy: 'Consul',
    certificate: undefined,
    incomplete: false,
  };
  emit.define(secrets, `${namespaceKey(resource.namespace)}/${name}`, node, facts);
  emit.define(secretsByName, name, node, facts);
  emit.define(secretsIn, namespaceKey(resource.namespace), node, facts);
});

/** Reads the token of a peering from a Secret. */
export const peeringDialer = consulKind('PeeringDialer', (resource, emit) => {
  extractPeering(resource, emit);
  const node = resource.root.get('spec.peer.secret.name');
  if (node?.text()) emit.refer(secretsNamed, `${namespaceKey(resource.namespace)}/${node.text()}`, node);
});
