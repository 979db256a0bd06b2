import { displayHost, serviceHost, wildcardsOf } from '../../../model/hosts.js';
import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { canUse } from '../hosts.js';
import { namespaceExists } from '../identities.js';
import { hostInView, ownersOfHost, serviceNames } from '../lookups.js';
import { meshConfig } from '../mesh-config.js';
import { virtualServicesByHost } from '../tables.js';

export const unknownOperationHost = defineRule({
  id: 'istio/unknown-operation-host',
  title: 'Policy is for a host that nothing defines',
  severity: 'error',
  category: 'reference',
  peers: ['KIA0104'],
  effect: 'Only requests with this very Host header match.',
  why: 'The hosts of an operation are compared with the Host header of requests. The name of a service that does not exist is in no such header.',
  remedy: 'Correct the name, or write the host as clients ask for it.',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  rules:
  - to: [{ operation: { hosts: [crat.shop] } }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
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
  - to: [{ operation: { hosts: [cart.shop] } }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
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

  mentions: ['hosts'],
  kinds: ['AuthorizationPolicy'],
  reads: { meshConfig, ownersOfHost, hostInView, virtualServicesByHost, namespaceExists, serviceNames },

  *check({ resource, read }) {
    for (const node of resource.root.list('spec.rules.*.to.*.operation.hosts.*')) {
      const written = node.text();
      if (written === undefined || written === '' || written.startsWith('*') || written.endsWith('*') || written.includes(':')) continue;
      const parts = written.split('.');
      const [name, second] = parts as [string, string | undefined];
      // Anything else is a Host header that clients may well send.
      if (parts.length > 2 || (second !== undefined && second !== resource.namespace && !read.namespaceExists(second))) continue;
      const namespace = second ?? resource.namespace;
      const host = serviceHost(name, namespace);
      const names = [host, written, `${name}.${namespaceKey(namespace)}`];
      const user = { namespace: resource.namespace, exportTo: [] };
      if (names.some((it) => read.ownersOfHost(it).some((owner) => canUse(user, owner.data)))) continue;
      if ([...names, ...wildcardsOf(host), ...wildcardsOf(written)].some((it) => read.virtualServicesByHost(it).length > 0)) continue;
      const view = read.hostInView(host);
      if (view === 'external') continue;
      const near = nearest(name, read.serviceNames(namespaceKey(namespace)));
      yield {
        at: node,
        ...(read.meshConfig().outboundTrafficPolicy === 'ALLOW_ANY' && { severity: 'warning' as const }),
        certainty: near !== undefined ? 'near' : view,
        message: `No Service, ServiceEntry or VirtualService defines "${displayHost(host)}"${near === undefined ? '' : ` ("${near}" exists)`}.`,
        ...(near !== undefined && { data: second === undefined ? near : `${near}.${second}` }),
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = resource.root.list('spec.rules.*.to.*.operation.hosts.*').find((it) => it.start === problem.at.start);
    const host = problem.data as string | undefined;
    return node && host !== undefined ? [{ title: `Change to "${host}"`, edits: [replaceValue(text, node, host)] }] : [];
  },
});
