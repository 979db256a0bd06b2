import { ownedNamespaces } from '../../../index/settings.js';
import { UNKNOWN_NAMESPACE, type Resource } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import { defineRule, type Severity } from '../../../rules/rule.js';
import type { Range } from '../../../text/range.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { ANY_NAMESPACE, pickedWorkloads } from '../../kubernetes/lookups.js';
import { workloadsByLabel } from '../../kubernetes/tables.js';
import { coversNamespace } from '../hosts.js';
import { pickedWorkloadEntries } from '../lookups.js';
import { meshConfig } from '../mesh-config.js';
import { keyRange } from '../places.js';
import { labelValues, selectionOf, selectorPath, selectsBroughtAlong } from '../selection.js';
import { authorizationPolicies } from '../tables.js';

/** What peers say of a kind; they look at some kinds only. */
const PEERS: Readonly<Record<string, { readonly codes: readonly string[]; readonly severity?: Severity }>> = {
  Sidecar: { codes: ['IST0101:selector', 'KIA0004'], severity: 'error' },
  Telemetry: { codes: ['IST0101:selector'], severity: 'error' },
  AuthorizationPolicy: { codes: ['IST0127', 'KIA0004'] },
  PeerAuthentication: { codes: ['KIA0004'] },
  RequestAuthentication: { codes: ['KIA0004'] },
};

export const selectorMatchesNothing = defineRule({
  id: 'istio/selector-matches-nothing',
  title: 'Policy selects no workload',
  severity: 'warning',
  category: 'reference',
  peers: ['IST0101:selector', 'IST0127', 'KIA0004'],
  why: 'A selector compares labels of pods in the namespace of the policy (of every namespace for most policies in the root namespace). Where no pod carries all of them the policy is accepted and does nothing, and what it was to protect stays open.',
  remedy: 'Use labels that the pods carry: those of the pod template, not of the Deployment.',
  otherTools: 'Kiali looks for workloads of the root namespace only, where the policy holds for the whole mesh.',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: crat } }
  mtls: { mode: STRICT }
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
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  mtls: { mode: STRICT }
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

  kinds: [
    'PeerAuthentication',
    'RequestAuthentication',
    'AuthorizationPolicy',
    'Telemetry',
    'Sidecar',
    'WasmPlugin',
    'TrafficExtension',
    'EnvoyFilter',
    'ProxyConfig',
  ],
  reads: { meshConfig, ownedNamespaces, pickedWorkloads, pickedWorkloadEntries, workloadsByLabel, labelValues, selectsBroughtAlong },

  *check({ resource, read, stated }) {
    const selection = selectionOf(resource, read.meshConfig().rootNamespace, stated(authorizationPolicies)?.data);
    if (!selection || Object.keys(selection.labels).length === 0) return;
    const { key, labels, place } = selection;
    if (read.pickedWorkloads(key).length > 0 || read.pickedWorkloadEntries(key).length > 0) return;
    if (read.selectsBroughtAlong(key) !== undefined) return;
    const here = read.workloadsByLabel(`${place}/`);
    if (here.some((it) => it.data.incomplete)) return; // one of them may carry what a template hides

    const wrong = Object.entries(labels).filter(([label, value]) => read.workloadsByLabel(`${place}/${label}=${value}`).length === 0);
    const [label, value] = wrong[0] ?? [];
    const near = label === undefined || value === undefined ? undefined : nearest(value, read.labelValues(`${place}/${label}`));
    // In the root namespace a policy may mean a workload of any namespace, most of which are elsewhere; and manifests without a
    // namespace may be meant for different ones.
    const isOwned =
      (here.length > 0 && place !== ANY_NAMESPACE && place !== UNKNOWN_NAMESPACE) ||
      read.ownedNamespaces().some((pattern) => coversNamespace(pattern, place));
    const carriers = near === undefined ? [] : read.workloadsByLabel(`${place}/${label}=${near}`);
    const { codes, severity } = PEERS[resource.kind] ?? { codes: [] };
    yield {
      at: placeIn(resource, wrong.length === 1 ? label : undefined),
      ...(severity && { severity }),
      certainty: near !== undefined ? 'near' : isOwned ? 'owned' : 'unseen',
      peers: codes,
      // Others of the namespace may be made elsewhere.
      message: `No workload${where(place)}${near === undefined && place !== ANY_NAMESPACE ? ' in this workspace' : ''} carries ${selectorText(labels)}${near === undefined ? '' : ` ("${near}" exists)`}.`,
      effect: `This ${resource.kind} applies to nothing.`,
      related: carriers.slice(0, 3).map((it) => ({ at: it, message: `${it.data.kind} "${it.data.name}" carries ${label}=${near}` })),
      ...(near !== undefined && { data: { label, near } }),
    };
  },

  fix({ resource, problem, text }) {
    const change = problem.data as { label: string; near: string } | undefined;
    const node = change && resource.root.map(selectorPath(resource.kind))?.entry(change.label)?.value;
    return node ? [{ title: `Change to ${change.label}=${change.near}`, edits: [replaceValue(text, node, change.near)] }] : [];
  },
});

/** The value that no workload has; else the selector's key. */
function placeIn(resource: Resource, label: string | undefined): Range {
  const map = resource.root.map(selectorPath(resource.kind));
  const entry = label === undefined && map!.entries.length > 1 ? undefined : map!.entry(label ?? map!.entries[0]!.key);
  return entry?.value ?? keyRange(resource.root, selectorPath(resource.kind)) ?? map!;
}

function where(place: string): string {
  if (place === ANY_NAMESPACE) return ' in this workspace';
  return place === UNKNOWN_NAMESPACE ? '' : ` of "${place}"`;
}
