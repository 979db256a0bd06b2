import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { nearest } from '../../../text/nearest.js';
import { gatewaysNamed } from '../../gateway-api/lookups.js';
import { backendRefsOf, parentRefsOf } from '../../gateway-api/references.js';
import { isConsulClass } from '../classes.js';
import { changeToNear } from '../fields.js';
import { meshServiceNamed } from '../lookups.js';
import { GROUP } from '../names.js';
import { meshServicesIn } from '../tables.js';

export const gatewayRouteWithoutService = defineRule({
  id: 'consul/gateway-route-without-service',
  title: 'Backend that is no service of Consul',
  severity: 'warning',
  category: 'reference',
  effect: 'Its requests get 500.',
  why: 'A route of a Gateway of Consul leads to Services and to MeshServices, which stand for services of peers. Others are not accepted, nor are ones that do not exist.',
  remedy: 'Name a Service or a MeshService that exists.',
  otherTools:
    'A Service that is missing is told by gateway-api/unknown-backend, which bears the name of this rule where the Gateway is one of Consul.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: api }]
  rules:
  - backendRefs: [{ group: consul.hashicorp.com, kind: MeshService, name: far, port: 80 }]
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: MeshService
metadata: { name: fare, namespace: shop }
spec: { name: fare, peer: east }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: api, namespace: shop }
spec:
  gatewayClassName: consul
  listeners:
  - { name: http, port: 8080, protocol: HTTP }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: api }]
  rules:
  - backendRefs: [{ group: consul.hashicorp.com, kind: MeshService, name: far, port: 80 }]
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: MeshService
metadata: { name: far, namespace: shop }
spec: { name: far, peer: east }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: api, namespace: shop }
spec:
  gatewayClassName: consul
  listeners:
  - { name: http, port: 8080, protocol: HTTP }
`,
  },

  kinds: ['gateway.networking.k8s.io/HTTPRoute', 'gateway.networking.k8s.io/TCPRoute'],
  reads: { gatewaysNamed, isConsulClass, meshServiceNamed, meshServicesIn },

  *check({ resource, read }) {
    const isForConsul = parentRefsOf(resource).some((ref) =>
      read.gatewaysNamed(`${namespaceKey(ref.namespace)}/${ref.name}`).some((it) => read.isConsulClass(it.data.className ?? '')),
    );
    if (!isForConsul) return;
    for (const ref of backendRefsOf(resource)) {
      if (ref.inFilter || (ref.kind === 'Service' && (ref.group === '' || ref.group === 'core'))) continue;
      if (ref.kind !== 'MeshService' || ref.group !== GROUP) {
        yield {
          at: ref.node.get('kind') ?? ref.nameNode,
          message: `Consul routes to a Service or a MeshService, not to a ${shown(ref.kind)}.`,
        };
        continue;
      }
      const place = namespaceKey(ref.namespace);
      if (read.meshServiceNamed(`${place}/${ref.name}`).length > 0 || read.meshServicesIn(place).length === 0) continue;
      const near = nearest(
        ref.name,
        read.meshServicesIn(place).map((it) => it.data.name),
      );
      yield {
        at: ref.nameNode,
        certainty: near === undefined ? 'owned' : 'near',
        message: `No MeshService "${shown(ref.name)}" is in this workspace${near === undefined ? '' : ` ("${near}" is)`}.`,
        ...(near !== undefined && { data: near }),
      };
    }
  },

  fix: changeToNear,
});
