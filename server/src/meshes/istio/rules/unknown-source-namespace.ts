import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { namespaceNames } from '../../kubernetes/lookups.js';
import { namespaces } from '../../kubernetes/tables.js';
import { sourceNamespacesOf } from '../authorization.js';
import { coversNamespace } from '../hosts.js';
import { namespaceExists } from '../identities.js';
import { authorizationPolicies } from '../tables.js';

export const unknownSourceNamespace = defineRule({
  id: 'istio/unknown-source-namespace',
  title: 'Policy names a source namespace that does not exist',
  severity: 'error',
  category: 'reference',
  peers: ['IST0101:namespace', 'KIA0101'],
  unseen: 'hint',
  effect: 'This rule never matches a caller from there.',
  why: 'A source namespace is compared with the namespace in the identity of the caller. One that does not exist has no workload, so an ALLOW rule for it admits nobody, and a DENY rule stops nobody.',
  remedy: 'Correct the name of the namespace.',
  otherTools: 'istioctl wants a Namespace resource; here anything that lives in a namespace shows that it exists.',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  rules:
  - from:
    - source: { namespaces: [storefrnt] }
---
apiVersion: v1
kind: Namespace
metadata: { name: storefront, labels: { istio-injection: enabled } }
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
    - source: { namespaces: [storefront] }
---
apiVersion: v1
kind: Namespace
metadata: { name: storefront, labels: { istio-injection: enabled } }
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

  mentions: ['amespaces', 'source.namespace'],
  kinds: ['AuthorizationPolicy'],
  reads: { namespaceNames, namespaceExists, namespaces },

  *check({ resource, read, stated }) {
    const isKnown = (name: string): boolean => name === resource.namespace || read.namespaceExists(name);
    const own = stated(authorizationPolicies)?.data;
    const named = own?.namesMore === false ? own.callers.flatMap((it) => it.namespaces ?? []) : undefined;
    if (named?.every((it) => !it.includes('*') && isKnown(it)) === true) return;
    for (const { node, negated, condition } of sourceNamespacesOf(resource.root)) {
      const written = node.text();
      if (written === undefined || written === '' || written === '*') continue;
      const isPattern = written.startsWith('*') || written.endsWith('*');
      if (!isPattern && isKnown(written)) continue;
      const known = read.namespaceNames();
      // A name in other letters is the namespace for istioctl only: proxies compare it as it is written.
      const cased = isPattern ? undefined : known.find((name) => coversNamespace(written, name));
      if (isPattern ? known.some((name) => coversNamespace(written, name)) : cased === written) continue;
      const near = cased ?? (isPattern ? undefined : nearest(written, known));
      yield {
        at: node,
        certainty: near !== undefined ? 'near' : 'unseen',
        peers: condition ? [] : [...(cased === undefined ? ['IST0101:namespace'] : []), ...(negated ? [] : ['KIA0101'])],
        message: isPattern
          ? `No Namespace in this workspace matches "${written}".`
          : near !== undefined
            ? `No Namespace "${written}" exists ("${near}" exists).`
            : `Namespace "${written}" is not in this workspace; it may exist elsewhere.`,
        ...(negated && { effect: 'This exception never applies.' }),
        related: (near === undefined ? [] : read.namespaces(near)).map((it) => ({
          at: it,
          message: `Namespace "${near}" is defined here`,
        })),
        ...(near !== undefined && { data: near }),
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = sourceNamespacesOf(resource.root).find((it) => it.node.start === problem.at.start)?.node;
    const name = problem.data as string | undefined;
    return node === undefined || name === undefined ? [] : [{ title: `Change to "${name}"`, edits: [replaceValue(text, node, name)] }];
  },
});
