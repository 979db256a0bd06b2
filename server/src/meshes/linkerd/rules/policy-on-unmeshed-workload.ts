import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { workloadKey } from '../../kubernetes/tables.js';
import { injectionOf, type Injection } from '../injection.js';
import { keyOf } from '../kinds/shared.js';
import { workloadsOfServer } from '../lookups.js';

export const policyOnUnmeshedWorkload = defineRule({
  id: 'linkerd/policy-on-unmeshed-workload',
  title: 'Server for pods without a proxy',
  severity: 'warning',
  category: 'policy',
  effect: 'Nobody enforces what is said of it, and its ports stay open.',
  why: 'Policies are enforced by the proxy beside the application. A pod without one takes every connection, whatever Servers and policies say.',
  remedy: 'Annotate the Namespace or the pod template with linkerd.io/inject: enabled.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, port: 8080, accessPolicy: audit }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: enabled } }
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, port: 8080, accessPolicy: audit }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  unseen: 'info',

  kinds: ['Server'],
  reads: { workloadsOfServer, injectionOf },

  *check({ resource, read }) {
    const selector = resource.root.get('spec.podSelector');
    const pods = read.workloadsOfServer(keyOf(resource));
    if (selector === undefined || pods.length === 0 || resource.partial) return;
    const found = pods.map((it) => read.injectionOf(workloadKey(it.data)));
    if (found.some((it) => it.state !== 'none')) return;
    const names = [...new Set(pods.map((it) => it.data.name))];
    const decisive = found.find((it) => it.decidedBy !== undefined);
    yield {
      at: selector,
      // Manifests that nothing asks for injection in are often passed through "linkerd inject" when they are applied.
      certainty: found.every((it) => it.why === 'namespace-silent') ? 'unseen' : 'proven',
      message: `${quotedList(names)} ${names.length === 1 ? 'runs' : 'run'} without a proxy of Linkerd.`,
      related: [
        ...(decisive?.decidedBy ? [{ at: decisive.decidedBy, message: reasonOf(decisive) }] : []),
        ...pods.slice(0, 4).map((it) => ({ at: it, message: `"${it.data.name}" is selected by this Server` })),
      ],
    };
  },
});

function reasonOf({ why }: Injection): string {
  switch (why) {
    case 'host-network':
      return 'pods on the network of the host get none';
    case 'pod-disabled':
      return 'injection is turned off here';
    case 'pod-value':
    case 'namespace-value':
      return 'a value that the injector does not know turns injection off';
    case 'webhooks-disabled':
      return 'the webhooks of Linkerd are turned off here';
    default:
      return 'this Namespace does not ask for injection';
  }
}
