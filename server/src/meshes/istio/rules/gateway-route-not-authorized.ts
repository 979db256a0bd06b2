import { workloadKey } from '../../kubernetes/tables.js';
import type { Definition } from '../../../model/facts.js';
import { serviceHost } from '../../../model/hosts.js';
import { displayName, namespaceKey } from '../../../model/resource.js';
import { selects, selectorText } from '../../../model/selectors.js';
import { defineRule } from '../../../rules/rule.js';
import { insertItem } from '../../../yaml/edit.js';
import { pickedWorkloads, servicesOfWorkload } from '../../kubernetes/lookups.js';
import { admits, isAllowing, meets } from '../authorization.js';
import { gatewaysNamed, hasDefaultGateway } from '../lookups.js';
import { trustDomainsIn } from '../identities.js';
import { meshConfig } from '../mesh-config.js';
import { keyRange, placeOfAbsent } from '../places.js';
import { selectionOf } from '../selection.js';
import {
  authorizationPolicies,
  virtualServicesByDestination,
  type AuthorizationPolicyFacts,
  type GatewayFacts,
  type VirtualServiceFacts,
} from '../tables.js';

/** Account of the gateway that a default install brings. */
const DEFAULT_GATEWAY_ACCOUNT = 'istio-ingressgateway-service-account';

