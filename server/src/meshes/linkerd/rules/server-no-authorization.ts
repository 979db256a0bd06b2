import { defineRule } from '../../../rules/rule.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import { accessOfServer } from '../access.js';
import { keyOf } from '../kinds/shared.js';
import { isKindAtHand } from '../lookups.js';
import { POLICY_GROUP } from '../tables.js';
import { displayName } from '../../../model/resource.js';

export const serverNoAuthorization = defineRule({
  id: 'linkerd/server-no-authorization',
  title: 'Server that nothing lets clients in to',
  severity: 'warning',
  category: 'policy',
  effect: 'It refuses everyone.',
  why: 'As soon as a Server covers a port, only clients that a policy names get through, whatever the default policy of the cluster was. Without an AuthorizationPolicy or a ServerAuthorization the port is closed, for clients in the mesh too.',
  remedy: 'Write an AuthorizationPolicy, or set accessPolicy to audit until there is one.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, port: 8080 }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, port: 8080 }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRef: { group: policy.linkerd.io, kind: Server, name: cart }
  requiredAuthenticationRefs: [{ kind: ServiceAccount, name: default }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: ['Server'],
  reads: { accessOfServer, isKindAtHand },

  *check({ resource, read }) {
    const { root, name, namespace, partial } = resource;
    if (name === '' || partial || (root.has('spec.accessPolicy') && root.text('spec.accessPolicy') !== 'deny')) return;
    const { policies, authorizations, routes } = read.accessOfServer(keyOf(resource));
    if (policies.length + authorizations.length > 0 || routes.some((it) => it.policies.length > 0)) return;
    // A policy that states its namespace may be about a Server that does not.
    if (namespace === undefined && ['AuthorizationPolicy', 'ServerAuthorization'].some((it) => read.isKindAtHand(`${POLICY_GROUP}/${it}`)))
      return;
    yield {
      at: root.get('metadata.name')!,
      message: `Nothing in this workspace authorizes a client of Server "${displayName(resource)}".`,
      related: routes
        .map(({ route }) => ({ at: route, message: `${route.data.kind} "${route.data.name}" is attached, and no policy is about it` }))
        .slice(0, 5),
    };
  },

  fix({ resource, text }) {
    const { root, name, namespace } = resource;
    const spec = root.map('spec');
    if (spec === undefined) return [];
    const policy = root.get('spec.accessPolicy');
    const place = namespace === undefined ? '' : `\n  namespace: ${namespace}`;
    return [
      {
        title: 'Create an AuthorizationPolicy for clients in the mesh',
        edits: [
          {
            appendDocument: `apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata:
  name: ${name}${place}
spec:
  targetRef:
    group: policy.linkerd.io
    kind: Server
    name: ${name}
  requiredAuthenticationRefs:
  - group: policy.linkerd.io
    kind: MeshTLSAuthentication
    name: ${name}-clients
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata:
  name: ${name}-clients${place}
spec:
  identities:
  - "*"
`,
          },
        ],
      },
      ...(resource.version === 'v1beta3'
        ? [
            {
              title: 'Set accessPolicy: audit',
              edits: [policy ? replaceValue(text, policy, 'audit') : insertEntry(text, spec, 'accessPolicy', 'audit')],
            },
          ]
        : []),
    ];
  },
});
