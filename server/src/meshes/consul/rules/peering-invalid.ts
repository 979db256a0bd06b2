import { defineRule } from '../../../rules/rule.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import { keyAt, lacks, specOf, unknownValue } from '../fields.js';
import { REFUSED } from '../names.js';

export const peeringInvalid = defineRule({
  id: 'consul/peering-invalid',
  title: 'Peering without a secret of Kubernetes',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'The token of a peering is kept in a Secret of Kubernetes; the webhook knows no other place.',
  remedy: 'Write peer.secret with name, key and backend kubernetes.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: PeeringAcceptor
metadata: { name: east, namespace: consul }
spec:
  peer:
    secret: { name: east-token, key: data, backend: vault }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: PeeringAcceptor
metadata: { name: east, namespace: consul }
spec:
  peer:
    secret: { name: east-token, key: data, backend: kubernetes }
`,
  },

  kinds: ['PeeringAcceptor', 'PeeringDialer'],
  reads: {},

  *check({ resource }) {
    const spec = specOf(resource);
    const peer = spec?.get('peer');
    if (resource.partial || spec?.partial === true || (spec && !spec.has('peer'))) return; // the schema tells of that
    const secret = peer?.get('secret');
    if (peer === undefined || (peer.type === 'map' && lacks(resource, peer, 'secret'))) {
      yield { at: keyAt(resource, 'spec.peer.secret'), message: 'This peering has no secret.' };
      return;
    }
    if (secret?.type !== 'map') return;
    if (lacks(resource, secret, 'backend'))
      yield { at: keyAt(resource, 'spec.peer.secret'), message: 'The secret has no backend; it is kubernetes.', data: '' };
    else yield* unknownValue(secret.get('backend'), ['kubernetes'], 'backend of secrets');
  },

  fix({ resource, text }) {
    const backend = resource.root.get('spec.peer.secret.backend');
    const secret = resource.root.map('spec.peer.secret');
    if (secret === undefined) return [];
    const edit = backend ? replaceValue(text, backend, 'kubernetes') : insertEntry(text, secret, 'backend', 'kubernetes');
    return [{ title: 'Set backend: kubernetes', preferred: true, edits: [edit] }];
  },
});
