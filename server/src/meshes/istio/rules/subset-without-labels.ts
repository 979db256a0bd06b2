import { insertEntry, quoteIfNeeded } from '../../../yaml/edit.js';
import { displayHost } from '../../../model/hosts.js';
import { defineRule } from '../../../rules/rule.js';
import { canonicalHost } from '../hosts.js';
import { isServiceOwner, ownersOfHost, workloadsOfHost } from '../lookups.js';
import { destinationRules } from '../tables.js';

export const subsetWithoutLabels = defineRule({
  id: 'istio/subset-without-labels',
  title: 'Subset of a Service without labels',
  severity: 'warning',
  category: 'pitfall',
  peers: ['KIA0209'],
  effect: 'It is every pod of the Service.',
  why: 'Labels are what makes a subset smaller than its Service. Without them routes to the subset reach all versions.',
  remedy: 'Give the subset the labels that set its pods apart.',
  otherTools:
    'Kiali also reports subsets of wildcard hosts and of ServiceEntries, where a subset without labels is the way to give a route its own TLS settings.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec:
  host: cart
  subsets:
  - name: v1
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec:
  host: cart
  subsets:
  - name: v1
    labels: { version: v1 }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  mentions: ['subsets'],
  kinds: ['DestinationRule'],
  reads: { ownersOfHost, workloadsOfHost },

  *check({ resource, read, stated }) {
    const own = stated(destinationRules)?.data;
    if (own?.subsets.every((it) => Object.keys(it.labels).length > 0) === true) return;
    const written = resource.root.text('spec.host');
    if (written === undefined || written === '' || written.startsWith('*')) return;
    const host = canonicalHost(written, resource.namespace);
    if (!read.ownersOfHost(host).some(isServiceOwner)) return;
    for (const node of resource.root.list('spec.subsets.*')) {
      if (node.type !== 'map' || node.partial) continue;
      const at = node.get('name');
      const name = at?.text();
      const labels = node.get('labels');
      if (at === undefined || name === undefined) continue;
      if (labels !== undefined && !(labels.type === 'map' && labels.entries.length === 0 && !labels.partial) && node.has('labels'))
        continue;
      yield {
        at,
        // With a policy of its own it does say something.
        severity: node.has('trafficPolicy') ? 'info' : 'warning',
        message: `Subset "${name}" of "${displayHost(host)}" has no labels.`,
      };
    }
  },

  fix({ resource, read, problem, text }) {
    const node = resource.root.list('spec.subsets.*').find((it) => it.start <= problem.at.start && problem.at.end <= it.end);
    const name = node?.text('name');
    if (node?.type !== 'map' || name === undefined) return [];
    const workloads = read.workloadsOfHost(canonicalHost(resource.root.text('spec.host') ?? '', resource.namespace)) ?? [];
    const carried = workloads.flatMap((it) => Object.keys(it.data.labels).filter((label) => it.data.labels[label] === name));
    // A label that no pod carries would leave the subset without any.
    const label = carried.includes('version') || workloads.length === 0 ? 'version' : carried[0];
    const labels = node.get('labels');
    if (label === undefined || (labels !== undefined && labels.type !== 'map')) return [];
    const value = quoteIfNeeded(name);
    const edit = labels ? insertEntry(text, labels, label, value) : insertEntry(text, node, 'labels', `${label}: ${value}`, 'name');
    return [{ title: `Add label ${label}=${name}`, edits: [edit] }];
  },
});
