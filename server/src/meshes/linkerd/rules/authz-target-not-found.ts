import { displayName, namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { GROUP as GATEWAY_GROUP } from '../../gateway-api/references.js';
import { routesIn as gatewayRoutesIn } from '../../gateway-api/tables.js';
import { isKindAtHand, routesNamed, serversNamed } from '../lookups.js';
import { isOf, targetOf } from '../references.js';
import { changeFixes, lackOf } from '../suggestions.js';
import { POLICY_GROUP, routesIn, serversIn } from '../tables.js';

export const authzTargetNotFound = defineRule({
  id: 'linkerd/authz-target-not-found',
  title: 'AuthorizationPolicy about something that does not exist',
  severity: 'warning',
  category: 'reference',
  effect: 'It lets nobody in.',
  why: 'A policy is about a Server or a route of its own namespace. Where there is none of that name, it holds for nothing, and the port that it is meant for stays closed or open as it was.',
  remedy: 'Correct the name, or put the policy into the namespace of what it is about.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRef: { group: policy.linkerd.io, kind: Server, name: crat }
  requiredAuthenticationRefs: [{ kind: ServiceAccount, name: default }]
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, port: 8080, accessPolicy: audit }
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
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRef: { group: policy.linkerd.io, kind: Server, name: cart }
  requiredAuthenticationRefs: [{ kind: ServiceAccount, name: default }]
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, port: 8080, accessPolicy: audit }
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

  kinds: ['AuthorizationPolicy'],
  reads: { serversNamed, serversIn, routesNamed, routesIn, gatewayRoutesIn, isKindAtHand },

  *check({ resource, read }) {
    const ref = targetOf(resource);
    if (ref === undefined) return;
    const place = namespaceKey(resource.namespace);
    const isServer = isOf(ref, POLICY_GROUP, 'Server');
    const kind = isServer ? 'Server' : ['HTTPRoute', 'GRPCRoute'].find((it) => it.toLowerCase() === ref.kind.toLowerCase());
    const isRoute = isOf(ref, POLICY_GROUP, 'HTTPRoute') || isOf(ref, GATEWAY_GROUP, kind ?? '');
    if (kind === undefined || !(isServer || isRoute)) return;
    const name = ref.name.toLowerCase();
    // A route that only a Gateway takes exists, though it is none of Linkerd's.
    const inGateways = ref.group === GATEWAY_GROUP ? read.gatewayRoutesIn(place).filter((it) => it.data.kind === kind) : [];
    const found = isServer ? read.serversNamed(`${place}/${name}`) : read.routesNamed(`${ref.group}/${kind}/${place}/${name}`);
    if (found.length > 0 || inGateways.some((it) => it.data.name === name)) return;
    const here = isServer ? read.serversIn(place) : [...read.routesIn(`${ref.group}/${kind}/${place}`), ...inGateways];
    // Routes of the other group are evidence, too: the wrong one of the two is easily written.
    const groups = isServer ? [POLICY_GROUP] : [POLICY_GROUP, GATEWAY_GROUP];
    const { certainty, where, data } = lackOf(
      ref.name,
      here.map((it) => it.data.name),
      here.length > 0 || groups.some((group) => read.isKindAtHand(`${group}/${kind}`)),
    );
    yield {
      at: ref.nameNode,
      certainty,
      message: `No ${kind} "${displayName({ name: ref.name, namespace: resource.namespace })}" exists${where}.`,
      data,
    };
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