export const gatewayRouteNotAuthorized = defineRule({
  id: 'istio/gateway-route-not-authorized',
  title: 'Requests come through a gateway that no policy admits',
  severity: 'warning',
  category: 'pitfall',
  unseen: 'info',
  effect: 'Requests through it get 403.',
  why: "To a workload, a request that came in through a gateway is a call of the gateway: its identity is the ServiceAccount of the gateway's pods. Policies that list callers by principal or namespace have to list it too.",
  remedy: 'Add the principal of the gateway to a rule for the paths that it routes.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  selector: { app: gateway }
  servers: [{ hosts: [shop.example.com], port: { number: 80, name: http, protocol: HTTP } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway, namespace: ingress }
spec:
  selector: { matchLabels: { app: gateway } }
  template:
    metadata: { labels: { app: gateway } }
    spec:
      serviceAccountName: gateway
      containers: [{ name: istio-proxy, image: example.org/proxy:1, ports: [{ containerPort: 80 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: gateway, namespace: ingress }
spec: { selector: { app: gateway }, ports: [{ name: http, port: 80 }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [ingress/public]
  http: [{ route: [{ destination: { host: cart } }] }]
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
    spec: { containers: [{ name: cart, image: example.org/cart:1, ports: [{ containerPort: 80 }] }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  rules:
  - from: [{ source: { principals: [cluster.local/ns/shop/sa/default] } }]
`,
    good: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  selector: { app: gateway }
  servers: [{ hosts: [shop.example.com], port: { number: 80, name: http, protocol: HTTP } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway, namespace: ingress }
spec:
  selector: { matchLabels: { app: gateway } }
  template:
    metadata: { labels: { app: gateway } }
    spec:
      serviceAccountName: gateway
      containers: [{ name: istio-proxy, image: example.org/proxy:1, ports: [{ containerPort: 80 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: gateway, namespace: ingress }
spec: { selector: { app: gateway }, ports: [{ name: http, port: 80 }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [ingress/public]
  http: [{ route: [{ destination: { host: cart } }] }]
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
    spec: { containers: [{ name: cart, image: example.org/cart:1, ports: [{ containerPort: 80 }] }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  rules:
  - from: [{ source: { principals: [cluster.local/ns/ingress/sa/gateway] } }]
`,
  },

  kinds: ['AuthorizationPolicy'],
  reads: {
    meshConfig,
    authorizationPolicies,
    trustDomainsIn,
    pickedWorkloads,
    servicesOfWorkload,
    virtualServicesByDestination,
    gatewaysNamed,
    hasDefaultGateway,
  },

  *check({ resource, read, stated }) {
    const own = stated(authorizationPolicies);
    if (own === undefined || !isAllowing(own) || !listsCallers(own)) return;
    const { rootNamespace } = read.meshConfig();
    const selection = selectionOf(resource, rootNamespace, own.data);
    if (!selection || resource.namespace === undefined || resource.namespace === rootNamespace) return;
    const applicable = [...read.authorizationPolicies(resource.namespace), ...read.authorizationPolicies(rootNamespace)].filter(isAllowing);

    const seen = new Set<string>();
    for (const workload of read.pickedWorkloads(selection.key)) {
      const holds = (it: Definition<AuthorizationPolicyFacts>): boolean => meets(it, selection.labels, [workload.data.labels]);
      // One of the policies tells for all of them: the first that lists callers.
      const teller = applicable.find((it) => it.data.namespace === resource.namespace && listsCallers(it) && holds(it));
      const routes = teller?.resource === resource.id ? routesTo(workload) : [];
      const policies = routes.length === 0 ? [] : applicable.filter(holds);
      if (policies.some((it) => it.data.incomplete || it.data.hasTargetRef)) continue;
      for (const { route, gateway } of routes) {
        for (const { namespace, account } of identitiesOf(gateway)) {
          const identity = `${namespace}/${account}`;
          if (seen.has(identity)) continue;
          const domains = read.trustDomainsIn(resource.namespace);
          if (policies.some((it) => it.data.callers.some((caller) => admits(caller, namespace, account, domains, it.data.namespace ?? ''))))
            continue;
          seen.add(identity);
          const source = resource.root.list('spec.rules.*.from.*.source').find((it) => it.has('principals'));
          yield {
            at: (source && keyRange(source, 'principals')) ?? placeOfAbsent(resource, 'spec.rules'),
            // A policy that admits the gateway may be applied from elsewhere.
            certainty: 'unseen',
            message: `Gateway "${displayName(gateway.data)}" routes to "${workload.data.name}", and no policy admits its account "${identity}".`,
            related: [
              { at: route, message: `VirtualService "${route.data.name}" routes to it` },
              { at: gateway, message: `Gateway "${gateway.data.name}" is defined here` },
            ],
            data: `cluster.local/ns/${namespace}/sa/${account}`,
          };
        }
      }
    }

    function routesTo(workload: {
      readonly data: Parameters<typeof workloadKey>[0];
    }): { route: Definition<VirtualServiceFacts>; gateway: Definition<GatewayFacts> }[] {
      const hosts = read.servicesOfWorkload(workloadKey(workload.data)).map((it) => serviceHost(it.data.name, it.data.namespace));
      return hosts
        .flatMap((host) => read.virtualServicesByDestination(host))
        .flatMap((route) =>
          route.data.gateways
            .filter((it) => it !== 'mesh')
            .flatMap((name) => read.gatewaysNamed(name).map((gateway) => ({ route, gateway }))),
        );
    }

    function identitiesOf({ data }: Definition<GatewayFacts>): readonly { namespace: string; account: string }[] {
      if (data.incomplete || Object.keys(data.selector).length === 0) return [];
      const pods = read.pickedWorkloads(`*/${selectorText(data.selector)}`);
      if (pods.length > 0)
        return pods.flatMap((it) =>
          it.data.namespace === undefined || it.data.incomplete
            ? []
            : [{ namespace: namespaceKey(it.data.namespace), account: it.data.serviceAccount }],
        );
      const isDefault = read.hasDefaultGateway() && selects(data.selector, { istio: 'ingressgateway', app: 'istio-ingressgateway' });
      return isDefault ? [{ namespace: rootNamespace, account: DEFAULT_GATEWAY_ACCOUNT }] : [];
    }
  },

  fix({ resource, problem, text }) {
    const principal = problem.data as string;
    const list = resource.root.list('spec.rules.*.from.*.source.principals')[0];
    if (list?.type !== 'list') return [];
    // Grants access, so it is never the preferred one.
    return [{ title: `Admit "${principal}"`, edits: [insertItem(text, list, principal)] }];
  },
});

function listsCallers({ data }: Definition<AuthorizationPolicyFacts>): boolean {
  return data.callers.some((caller) => caller.principals ?? caller.namespaces);
}
