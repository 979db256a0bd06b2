import { defineRule } from '../../../rules/rule.js';
import { isMeshInUse } from '../../kubernetes/lookups.js';
import { services } from '../../kubernetes/tables.js';
import { keyOf } from '../kinds/shared.js';
import { isOpaquePort, OPAQUE_PORTS, opaquePortsOfNamespace } from '../opaque.js';
import { POLICY_GROUP, rateLimitsOn, routesOn } from '../tables.js';

const KINDS: readonly string[] = ['HTTPRoute', 'GRPCRoute'];

export const opaquePortWithL7Policy = defineRule({
  id: 'linkerd/opaque-port-with-l7-policy',
  title: 'Routes or rate limits on a port that is opaque',
  severity: 'warning',
  category: 'semantics',
  effect: 'They are never looked at.',
  why: 'What passes an opaque port is plain TCP to the proxy: it sees no requests, so there are none that a route could match or a rate limit could count.',
  remedy: 'Let the port be HTTP, or take the route or the rate limit away.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: {}, port: 8080, proxyProtocol: opaque, accessPolicy: audit }
---
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: policy.linkerd.io, kind: Server, name: cart }]
  rules: [{ matches: [{ method: GET }] }]
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: {}, port: 8080, proxyProtocol: HTTP/1, accessPolicy: audit }
---
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: policy.linkerd.io, kind: Server, name: cart }]
  rules: [{ matches: [{ method: GET }] }]
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: ['Server', 'Service'],
  reads: { isMeshInUse, routesOn, rateLimitsOn, services, opaquePortsOfNamespace },

  *check({ resource, read }) {
    const { root, kind, namespace } = resource;
    const routes = read
      .routesOn(`${kind}/${keyOf(resource)}`)
      .filter((it) => KINDS.includes(it.data.kind) && (kind === 'Server' || it.data.group === POLICY_GROUP || read.isMeshInUse('linkerd')));
    if (kind === 'Server') {
      const at = root.get('spec.proxyProtocol');
      const protocol = at?.text();
      if (at === undefined || (protocol !== 'opaque' && protocol !== 'TLS')) return;
      const [found] = [...routes, ...read.rateLimitsOn(keyOf(resource))];
      if (found === undefined) return;
      yield {
        at,
        message: `"${found.data.name}" is about requests, and of a port with ${protocol} the proxy sees none.`,
        related: [{ at: found, message: `"${found.data.name}" is attached here` }],
      };
      return;
    }
    const service = routes.length === 0 ? undefined : read.services(keyOf(resource)).find((it) => it.resource === resource.id)?.data;
    if (service === undefined || service.incomplete || service.ports.length === 0) return;
    const node = root.map('metadata.annotations')?.entry(OPAQUE_PORTS)?.value;
    const list = node?.text() ?? (namespace === undefined ? undefined : read.opaquePortsOfNamespace(namespace));
    const opaque = service.ports.filter((it) => isOpaquePort(it, list));
    const route = routes.find(({ data }) =>
      data.port === undefined ? opaque.length === service.ports.length : opaque.some((it) => it.number === data.port),
    );
    if (route === undefined) return;
    const number = route.data.port ?? opaque[0]?.number;
    const port = root.list('spec.ports.*').find((it) => it.number('port') === number);
    yield {
      at: port?.get('appProtocol') ?? node ?? port?.get('port') ?? root.get('metadata.name')!,
      message: `Port ${number} is opaque, so ${route.data.kind} "${route.data.name}" takes no requests of it.`,
      related: [{ at: route, message: `${route.data.kind} "${route.data.name}" is attached here` }],
    };
  },
});
