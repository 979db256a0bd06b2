import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { principalsOf } from '../authorization.js';

const SCHEME = 'spiffe://';

export const principalWithScheme = defineRule({
  id: 'istio/principal-with-scheme',
  title: 'Principal starts with "spiffe://"',
  severity: 'error',
  category: 'semantics',
  effect: 'This rule never matches.',
  why: 'Istio compares a principal with the identity of the caller without its scheme, so "spiffe://cluster.local/ns/shop/sa/cart" equals no caller. An ALLOW rule locks its caller out, a DENY rule lets it in.',
  remedy: 'Remove "spiffe://" from the principal.',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  rules:
  - from:
    - source:
        principals: ["spiffe://cluster.local/ns/shop/sa/storefront"]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: storefront, namespace: shop }
`,
    good: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  rules:
  - from:
    - source:
        principals: [cluster.local/ns/shop/sa/storefront]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: storefront, namespace: shop }
`,
  },

  mentions: ['spiffe'],
  kinds: ['AuthorizationPolicy'],
  reads: {},

  *check({ resource }) {
    for (const { node, negated } of principalsOf(resource.root)) {
      if (!node.text()?.startsWith(SCHEME)) continue;
      yield {
        at: node,
        message: 'A principal is written without "spiffe://".',
        ...(negated && { effect: 'This exception never applies.' }),
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = principalsOf(resource.root).find((it) => it.node.start === problem.at.start)?.node;
    const written = node?.text();
    if (node === undefined || written === undefined) return [];
    return [{ title: 'Remove "spiffe://"', preferred: true, edits: [replaceValue(text, node, written.slice(SCHEME.length))] }];
  },
});
