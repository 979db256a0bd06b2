import { defineRule } from '../../../rules/rule.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { keyRange } from '../../gateway-api/ranges.js';

export const serverAuthzClientConflict = defineRule({
  id: 'linkerd/server-authz-client-conflict',
  title: 'ServerAuthorization whose clients contradict one another, or are none',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'Clients are either unauthenticated, which lets in everybody, or they have to speak TLS of the mesh. Within TLS, unauthenticatedTLS lets in everyone who does, and identities and service accounts name some. With none of them the authorization lets nobody in.',
  remedy: 'Keep one of them.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta1
kind: ServerAuthorization
metadata: { name: cart, namespace: shop }
spec:
  server: { name: cart }
  client:
    unauthenticated: true
    meshTLS: { identities: ["*"] }
`,
    good: `
apiVersion: policy.linkerd.io/v1beta1
kind: ServerAuthorization
metadata: { name: cart, namespace: shop }
spec:
  server: { name: cart }
  client:
    meshTLS: { identities: ["*"] }
`,
  },

  kinds: ['ServerAuthorization'],
  reads: {},

  *check({ resource }) {
    const spec = resource.root.map('spec');
    const client = spec?.map('client');
    if (spec === undefined || client === undefined || resource.partial || hasOpaque(client)) return;
    const tls = client.map('meshTLS');
    const everybody = client.boolean('unauthenticated') === true;
    if (everybody && client.has('meshTLS')) {
      yield { at: keyRange(client, 'meshTLS')!, message: 'Clients cannot be unauthenticated and have TLS of the mesh, too.' };
      return;
    }
    if (everybody) return;
    const ignored = { severity: 'warning', effect: 'It is accepted, and lets nobody in.' } as const;
    if (tls === undefined) {
      yield { at: keyRange(spec, 'client')!, message: 'This names no client: neither "unauthenticated: true" nor "meshTLS".', ...ignored };
      return;
    }
    const named = ['identities', 'serviceAccounts'].find((it) => tls.list(`${it}.*`).length > 0);
    const anyone = tls.boolean('unauthenticatedTLS') === true;
    if (anyone && named !== undefined)
      yield {
        at: keyRange(tls, named)!,
        message: `"unauthenticatedTLS" lets in every client that speaks TLS, so "${named}" cannot stand beside it.`,
      };
    else if (!anyone && named === undefined)
      yield { at: keyRange(client, 'meshTLS')!, message: 'This names no client: no identities and no service accounts.', ...ignored };
  },
});
