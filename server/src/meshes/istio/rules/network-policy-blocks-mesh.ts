import { namespaceKey } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import { defineRule } from '../../../rules/rule.js';
import { insertItem } from '../../../yaml/edit.js';
import { networkPolicyFactsIn } from '../../kubernetes/kinds/network-policies.js';
import { matches } from '../../kubernetes/label-selectors.js';
import { networkPoliciesOf, selectedWorkloads } from '../../kubernetes/lookups.js';
import { isOpenFor } from '../../kubernetes/network-openings.js';
import { workloadKey, type Workload } from '../../kubernetes/tables.js';
import { injectionOf } from '../injection.js';
import { meshConfig } from '../mesh-config.js';
import { keyRange } from '../places.js';

type Direction = 'ingress' | 'egress';

/** What the mesh needs open, and what fails where it is not. */
interface Need {
  readonly direction: Direction;
  /** One of them is enough. */
  readonly ports: readonly number[];
  readonly protocol: 'TCP' | 'UDP';
  readonly what: string;
  readonly effect: string;
  readonly isVital: boolean;
}

const DNS: Need = {
  direction: 'egress',
  // Pods of OpenShift's DNS listen on the second.
  ports: [53, 5353],
  protocol: 'UDP',
  what: 'DNS',
  effect: 'Names do not resolve, that of istiod among them.',
  isVital: true,
};
const ISTIOD: Need = {
  direction: 'egress',
  ports: [15012, 15010],
  protocol: 'TCP',
  what: 'istiod',
  effect: 'The sidecar gets no certificate and no routes, and its pod never gets ready.',
  isVital: true,
};
const SIDECAR: readonly Need[] = [
  ISTIOD,
  DNS,
  {
    direction: 'ingress',
    ports: [15020, 15090],
    protocol: 'TCP',
    what: 'the metrics of the sidecar',
    effect: 'Prometheus cannot read them.',
    isVital: false,
  },
  {
    direction: 'ingress',
    ports: [15021],
    protocol: 'TCP',
    what: 'the health port of the sidecar',
    effect: 'Load balancers that ask it take the pod for unhealthy.',
    isVital: false,
  },
];
const AMBIENT: readonly Need[] = [
  {
    direction: 'ingress',
    ports: [15008],
    protocol: 'TCP',
    what: 'the tunnels of ztunnel',
    effect: 'Calls from pods of the mesh fail.',
    isVital: true,
  },
  {
    direction: 'egress',
    ports: [15008],
    protocol: 'TCP',
    what: 'the tunnels of ztunnel',
    effect: 'Calls to pods of the mesh fail.',
    isVital: true,
  },
  DNS,
];
const WEBHOOK: readonly Need[] = [
  {
    direction: 'ingress',
    ports: [15017],
    protocol: 'TCP',
    what: 'the API server',
    effect: 'No pod is injected, and no configuration is checked.',
    isVital: true,
  },
  {
    direction: 'ingress',
    ports: [15012],
    protocol: 'TCP',
    what: 'sidecars',
    effect: 'They get no certificates and no routes.',
    isVital: true,
  },
];

export const networkPolicyBlocksMesh = defineRule({
  id: 'istio/network-policy-blocks-mesh',
  title: 'NetworkPolicy that cuts pods off from the mesh',
  severity: 'warning',
  category: 'pitfall',
  effect: 'The mesh does not work for these pods.',
  why: 'A NetworkPolicy denies what no policy allows, and knows nothing of proxies. Sidecars need istiod on 15012 and DNS; their metrics are on 15020 and 15090 and their health on 15021. In ambient all traffic between pods comes in on 15008. istiod itself answers sidecars on 15012 and the API server on 15017.',
  remedy: 'Allow the ports of the mesh.',
  example: { bad: example('[{ to: [{ podSelector: { matchLabels: { app: orders } } }] }]'), good: example('[{}]') },
  unseen: 'info',

  kinds: ['NetworkPolicy'],
  reads: { selectedWorkloads, injectionOf, networkPoliciesOf, meshConfig },

  *check({ resource, read }) {
    const policy = networkPolicyFactsIn(resource);
    if (policy === undefined || policy.incomplete || resource.namespace === undefined) return;
    const told = new Set<Need>();
    for (const pod of read.selectedWorkloads(`${namespaceKey(resource.namespace)}/${selectorText(policy.selector.matchLabels)}`)) {
      if (pod.data.hostNetwork || pod.data.incomplete || !matches(policy.selector, pod.data.labels)) continue;
      const key = workloadKey(pod.data);
      const needs = needsOf(pod.data, read.injectionOf(key).state).filter((it) => policy[it.direction] !== undefined && !told.has(it));
      if (needs.length === 0) continue;
      const policies = read.networkPoliciesOf(key);
      for (const need of needs) {
        if (placesOf(need, read.meshConfig().rootNamespace).some((it) => isOpenFor(policies, need, pod.data.namespace, it))) continue;
        told.add(need);
        const { decidedBy } = read.injectionOf(key);
        const [port] = need.ports;
        yield {
          at:
            keyRange(resource.root, `spec.${need.direction}`) ??
            keyRange(resource.root, 'spec.policyTypes') ??
            resource.root.get('metadata.name')!,
          severity: need.isVital ? 'warning' : 'info',
          certainty: 'unseen',
          message: `"${pod.data.name}" is in the mesh, and no NetworkPolicy allows ${need.direction === 'egress' ? 'egress to ' : ''}${need.what} on port ${port}.`,
          effect: need.effect,
          related: [
            { at: pod, message: `${pod.data.kind} "${pod.data.name}" is selected` },
            ...(decidedBy ? [{ at: decidedBy, message: 'this puts it in the mesh' }] : []),
          ],
          data: { direction: need.direction, port, protocol: need.protocol, what: need.what },
        };
      }
    }
  },

  fix({ resource, problem, text }) {
    const { direction, port, protocol, what } = problem.data as { direction: Direction; port: number; protocol: string; what: string };
    const list = resource.root.get(`spec.${direction}`);
    if (list?.type !== 'list') return [];
    const peers = what === 'istiod' ? 'to:\n- namespaceSelector:\n    matchLabels:\n      kubernetes.io/metadata.name: istio-system\n' : '';
    return [{ title: `Allow port ${port}`, edits: [insertItem(text, list, `${peers}ports:\n- port: ${port}\n  protocol: ${protocol}`)] }];
  },
});

function needsOf({ labels }: Workload, state: string): readonly Need[] {
  if (labels['app'] === 'istiod') return WEBHOOK;
  return state === 'injected' ? SIDECAR : state === 'ambient' ? AMBIENT : [];
}

/** Where the other end may be; undefined stands for anywhere. */
function placesOf({ direction, ports, what }: Need, rootNamespace: string): readonly (string | undefined)[] {
  if (direction === 'ingress' || ports.includes(15008)) return [undefined];
  return what === 'DNS' ? ['kube-system', 'openshift-dns'] : [rootNamespace];
}

function example(egress: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: cart, namespace: shop }
spec:
  podSelector: { matchLabels: { app: cart } }
  policyTypes: [Egress]
  egress: ${egress}
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: "example.org/cart:1" }] }
`;
}
