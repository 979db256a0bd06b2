import type { Definition } from '../../../model/facts.js';
import { displayHost, serviceOfHost } from '../../../model/hosts.js';
import { displayName, namespaceKey } from '../../../model/resource.js';
import { labelsIn, selectorText, selects, type Labels } from '../../../model/selectors.js';
import { defineRule, type Evidence, type Fix } from '../../../rules/rule.js';
import { removeItem, replaceValue } from '../../../yaml/edit.js';
import { ANY_NAMESPACE, pickedWorkloads } from '../../kubernetes/lookups.js';
import { hiddenWorkloads, type Workload } from '../../kubernetes/tables.js';
import { canonicalHost, spellingsOf, subsetKey } from '../hosts.js';
import { isServiceOwner, ownersOfHost, pickedWorkloadEntries, type HostOwner } from '../lookups.js';
import { destinationRules, subsetRoutes } from '../tables.js';

/** Labels that Istio takes from the node a pod runs on. */
const NODE_LABELS = [
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.istio.io/subzone',
  'topology.istio.io/network',
  'kubernetes.io/hostname',
];

interface Data {
  readonly labels: Labels;
  readonly workloads: readonly { readonly name: string; readonly labels: Labels }[];
  readonly used: boolean;
}

export const subsetSelectsNothing = defineRule({
  id: 'istio/subset-selects-nothing',
  title: 'Subset whose labels no pod of the host carries',
  severity: 'error',
  category: 'reference',
  peers: ['IST0173', 'KIA0203'],
  effect: 'Requests sent to it get 503.',
  why: 'A subset is the pods of the host that carry its labels. Where none does, the proxy has a cluster without endpoints.',
  remedy: 'Use labels that the pods carry (those of the pod template), or delete the subset.',
  otherTools: 'istioctl analyze takes pods of any Service and namespace; Kiali those of the Service, as here.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec:
  host: cart
  subsets:
  - { name: v2, labels: { version: v2 } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart-v1, namespace: shop }
spec:
  selector: { matchLabels: { app: cart, version: v1 } }
  template:
    metadata: { labels: { app: cart, version: v1 } }
    spec: { containers: [{ name: cart, image: cart:1, ports: [{ containerPort: 80 }] }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec:
  host: cart
  subsets:
  - { name: v1, labels: { version: v1 } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart-v1, namespace: shop }
spec:
  selector: { matchLabels: { app: cart, version: v1 } }
  template:
    metadata: { labels: { app: cart, version: v1 } }
    spec: { containers: [{ name: cart, image: cart:1, ports: [{ containerPort: 80 }] }] }
`,
  },

  mentions: ['subsets'],
  kinds: ['DestinationRule'],
  reads: { ownersOfHost, pickedWorkloads, hiddenWorkloads, pickedWorkloadEntries, subsetRoutes },

  *check({ resource, read, stated }) {
    const own = stated(destinationRules)?.data;
    const written = own?.host ?? resource.root.text('spec.host');
    if (written === undefined || written === '' || written.startsWith('*')) return;
    const host = canonicalHost(written, resource.namespace);
    const owners = read.ownersOfHost(host);
    const members = owners.map(membersOf);
    if (members.length === 0 || members.some((it) => it === undefined)) return;
    const pods = members.flatMap((it) => it!.workloads);
    const name = serviceOfHost(host)?.name ?? host;
    const isPicked = (labels: Labels): boolean => Object.keys(labels).length === 0 || pods.some((it) => selects(labels, it.data.labels));
    if (own?.subsets.every((it) => isPicked(ofPods(it.labels))) === true) return;

    for (const node of resource.root.list('spec.subsets.*')) {
      const at = node.get('name');
      const subset = at?.text();
      const map = node.map('labels');
      if (at === undefined || subset === undefined || map === undefined || map.partial) continue;
      if (map.entries.some((it) => it.keyOpaque || it.value.text() === undefined)) continue;
      const labels = ofPods(labelsIn(map));
      if (isPicked(labels)) continue;
      const carried = [...pods.map((it) => it.data.labels), ...members.flatMap((it) => it!.others())];
      if (carried.some((it) => selects(labels, it))) continue;
      const routes = spellingsOf(host).flatMap((it) => read.subsetRoutes(subsetKey(it, subset)));
      const text = selectorText(labels).replaceAll(',', ', ');
      yield {
        at,
        severity: routes.length > 0 ? 'error' : 'info',
        certainty: carried.length > 0 && resource.namespace !== undefined ? 'owned' : 'unseen',
        message: `Subset "${subset}" of "${displayHost(host)}" selects no pod: no ${pods.length > 0 || owners.some(isServiceOwner) ? 'workload' : 'endpoint'} of "${name}" carries ${text}.`,
        related: [
          ...pods.slice(0, 3).map((it): Evidence => ({ at: it, message: `pods of "${it.data.name}" carry ${shown(it.data.labels)}` })),
          ...routes.slice(0, 2).map((it): Evidence => ({ at: it, message: `"${displayName(it.data)}" routes to the subset` })),
        ],
        data: {
          labels,
          workloads: pods.map((it) => ({ name: it.data.name, labels: it.data.labels })),
          used: routes.length > 0,
        } satisfies Data,
      };
    }

    /** What may belong to a subset of an owner's host; undefined where nobody can tell from files. */
    function membersOf(
      owner: HostOwner,
    ): { readonly workloads: readonly Definition<Workload>[]; readonly others: () => readonly Labels[] } | undefined {
      const { data } = owner;
      if (data.incomplete) return undefined;
      const key = namespaceKey(data.namespace);
      const selector = isServiceOwner(owner) ? owner.data.selector : owner.data.workloadSelector;
      if (selector === undefined) return isServiceOwner(owner) ? undefined : { workloads: [], others: () => owner.data.endpointLabels };
      const picked = `${key}/${selectorText(selector)}`;
      // Pods may lack a label only because a template hides it.
      const hidden = read.hiddenWorkloads(key === namespaceKey(undefined) ? ANY_NAMESPACE : key);
      if (hidden.length > 0) return undefined;
      // Hardly any subset needs entries: most are for pods.
      return { workloads: read.pickedWorkloads(picked), others: () => read.pickedWorkloadEntries(picked).map((it) => it.data.labels) };
    }
  },

  fix({ resource, problem, text }) {
    const { labels, workloads, used } = problem.data as Data;
    const list = resource.root.get('spec.subsets');
    const index = list?.type === 'list' ? list.items.findIndex((it) => it.get('name')?.start === problem.at.start) : -1;
    if (list?.type !== 'list' || index < 0) return [];
    const fixes: Fix[] = [];
    for (const workload of workloads) {
      const changed = Object.keys(labels).filter((key) => workload.labels[key] !== labels[key]);
      if (changed.some((key) => workload.labels[key] === undefined)) continue;
      const edits = changed.flatMap((key) => {
        const value = list.items[index]!.map('labels')?.entry(key)?.value;
        return value ? [replaceValue(text, value, workload.labels[key]!)] : [];
      });
      const title = `Use ${changed.map((key) => `${key}=${workload.labels[key]}`).join(', ')}`;
      if (edits.length > 0 && !fixes.some((it) => it.title.startsWith(title))) fixes.push({ title: `${title} (${workload.name})`, edits });
    }
    const removal = used ? undefined : removeItem(text, list, index);
    return [...fixes.slice(0, 3), ...(removal ? [{ title: 'Delete the subset', edits: [removal] }] : [])];
  },
});

/** Labels without those of nodes, which no pod carries. */
function ofPods(labels: Labels): Labels {
  return NODE_LABELS.some((it) => it in labels)
    ? Object.fromEntries(Object.entries(labels).filter(([key]) => !NODE_LABELS.includes(key)))
    : labels;
}

function shown(labels: Labels): string {
  const pairs = selectorText(labels).split(',');
  return pairs.length > 4 ? `${pairs.slice(0, 4).join(', ')} and ${pairs.length - 4} more` : pairs.join(', ');
}
