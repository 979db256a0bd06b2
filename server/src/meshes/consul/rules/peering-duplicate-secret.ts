import { namespaceKey } from '../../../model/resource.js';
import { resourcesOfFile } from '../../../index/files.js';
import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { earlierOne } from '../lookups.js';
import { REFUSED } from '../names.js';
import { peeringsOfSecret } from '../tables.js';

export const peeringDuplicateSecret = defineRule({
  id: 'consul/peering-duplicate-secret',
  title: 'Two peerings use one secret',
  severity: 'error',
  category: 'semantics',
  effect: REFUSED,
  why: 'Each peering has a token of its own. The webhook refuses a second acceptor, or a second dialer, with the same Secret.',
  remedy: 'Give each peering a Secret of its own.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: PeeringAcceptor
metadata: { name: east, namespace: consul }
spec:
  peer:
    secret: { name: token, key: data, backend: kubernetes }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: PeeringAcceptor
metadata: { name: west, namespace: consul }
spec:
  peer:
    secret: { name: token, key: data, backend: kubernetes }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: PeeringAcceptor
metadata: { name: east, namespace: consul }
spec:
  peer:
    secret: { name: east-token, key: data, backend: kubernetes }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: PeeringAcceptor
metadata: { name: west, namespace: consul }
spec:
  peer:
    secret: { name: west-token, key: data, backend: kubernetes }
`,
  },

  kinds: ['PeeringAcceptor', 'PeeringDialer'],
  reads: { peeringsOfSecret, resourcesOfFile },

  *check({ resource, read }) {
    const node = resource.root.get('spec.peer.secret.name');
    const secret = node?.text();
    if (node === undefined || secret === undefined || secret === '') return;
    const found = read.peeringsOfSecret(`${resource.kind}/${namespaceKey(resource.namespace)}/${secret}`);
    const first = earlierOne(found, resource.id, read.resourcesOfFile);
    if (first === undefined) return;
    yield {
      at: node,
      message: `${resource.kind} "${first.data.name}" uses Secret "${shown(secret)}" too.`,
      related: [{ at: first, message: 'the Secret is used here first' }],
    };
  },
});
