import { namespaceKey, type Resource } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import { defineRule } from '../../../rules/rule.js';
import type { Range } from '../../../text/range.js';
import { mtlsStatusOfSelected } from '../identity-status.js';
import { labelsAt } from '../kinds/shared.js';
import { keyRange } from '../places.js';
import { quotedList } from '../words.js';
import { authorizationPolicies } from '../tables.js';

const FIELDS: readonly string[] = ['principals', 'notPrincipals', 'namespaces', 'notNamespaces'];
const CONDITIONS: readonly string[] = ['source.namespace', 'source.principal', 'connection.sni'];

export const identityWithoutMtls = defineRule({
  id: 'istio/identity-without-mtls',
  title: 'Policy asks who calls where mTLS is not in force',
  severity: 'error',
  category: 'policy',
  peers: ['KIA0105'],
  effect: 'This rule never matches its caller.',
  why: 'The identity of a caller comes from its mTLS certificate. Where mTLS is switched off, by a PeerAuthentication or a DestinationRule, or was never switched on, callers have none: principals and namespaces are empty.',
  remedy: 'Turn mTLS on for these workloads: STRICT or PERMISSIVE in a PeerAuthentication, ISTIO_MUTUAL in DestinationRules.',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  rules:
  - from: [{ source: { principals: [cluster.local/ns/shop/sa/default] } }]
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: DISABLE } }
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
  - from: [{ source: { principals: [cluster.local/ns/shop/sa/default] } }]
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
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
  reads: { mtlsStatusOfSelected },

  *check({ resource, read, stated }) {
    const own = stated(authorizationPolicies);
    const selector = (own ? own.data.selector : labelsAt(resource.root, 'spec.selector.matchLabels')) ?? {};
    const status = read.mtlsStatusOfSelected(`${namespaceKey(resource.namespace)}|${selectorText(selector)}`);
    if (status === 'enabled') return;
    const places = identityPlaces(resource);
    if (places.length === 0) return;
    const whom =
      Object.keys(selector).length > 0
        ? selectorText(selector)
        : resource.namespace === undefined
          ? 'its namespace'
          : `"${resource.namespace}"`;
    for (const { at, what } of places)
      yield {
        at,
        message: `${quotedList([what])} needs mTLS, which is ${status === 'disabled' ? 'off' : 'not in force'} for ${whom}.`,
      };
  },
});

function identityPlaces({ root }: Resource): readonly { readonly at: Range; readonly what: string }[] {
  const places: { at: Range; what: string }[] = [];
  for (const source of root.list('spec.rules.*.from.*.source')) {
    for (const field of FIELDS) {
      const at = source.list(`${field}.*`).length > 0 ? keyRange(source, field) : undefined;
      if (at) places.push({ at, what: field });
    }
  }
  for (const key of root.list('spec.rules.*.when.*.key')) {
    const what = key.text();
    if (what !== undefined && CONDITIONS.includes(what)) places.push({ at: key, what });
  }
  return places;
}
