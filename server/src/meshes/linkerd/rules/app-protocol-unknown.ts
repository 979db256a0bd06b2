import { namespaceKey } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import { defineRule } from '../../../rules/rule.js';
import { isMeshInUse, selectedWorkloads } from '../../kubernetes/lookups.js';
import { services, workloadKey } from '../../kubernetes/tables.js';
import { injectionOf } from '../injection.js';
import { keyOf } from '../kinds/shared.js';
import { protocolOfPort } from '../opaque.js';
import { changeFixes } from '../suggestions.js';
import { POLICY_GROUP, routesOn } from '../tables.js';

export const appProtocolUnknown = defineRule({
  id: 'linkerd/app-protocol-unknown',
  title: 'appProtocol that Linkerd does not know',
  severity: 'info',
  category: 'semantics',
  effect: 'Linkerd takes the port for plain TCP.',
  why: 'Of the protocols that a port of a Service can state, Linkerd knows http, kubernetes.io/h2c, linkerd.io/opaque and linkerd.io/tcp. Any other word, such as grpc or https, makes the port opaque: no metrics of requests, no routes, no retries.',
  remedy: 'Write kubernetes.io/h2c for gRPC and HTTP/2, http for HTTP/1, or leave the field out to have the protocol found out.',
  example: {
    bad: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: grpc, port: 80, appProtocol: grpc }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart }, annotations: { linkerd.io/inject: enabled } }
    spec: { containers: [{ name: cart, image: example.org/cart:1, ports: [{ containerPort: 80 }] }] }
`,
    good: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: grpc, port: 80, appProtocol: kubernetes.io/h2c }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart }, annotations: { linkerd.io/inject: enabled } }
    spec: { containers: [{ name: cart, image: example.org/cart:1, ports: [{ containerPort: 80 }] }] }
`,
  },

  kinds: ['Service'],
  reads: { services, selectedWorkloads, injectionOf, routesOn, isMeshInUse },

  *check({ resource, read }) {
    const nodes = resource.root.list('spec.ports.*.appProtocol').filter((it) => protocolOfPort(it.text()) === 'unknown');
    if (nodes.length === 0) return;
    const selector = read.services(keyOf(resource)).find((it) => it.resource === resource.id)?.data.selector;
    const workloads = selector ? read.selectedWorkloads(`${namespaceKey(resource.namespace)}/${selectorText(selector)}`) : [];
    const isTied =
      workloads.some((it) => read.injectionOf(workloadKey(it.data)).state === 'injected') ||
      read.routesOn(`Service/${keyOf(resource)}`).some((it) => it.data.group === POLICY_GROUP || read.isMeshInUse('linkerd'));
    if (!isTied) return;
    for (const at of nodes) {
      const written = at.text()!;
      const isHttp2 = /^(grpc|http2|http\/2|h2|h2c|grpc-web)$/i.test(written);
      yield {
        at,
        message: `"${written}" is no protocol that Linkerd knows.`,
        data: { values: isHttp2 ? ['kubernetes.io/h2c'] : [], isCertain: false },
      };
    }
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
