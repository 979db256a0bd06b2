import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { principalsOf } from '../authorization.js';
import { meshConfig, saysTrustDomain } from '../mesh-config.js';
import { authorizationPolicies } from '../tables.js';

export const unknownTrustDomain = defineRule({
  id: 'istio/unknown-trust-domain',
  title: "Principal belongs to a trust domain that is not the mesh's own",
  severity: 'warning',
  category: 'reference',
  peers: ['KIA0108'],
  effect: 'Only callers of a federated mesh of that name match.',
  why: "The first part of a principal is the trust domain of the mesh that issued the certificate. A domain that is neither this mesh's nor one of its aliases matches none of its workloads.",
  remedy: 'Write the trust domain of this mesh, or "cluster.local", which stands for it; or add the domain to trustDomainAliases.',
  otherTools:
    'Kiali reports "cluster.local" in a mesh with another trust domain; Istio reads it as the mesh\'s own, so here that is a hint.',
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
        principals: [old.example.com/ns/shop/sa/default]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
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
        principals: [cluster.local/ns/shop/sa/default]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: ['AuthorizationPolicy'],
  reads: { meshConfig },

  *check({ resource, read, stated }) {
    const config = read.meshConfig();
    const { trustDomain, trustDomainAliases } = config;
    const known = [trustDomain, ...trustDomainAliases, 'cluster.local'];
    const isOwn = (domain: string): boolean => domain === trustDomain || trustDomainAliases.includes(domain);
    const foreignDomainOf = (principal: string): string | undefined => {
      const domain = /^([^*/]+)\/ns\//.exec(principal)?.[1];
      return principal.includes('*') || domain === undefined || isOwn(domain) ? undefined : domain;
    };
    const own = stated(authorizationPolicies)?.data;
    if (own?.namesMore === false && !own.principals.some((it) => foreignDomainOf(it) !== undefined)) return;
    for (const { node, negated, condition } of principalsOf(resource.root)) {
      const domain = foreignDomainOf(node.text() ?? '');
      if (domain === undefined) continue;
      if (domain === 'cluster.local') {
        yield {
          at: node,
          severity: 'hint',
          peers: negated || condition ? [] : ['KIA0108'],
          message: `"cluster.local" stands for this mesh's trust domain here, which is "${trustDomain}".`,
          effect: 'It matches all the same.',
          data: { domain, to: trustDomain },
        };
        continue;
      }
      const near = nearest(domain, known);
      yield {
        at: node,
        // Where nothing at hand says it nobody here knows what the mesh calls itself.
        certainty: near !== undefined ? 'near' : saysTrustDomain(config) ? 'owned' : 'unseen',
        peers: negated || condition ? [] : ['KIA0108'],
        message: `Trust domain "${domain}" is not this mesh's, which is "${trustDomain}".`,
        data: { domain, to: near ?? trustDomain },
      };
    }
  },

  fix({ resource, problem, text }) {
    const { domain, to } = problem.data as { domain: string; to: string };
    const node = principalsOf(resource.root).find((it) => it.node.start === problem.at.start)?.node;
    const written = node?.text();
    if (node === undefined || written === undefined) return [];
    const corrected = to + written.slice(domain.length);
    return [{ title: `Change to "${corrected}"`, edits: [replaceValue(text, node, corrected)] }];
  },
});
