import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { subsetsNamed } from '../../istio/lookups.js';
import { subsetsUsed } from '../../istio/uses.js';
import { waves } from '../tables.js';

export const routeBeforeSubset = defineRule({
  id: 'argo/route-before-subset',
  title: 'A sync wave applies a route before the subset that it sends to',
  severity: 'warning',
  category: 'pitfall',
  effect: 'Requests get 503 until the later wave is through.',
  why: 'Argo CD waits for a wave to be healthy before it begins the next. A route to a subset that no DestinationRule defines yet has nowhere to send.',
  remedy: 'Give the DestinationRule the same wave or an earlier one.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: [cart], http: [{ route: [{ destination: { host: cart, subset: v1 } }] }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop, annotations: { argocd.argoproj.io/sync-wave: "1" } }
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
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop, annotations: { argocd.argoproj.io/sync-wave: "1" } }
spec: { hosts: [cart], http: [{ route: [{ destination: { host: cart, subset: v1 } }] }] }
---
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
  reads: { subsetsNamed, waves },

  *check({ resource, read }) {
    const wave = read.waves(resource.id)[0]?.data ?? 0;
    for (const { at, key, subset } of subsetsUsed(resource)) {
      const found = read.subsetsNamed(key);
      const [first] = found;
      if (!first) continue;
      const later = found.map((it) => read.waves(it.resource)[0]?.data ?? 0);
      const earliest = Math.min(...later);
      if (earliest <= wave) continue;
      yield {
        at,
        message: `Subset "${subset}" comes with wave ${earliest}, and "${displayName(resource)}" with wave ${wave}.`,
        related: [{ at: first, message: `Subset "${subset}" is defined here` }],
      };
    }
  },
});
