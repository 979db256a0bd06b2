import { displayHost, serviceOfHost, wildcardsOf } from '../../../model/hosts.js';
import { displayName, namespaceKey, type Resource } from '../../../model/resource.js';
import { defineRule, type Fix } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { shortPath } from '../../../text/uri.js';
import { insertItem, quoteIfNeeded, replaceValue } from '../../../yaml/edit.js';
import { canUse, completedHost, subsetKey } from '../hosts.js';
import { textsAt } from '../kinds/shared.js';
import { statedDestinations, userOf } from '../destinations.js';
import { destinationsOf } from '../kinds/traffic.js';
import { destinationRulesFor, hostInView, ownersOfHost, workloadsOfHost } from '../lookups.js';
import { services } from '../../kubernetes/tables.js';
import { importsOf, isImported } from '../sidecar-scope.js';
import { destinationRulesByName, subsets } from '../tables.js';
import { quotedList } from '../words.js';

interface Data {
  readonly host: string;
  readonly subset: string;
  /** Subsets that exist, the likeliest first. */
  readonly instead: readonly string[];
  /** Whether the first of them differs by a slip only. */
  readonly near: boolean;
}

export const unknownSubset = defineRule({
  id: 'istio/unknown-subset',
  title: 'Route names a subset that no DestinationRule defines',
  severity: 'error',
  category: 'reference',
  peers: ['IST0101:subset', 'KIA1107'],
  effect: 'Requests on this route get 503.',
  why: 'A subset exists only in a DestinationRule for its host. Without it the proxy has no cluster for the route and answers 503.',
  remedy: 'Correct the name, or add the subset with labels that pods carry.',
  otherTools: 'istioctl analyze ignores wildcard hosts and exportTo of DestinationRules; here both count.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: checkout, namespace: shop }
spec:
  hosts: [checkout]
  http:
  - route:
    - destination: { host: checkout, subset: v3 }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: checkout, namespace: shop }
spec:
  host: checkout
  subsets:
  - { name: v2, labels: { version: v2 } }
---
apiVersion: v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec: { selector: { app: checkout }, ports: [{ name: http, port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: checkout-v2, namespace: shop }
spec:
  selector: { matchLabels: { app: checkout, version: v2 } }
  template:
    metadata: { labels: { app: checkout, version: v2 } }
    spec: { containers: [{ name: checkout, image: checkout:2, ports: [{ containerPort: 80 }] }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: checkout, namespace: shop }
spec:
  hosts: [checkout]
  http:
  - route:
    - destination: { host: checkout, subset: v2 }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: checkout, namespace: shop }
spec:
  host: checkout
  subsets:
  - { name: v2, labels: { version: v2 } }
---
apiVersion: v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec: { selector: { app: checkout }, ports: [{ name: http, port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: checkout-v2, namespace: shop }
spec:
  selector: { matchLabels: { app: checkout, version: v2 } }
  template:
    metadata: { labels: { app: checkout, version: v2 } }
    spec: { containers: [{ name: checkout, image: checkout:2, ports: [{ containerPort: 80 }] }] }
`,
  },

  mentions: ['subset'],
  kinds: ['VirtualService'],
  reads: { destinationRulesFor, destinationRulesByName, subsets, ownersOfHost, hostInView, workloadsOfHost, importsOf, services },

  *check({ resource, read, stated }) {
    const { destinations, siteOf } = statedDestinations({ resource, stated });
    const user = userOf({ resource, stated });
    const viewer = namespaceKey(resource.namespace);
    for (const destination of destinations) {
      const { subset, mirror } = destination;
      if (subset === undefined || subset === '') continue;
      // Where Kiali completes a host and Istio does not, the subset that Kiali misses will be missing once the host is written in full.
      const completed = mirror ? undefined : completedHost(destination.host);
      const service = serviceOfHost(completed ?? '');
      const isCompleted = service !== undefined && read.services(`${namespaceKey(service.namespace)}/${service.name}`).length > 0;
      const host = isCompleted ? completed! : destination.host;
      const rules = read.destinationRulesFor(host);
      const usable = rules.filter((it) => canUse(user, it.data));
      const defining = usable.filter((it) => it.data.incomplete || it.data.subsets.some(({ name }) => name === subset));
      if (defining.length > 0) {
        const [hidden] = defining;
        if (mirror || hidden === undefined) continue;
        const imports = read.importsOf(viewer);
        if (defining.some((it) => isImported(imports, viewer, it.data.host, it.data.namespace))) continue;
        const ofMesh = !resource.root.has('spec.gateways') || textsAt(resource.root, 'spec.gateways').includes('mesh');
        yield {
          at: siteOf(destination).node.get('subset')!,
          peers: ['KIA1107'],
          severity: ofMesh ? 'warning' : 'hint',
          message: `The Sidecar of "${viewer}" does not import "${displayHost(host)}", nor its subset "${subset}".`,
          effect: ofMesh ? 'Its proxies have no such route.' : 'It counts on gateways only.',
          related: [{ at: hidden, message: describe(hidden.data) }],
        };
        continue;
      }
      const common = {
        at: siteOf(destination).node.get('subset')!,
        peers: mirror
          ? ['IST0101:mirror-subset']
          : // Kiali takes a subset of a wider rule, which a narrower one replaces as a whole.
            wildcardsOf(host).some((it) => read.subsets(subsetKey(it, subset)).length > 0)
            ? ['IST0101:subset']
            : isCompleted
              ? ['KIA1107']
              : ['IST0101:subset', 'KIA1107'],
        ...(mirror && { effect: 'Mirrored requests go nowhere.' }),
      };
      if (usable.length > 0) {
        const names = [...new Set(usable.flatMap((it) => it.data.subsets.map(({ name }) => name)))].sort();
        const near = nearest(subset, names);
        yield {
          ...common,
          message: `Subset "${subset}" of "${displayHost(host)}" is not defined.`,
          related: usable.map((it) => {
            const first = it.data.subsets[0]?.name;
            const defined = first === undefined ? [] : read.subsets(subsetKey(it.data.host, first));
            return { at: defined.find(({ resource: rule }) => rule === it.resource) ?? it, message: describe(it.data) };
          }),
          data: {
            host,
            subset,
            instead: near === undefined ? names.reverse() : [near, ...names.filter((it) => it !== near)],
            near: near !== undefined,
          } satisfies Data,
        };
        continue;
      }
      const data: Data = { host, subset, instead: [], near: false };
      const hidden = rules.find((it) => it.data.subsets.some(({ name }) => name === subset));
      if (hidden) {
        yield {
          ...common,
          message: `Subset "${subset}" is defined in DestinationRule "${displayName(hidden.data)}", which is not exported to here.`,
          related: [{ at: hidden, message: `"${hidden.data.name}" is exported to ${hidden.data.exportTo.join(', ')} only` }],
          data,
        };
        continue;
      }
      const astray = read
        .destinationRulesByName(serviceOfHost(host)?.name ?? '')
        .filter((it) => it.data.subsets.some(({ name }) => name === subset));
      const [other] = astray;
      if (other && serviceOfHost(host)) {
        yield {
          ...common,
          certainty: 'near',
          message: `No DestinationRule is for "${displayHost(host)}"; "${displayName(other.data)}" is for "${displayHost(other.data.host)}".`,
          related: astray.map((it) => ({ at: it, message: `"${it.data.name}" is for "${displayHost(it.data.host)}"` })),
          data,
        };
        continue;
      }
      // A missing host is the cause of a missing subset, and told by other rules; so is one that is not complete.
      if (read.ownersOfHost(host).length === 0 && read.hostInView(host) !== 'external') continue;
      yield {
        ...common,
        certainty: 'owned',
        message: `No DestinationRule in this workspace defines subsets of "${displayHost(host)}".`,
        data,
      };
    }
  },

  fix({ resource, read, problem, text, other }) {
    if (problem.data === undefined) return [];
    const { host, subset, instead, near } = problem.data as Data;
    const node = destinationsOf(resource)
      .map((it) => it.node.get('subset'))
      .find((it) => it?.start === problem.at.start);
    if (node === undefined) return [];
    const fixes: Fix[] = instead.slice(0, 3).map((name, i) => ({
      title: `Change to "${name}"`,
      preferred: near && i === 0,
      edits: [replaceValue(text, node, name)],
    }));
    const wanted = [...new Set([subset, ...subsetsWanted(resource, host)])];
    const labelsOfPods = read.workloadsOfHost(host)?.map((it) => it.data.labels) ?? [];
    const [label, value] = labelFor(subset, labelsOfPods);
    const [rule] = read.destinationRulesFor(host);
    const user = { namespace: resource.namespace, exportTo: textsAt(resource.root, 'spec.exportTo') };
    const place = rule && other(rule.resource);
    if (rule && place && canUse(user, rule.data)) {
      const list = place.resource.root.get('spec.subsets');
      const item = `name: ${subset}\nlabels:\n  ${label}: ${value}`;
      const file = place.resource.uri === resource.uri ? '' : ` (${shortPath(place.file)})`;
      if (list?.type === 'list')
        fixes.push({
          title: `Add subset "${subset}" to DestinationRule "${displayName(rule.data)}"${file}`,
          edits: [{ resource: rule.resource, ...insertItem(place.text, list, item) }],
        });
    } else if (rule === undefined) {
      const service = serviceOfHost(host);
      const name = service?.name ?? host.replace(/[^a-z0-9]+/gi, '-').toLowerCase();
      fixes.push({
        title: `Create DestinationRule "${displayName({ name, namespace: resource.namespace })}"`,
        edits: [
          {
            appendDocument: ruleFor(
              name,
              resource.namespace,
              service?.namespace === resource.namespace ? name : host,
              wanted.map((it) => ({ subset: it, label: labelFor(it, labelsOfPods) })),
            ),
          },
        ],
      });
    }
    return fixes;
  },
});

function describe({ name, subsets }: { readonly name: string; readonly subsets: readonly { readonly name: string }[] }): string {
  const names = subsets.map((it) => it.name);
  if (names.length === 0) return `"${name}" defines no subsets here`;
  return `"${name}" defines ${quotedList(names).replaceAll('"', '')} here`;
}

/** The label that makes pods members of a subset: the one that some workload carries with the subset's name as its value. */
function labelFor(subset: string, workloads: readonly Readonly<Record<string, string>>[]): readonly [string, string] {
  for (const labels of workloads) {
    const fitting = Object.keys(labels).filter((key) => labels[key] === subset);
    const label = fitting.includes('version') ? 'version' : fitting[0];
    if (label !== undefined) return [label, subset];
  }
  return ['version', subset];
}

/** Every subset of a host that a VirtualService routes to: a new rule has to define them all. */
function subsetsWanted(resource: Resource, host: string): readonly string[] {
  return destinationsOf(resource).flatMap(({ node, named }) => {
    const subset = node.text('subset');
    return named?.host === host && subset !== undefined && subset !== '' ? [subset] : [];
  });
}

interface WantedSubset {
  readonly subset: string;
  readonly label: readonly [name: string, value: string];
}

function ruleFor(name: string, namespace: string | undefined, host: string, wanted: readonly WantedSubset[]): string {
  const subsets = wanted.map(
    ({ subset, label: [label, value] }) => `  - name: ${quoteIfNeeded(subset)}
    labels:
      ${label}: ${quoteIfNeeded(value)}
`,
  );
  return `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: ${name}
${namespace === undefined ? '' : `  namespace: ${namespace}\n`}spec:
  host: ${host}
  subsets:
${subsets.join('')}`;
}
