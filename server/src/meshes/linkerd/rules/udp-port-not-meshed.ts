import { defineRule } from '../../../rules/rule.js';
import { podTemplateOf, POD_KINDS } from '../../kubernetes/pod-templates.js';
import { workloadKey } from '../../kubernetes/tables.js';
import { injectionOf } from '../injection.js';

export const udpPortNotMeshed = defineRule({
  id: 'linkerd/udp-port-not-meshed',
  title: 'UDP port of a pod in the mesh',
  severity: 'info',
  category: 'semantics',
  effect: 'UDP passes the proxy by: no mTLS, no policy.',
  why: 'Linkerd carries TCP. Traffic by UDP goes to the container as if there were no proxy, whatever policies say of the pod.',
  remedy: 'Protect the port by a NetworkPolicy where that matters.',
  example: {
    bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart }, annotations: { linkerd.io/inject: enabled } }
    spec: { containers: [{ name: cart, image: example.org/cart:1, ports: [{ containerPort: 5353, protocol: UDP }] }] }
`,
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart }, annotations: { linkerd.io/inject: enabled } }
    spec: { containers: [{ name: cart, image: example.org/cart:1, ports: [{ containerPort: 5353 }] }] }
`,
  },

  kinds: POD_KINDS,
  reads: { injectionOf },

  *check({ resource, read }) {
    const ports = podTemplateOf(resource)?.spec?.list('containers.*.ports.*') ?? [];
    const port = ports.find((it) => it.text('protocol') === 'UDP');
    if (port === undefined || read.injectionOf(workloadKey(resource)).state !== 'injected') return;
    const number = port.number('containerPort');
    yield {
      at: port.get('protocol')!,
      message: `Port ${number === undefined ? '' : `${number} `}takes UDP, which the proxy of this pod does not carry.`,
    };
  },
});
