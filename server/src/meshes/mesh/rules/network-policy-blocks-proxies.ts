import { namespaceKey } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import { defineRule } from '../../../rules/rule.js';
import { insertItem } from '../../../yaml/edit.js';
import { networkPolicyFactsIn } from '../../kubernetes/kinds/network-policies.js';
import { matches } from '../../kubernetes/label-selectors.js';
import { networkPoliciesOf, selectedWorkloads } from '../../kubernetes/lookups.js';
import { dataPlane, membershipsOf } from '../../kubernetes/mesh-membership.js';
import { isOpenFor } from '../../kubernetes/network-openings.js';
import { workloadKey } from '../../kubernetes/tables.js';

export const networkPolicyBlocksProxies = defineRule({
  id: 'mesh/network-policy-blocks-proxies',
  title: 'NetworkPolicy that cuts the proxies of Linkerd or Consul off',
  severity: 'warning',
  category: 'pitfall',
  effect: 'The mesh does not work for these pods.',
  why: 'A NetworkPolicy denies what no policy allows, and knows nothing of proxies. Those of Linkerd need its control plane on 8080, 8086 and 8090, and take ports that are opaque on 4143. Those of Consul take calls on 20000, and need its servers on 8502.',
  remedy: 'Allow the ports of the mesh.',
  example: { bad: example('[{ to: [{ podSelector: { matchLabels: { app: orders } } }] }]'), good: example('[{}]') },
  unseen: 'info',

  kinds: ['NetworkPolicy'],
  reads: { selectedWorkloads, membershipsOf, networkPoliciesOf },

  *check({ resource, read }) {
    const policy = networkPolicyFactsIn(resource);
    if (policy === undefined || policy.incomplete || resource.namespace === undefined) return;
    const told = new Set<string>();
    for (const pod of read.selectedWorkloads(`${namespaceKey(resource.namespace)}/${selectorText(policy.selector.matchLabels)}`)) {
      if (!matches(policy.selector, pod.data.labels)) continue;
      const key = workloadKey(pod.data);
      const memberships = read.membershipsOf(key).filter((it) => !dataPlane(it.plane).judgesNetworkPolicies);
      for (const { plane, site, by, marker } of memberships) {
        for (const direction of ['ingress', 'egress'] as const) {
          const id = `${plane} ${direction}`;
          if (policy[direction] === undefined || told.has(id)) continue;
          const policies = read.networkPoliciesOf(key);
          const [need, ...others] = dataPlane(plane).ports.filter(
            (it) => it.direction === direction && !isOpenFor(policies, it, pod.data.namespace, it.namespace),
          );
          if (need === undefined) continue;
          told.add(id);
          const more = others.length === 0 ? '' : `, nor on ${others.map((it) => it.ports[0]).join(' and ')}`;
          yield {
            at: resource.root.map('spec')?.entry(direction)?.keyRange ?? resource.root.get('metadata.name')!,
            // Linkerd's proxies call most ports by their own number.
            severity: plane === 'linkerd' && direction === 'ingress' ? 'info' : 'warning',
            certainty: 'unseen',
            message: `"${pod.data.name}" is in ${dataPlane(plane).title}, and no NetworkPolicy allows ${direction === 'egress' ? 'egress to ' : ''}${need.what} on port ${need.ports[0]}${more}.`,
            effect: plane === 'linkerd' && direction === 'ingress' ? 'Calls to opaque ports fail.' : need.effect,
            related: [{ at: site, message: by === 'namespace' ? `its Namespace has ${marker}` : `its pods have ${marker}` }],
            data: { direction, ports: [need, ...others].map((it) => it.ports[0]!), namespace: need.namespace ?? null },
          };
        }
      }
    }
  },

  fix({ resource, problem, text }) {
    const { direction, ports, namespace } = problem.data as { direction: string; ports: readonly number[]; namespace: string | null };
    const list = resource.root.get(`spec.${direction}`);
    if (list?.type !== 'list' || list.items.length === 0) return [];
    const peers =
      direction === 'egress' && namespace !== null
        ? `to:\n- namespaceSelector:\n    matchLabels:\n      kubernetes.io/metadata.name: ${namespace}\n`
        : '';
    const rule = `${peers}ports:\n${ports.map((it) => `- port: ${it}\n  protocol: TCP`).join('\n')}`;
    return [{ title: `Allow ${ports.length === 1 ? 'port' : 'ports'} ${ports.join(', ')}`, edits: [insertItem(text, list, rule)] }];
  },
});

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
metadata: { name: shop, annotations: { linkerd.io/inject: enabled } }
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
