import type { Resource } from '../../../model/resource.js';
import type { Range } from '../../../text/range.js';
import { defineTransition } from '../../../rules/transition.js';

/** From how many points of a hundred on a change at once is a jump. */
const JUMP = 50;

export const weightJump = defineTransition({
  id: 'istio/weight-jump',
  title: 'Traffic moves to another destination at one stroke',
  severity: 'warning',
  effect: 'Half of the traffic or more moves at once, before anybody can see how the new destination does.',
  why: 'Weights are changed step by step so that errors of a new version reach few requests. A jump takes that away.',
  remedy: 'Move in smaller steps.',
  example: {
    bad: `
# file: before/routes.yaml
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - route:
    - { destination: { host: cart, subset: v1 }, weight: 100 }
    - { destination: { host: cart, subset: v2 }, weight: 0 }
# file: after/routes.yaml
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - route:
    - { destination: { host: cart, subset: v1 }, weight: 0 }
    - { destination: { host: cart, subset: v2 }, weight: 100 }
`,
    good: `
# file: before/routes.yaml
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - route:
    - { destination: { host: cart, subset: v1 }, weight: 100 }
    - { destination: { host: cart, subset: v2 }, weight: 0 }
# file: after/routes.yaml
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - route:
    - { destination: { host: cart, subset: v1 }, weight: 90 }
    - { destination: { host: cart, subset: v2 }, weight: 10 }
`,
  },

  *compare({ before, after }) {
    for (const kind of ['VirtualService', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute']) {
      for (const resource of after.resources(kind)) {
        const old = before.same(resource);
        if (old === undefined) continue;
        const known = routesOf(old);
        for (const [id, shares] of routesOf(resource)) {
          const was = known.get(id);
          if (was === undefined || was.size === 0) continue;
          for (const [destination, { share, at }] of shares) {
            const from = was.get(destination)?.share ?? 0;
            if (share - from < JUMP) continue;
            const message = `"${destination}" goes from ${Math.round(from)} % of the traffic to ${Math.round(share)} % at once.`;
            yield { in: 'after', resource, at, message, restores: [old] };
          }
        }
      }
    }
  },
});

interface Share {
  readonly share: number;
  readonly at: Range;
}

/** Shares in percent by destination, of each route by its name or place; routes with weights that are not known left out. */
function routesOf({ kind, root }: Resource): ReadonlyMap<string, ReadonlyMap<string, Share>> {
  const routes = new Map<string, ReadonlyMap<string, Share>>();
  const isIstio = kind === 'VirtualService';
  for (const section of isIstio ? ['http', 'tcp', 'tls'] : ['rules']) {
    root.list(`spec.${section}.*`).forEach((route, i) => {
      const parts = route.list(isIstio ? 'route.*' : 'backendRefs.*').map((node) => {
        const name = isIstio
          ? [node.text('destination.host'), node.text('destination.subset')].filter((it) => it !== undefined).join(' ')
          : [node.text('name'), node.number('port')].filter((it) => it !== undefined).join(' ');
        return { name, node, weight: node.get('weight') };
      });
      const weights = parts.map(({ weight }) => (weight === undefined ? (isIstio && parts.length > 1 ? 0 : 1) : weight.number()));
      if (weights.some((it) => it === undefined)) return;
      const sum = (weights as readonly number[]).reduce((a, b) => a + b, 0);
      if (sum === 0) return;
      const shares = new Map<string, Share>();
      parts.forEach(({ name, node, weight }, k) => {
        const share = ((shares.get(name)?.share ?? 0) * sum) / 100 + weights[k]!;
        shares.set(name, { share: (share / sum) * 100, at: weight ?? node.get('destination') ?? node });
      });
      routes.set(`${section}/${route.text('name') ?? i}`, shares);
    });
  }
  return routes;
}
