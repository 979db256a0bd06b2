import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { annotationSitesIn } from '../../kubernetes/annotation-sites.js';
import { isRetryOrTimeout } from '../annotations.js';
import { keyOf } from '../kinds/shared.js';
import { rulingProfilesOf } from '../lookups.js';
import { parentsOf, REQUEST_ROUTES } from '../references.js';

export const serviceprofileOverridesRoute = defineRule({
  id: 'linkerd/serviceprofile-overrides-route',
  title: 'Route or retry setting that a ServiceProfile overrules',
  severity: 'warning',
  category: 'semantics',
  effect: 'It is ignored.',
  why: 'A ServiceProfile with routes or overrides goes before everything else that is said of calls to its Service: HTTPRoutes and GRPCRoutes, and the annotations of retries and timeouts. A profile with neither leaves them in force.',
  remedy: 'Write what the profile says as HTTPRoutes and annotations, and delete it; or delete the route.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
  rules: [{ backendRefs: [{ name: cart, port: 80 }] }]
---
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: cart.shop.svc.cluster.local, namespace: shop }
spec: { routes: [{ name: items, condition: { pathRegex: /items } }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: cart.shop.svc.cluster.local, namespace: shop }
spec: { routes: [{ name: items, condition: { pathRegex: /items } }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: [...REQUEST_ROUTES, 'Service'],
  reads: { rulingProfilesOf },

  *check({ resource, read }) {
    if (resource.kind === 'Service') {
      const [site] = annotationSitesIn(resource, isRetryOrTimeout);
      const [profile] = site === undefined ? [] : read.rulingProfilesOf(keyOf(resource));
      if (site === undefined || profile === undefined) return;
      yield {
        at: site.keyRange,
        message: `ServiceProfile "${displayName(profile.data)}" goes before the retries and timeouts of this Service.`,
        related: [{ at: profile, message: 'the ServiceProfile is defined here' }],
      };
      return;
    }
    for (const ref of parentsOf(resource)) {
      const [profile] = ref.sort === 'Service' ? read.rulingProfilesOf(keyOf(ref)) : [];
      if (profile === undefined) continue;
      yield {
        at: ref.nameNode,
        message: `ServiceProfile "${displayName(profile.data)}" goes before the routes of Service "${displayName(ref)}".`,
        related: [{ at: profile, message: 'the ServiceProfile is defined here' }],
      };
      return;
    }
  },
});
