import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { changeToNear, unknownValue } from '../fields.js';
import { filterNamed } from '../lookups.js';
import { GROUP } from '../names.js';

const KINDS: readonly string[] = ['RouteRetryFilter', 'RouteTimeoutFilter', 'RouteAuthFilter', 'RouteTLSSDSFilter', 'RouteExtProc'];

export const routeFilterNotFound = defineRule({
  id: 'consul/route-filter-not-found',
  title: 'Filter of a route that does not exist',
  severity: 'error',
  category: 'reference',
  effect: 'The route is not accepted.',
  why: 'A route names filters of Consul by kind and name in its own namespace. One filter that is missing, and the whole route is not accepted.',
  remedy: 'Correct the kind and the name, or write the filter.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: api }]
  rules:
  - filters:
    - { type: ExtensionRef, extensionRef: { group: consul.hashicorp.com, kind: RouteTimeoutFilter, name: slow } }
    backendRefs: [{ name: web, port: 80 }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: api, namespace: shop }
spec:
  gatewayClassName: consul
  listeners:
  - { name: http, port: 8080, protocol: HTTP }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: api }]
  rules:
  - filters:
    - { type: ExtensionRef, extensionRef: { group: consul.hashicorp.com, kind: RouteTimeoutFilter, name: slow } }
    backendRefs: [{ name: web, port: 80 }]
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: RouteTimeoutFilter
metadata: { name: slow, namespace: shop }
spec: { requestTimeout: 30s }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: api, namespace: shop }
spec:
  gatewayClassName: consul
  listeners:
  - { name: http, port: 8080, protocol: HTTP }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`,
  },

  kinds: ['gateway.networking.k8s.io/HTTPRoute'],
  reads: { filterNamed },

  *check({ resource, read }) {
    for (const [path, isRule] of [
      ['spec.rules.*.filters.*.extensionRef', true],
      ['spec.rules.*.backendRefs.*.filters.*.extensionRef', false],
    ] as const)
      for (const ref of resource.root.list(path)) {
        const [kind, name] = [ref.get('kind'), ref.get('name')];
        const written = kind?.text();
        if (ref.text('group') !== GROUP || kind === undefined || written === undefined) continue;
        if (!KINDS.includes(written)) {
          yield* unknownValue(kind, KINDS, 'filter of Consul');
        } else if (isRule && written === 'RouteTLSSDSFilter') {
          yield { at: kind, message: 'A RouteTLSSDSFilter belongs to a backend, not to a rule.' };
        } else if (name?.text() && read.filterNamed(`${written}/${namespaceKey(resource.namespace)}/${name.text()}`).length === 0) {
          yield { at: name, certainty: 'owned', message: `No ${written} "${shown(name.text()!)}" is in this workspace.` };
        }
      }
  },

  fix: changeToNear,
});
