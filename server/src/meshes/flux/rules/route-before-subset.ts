import { defineRule } from '../../../rules/rule.js';
import { subsetsNamed } from '../../istio/lookups.js';
import { namespaceKey } from '../../../model/resource.js';
import { subsetsUsed } from '../../istio/uses.js';
import { uriOfResource } from '../../../sources/documents.js';
import { applierOf, waitsFor } from '../lookups.js';

export const routeBeforeSubset = defineRule({
  id: 'flux/route-before-subset',
  title: 'Flux applies a route before the subset that it sends to',
  severity: 'warning',
  category: 'pitfall',
  effect: 'Requests get 503 until the other Kustomization is ready.',
  why: 'The Kustomization with the DestinationRule waits for the one with the route, so that the route is there first and has nowhere to send.',
  remedy: 'Turn the dependency around, or move both into one Kustomization.',
  example: {
    bad: `
# file: clusters/prod.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: routes, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./routes, sourceRef: { kind: GitRepository, name: platform } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: rules, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./rules, sourceRef: { kind: GitRepository, name: platform }, dependsOn: [{ name: routes }] }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: platform, namespace: flux-system }
spec: { interval: 1m, url: https://example.com/platform }
# file: routes/cart.yaml
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: [cart], http: [{ route: [{ destination: { host: cart, subset: v1 } }] }] }
# file: rules/cart.yaml
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec: { host: cart, subsets: [{ name: v1, labels: { version: v1 } }] }
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
  template: { metadata: { labels: { app: cart, version: v1 } }, spec: { containers: [{ name: cart, image: cart }] } }
`,
    good: `
# file: clusters/prod.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: routes, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./routes, sourceRef: { kind: GitRepository, name: platform }, dependsOn: [{ name: rules }] }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: rules, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./rules, sourceRef: { kind: GitRepository, name: platform } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: platform, namespace: flux-system }
spec: { interval: 1m, url: https://example.com/platform }
# file: routes/cart.yaml
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: [cart], http: [{ route: [{ destination: { host: cart, subset: v1 } }] }] }
# file: rules/cart.yaml
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec: { host: cart, subsets: [{ name: v1, labels: { version: v1 } }] }
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
  template: { metadata: { labels: { app: cart, version: v1 } }, spec: { containers: [{ name: cart, image: cart }] } }
`,
  },

  kinds: ['networking.istio.io/VirtualService'],
  reads: { subsetsNamed, applierOf, waitsFor },

  *check({ resource, read }) {
    const own = read.applierOf(resource.uri);
    if (own === undefined) return;
    const ownKey = `${namespaceKey(own.data.namespace)}/${own.data.name}`;
    for (const { at, key, subset } of subsetsUsed(resource)) {
      const found = read.subsetsNamed(key);
      const others = found.map((it) => read.applierOf(uriOfResource(it.resource)));
      const [first] = others;
      if (
        !first ||
        others.some((it) => it === undefined || !read.waitsFor(`${namespaceKey(it.data.namespace)}/${it.data.name}`).includes(ownKey))
      )
        continue;
      yield {
        at,
        message: `Subset "${subset}" comes with Kustomization "${first.data.name}", which waits for "${own.data.name}" with this route.`,
        related: [{ at: first, message: `Kustomization "${first.data.name}" is defined here` }],
      };
    }
  },
});
