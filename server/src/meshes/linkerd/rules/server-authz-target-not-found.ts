import { displayName, namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { labelSelectorIn, matches } from '../../kubernetes/label-selectors.js';
import { isKindAtHand, serversNamed } from '../lookups.js';
import { changeFixes, lackOf } from '../suggestions.js';
import { POLICY_GROUP, serversIn } from '../tables.js';

export const serverAuthzTargetNotFound = defineRule({
  id: 'linkerd/server-authz-target-not-found',
  title: 'ServerAuthorization for a Server that does not exist',
  severity: 'warning',
  category: 'reference',
  effect: 'It lets nobody in.',
  why: 'A ServerAuthorization is about Servers of its own namespace: the one it names, or those whose labels it selects. The labels are those of the Server, not those of the pods.',
  remedy: 'Correct the name or the labels.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta1
kind: ServerAuthorization
metadata: { name: cart, namespace: shop }
spec:
  server: { name: crat }
  client: { meshTLS: { identities: ["*"] } }
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
apiVersion: policy.linkerd.io/v1beta1
kind: ServerAuthorization
metadata: { name: cart, namespace: shop }
spec:
  server: { name: cart }
  client: { meshTLS: { identities: ["*"] } }
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

  kinds: ['ServerAuthorization'],
  reads: { serversNamed, serversIn, isKindAtHand },

  *check({ resource, read }) {
    const place = namespaceKey(resource.namespace);
    const node = resource.root.get('spec.server.name');
    const name = node?.name();
    const here = read.serversIn(place);
    if (node !== undefined && name !== undefined && name !== '') {
      if (read.serversNamed(`${place}/${name}`).length > 0) return;
      const { certainty, where, data } = lackOf(
        name,
        here.map((it) => it.data.name),
        read.isKindAtHand(`${POLICY_GROUP}/Server`),
      );
      yield { at: node, certainty, message: `No Server "${displayName({ name, namespace: resource.namespace })}" exists${where}.`, data };
    }
    const selectorNode = resource.root.map('spec.server.selector');
    if (selectorNode === undefined || hasOpaque(selectorNode) || resource.partial) return;
    const selector = labelSelectorIn(selectorNode);
    if (Object.keys(selector.matchLabels).length + selector.matchExpressions.length === 0) return;
    if (here.some(({ data }) => data.incomplete || matches(selector, data.labels))) return;
    yield {
      at: selectorNode.get('matchLabels') ?? selectorNode,
      certainty: here.length > 0 ? 'owned' : 'unseen',
      message: 'No Server in this workspace has the labels that this selects.',
      data: { values: [], isCertain: false },
    };
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
