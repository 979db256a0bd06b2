import { defineLookup } from '../../index/tables.js';
import { namespaceKey, type Resource } from '../../model/resource.js';
import { parseSelector, selects, selectorText, type Labels } from '../../model/selectors.js';
import type { YamlMap } from '../../yaml/node.js';
import { ANY_NAMESPACE } from '../kubernetes/lookups.js';
import { workloadsByLabel } from '../kubernetes/tables.js';
import { hasDefaultGateway } from './lookups.js';
import { meshConfig } from './mesh-config.js';
import { selectorIn, type StatedSelector } from './selectors.js';

/** How a kind of policy selects its workloads. */
interface Selecting {
  /** Path of the label map. */
  readonly path: string;
  /** Whether one in the root namespace selects workloads of every namespace. */
  readonly ofMeshFromRoot: boolean;
}

const SELECTING: Readonly<Record<string, Selecting>> = {
  AuthorizationPolicy: { path: 'spec.selector.matchLabels', ofMeshFromRoot: true },
  RequestAuthentication: { path: 'spec.selector.matchLabels', ofMeshFromRoot: true },
  PeerAuthentication: { path: 'spec.selector.matchLabels', ofMeshFromRoot: false },
  Telemetry: { path: 'spec.selector.matchLabels', ofMeshFromRoot: false },
  ProxyConfig: { path: 'spec.selector.matchLabels', ofMeshFromRoot: false },
  WasmPlugin: { path: 'spec.selector.matchLabels', ofMeshFromRoot: true },
  TrafficExtension: { path: 'spec.selector.matchLabels', ofMeshFromRoot: true },
  EnvoyFilter: { path: 'spec.workloadSelector.labels', ofMeshFromRoot: true },
  Sidecar: { path: 'spec.workloadSelector.labels', ofMeshFromRoot: false },
};

/** Where a policy's label map stands. */
export function selectorPath(kind: string): string {
  return SELECTING[kind]!.path;
}

export interface Selection {
  readonly labels: Labels;
  /** Namespace whose workloads it selects: a name, `?`, or `*` for every one. */
  readonly place: string;
  /** Key for `pickedWorkloads` and its like. */
  readonly key: string;
}

/**
 * What a policy selects; undefined where a template or a `targetRef` decides. No labels select everything at the place. Where the policy has
 * stated its selector, its tree is not asked for.
 */
export function selectionOf(resource: Resource, rootNamespace: string, stated?: StatedSelector): Selection | undefined {
  if (stated !== undefined) return resource.partial ? undefined : selectionBy(resource, stated, rootNamespace);
  let known = selections.get(resource.root);
  if (known?.rootNamespace !== rootNamespace)
    selections.set(resource.root, (known = { rootNamespace, selection: findSelection(resource, rootNamespace) }));
  return known.selection;
}

/** Trees never change, and five rules ask for what one selects. */
const selections = new WeakMap<YamlMap, { readonly rootNamespace: string; readonly selection: Selection | undefined }>();

function findSelection(resource: Resource, rootNamespace: string): Selection | undefined {
  const selecting = SELECTING[resource.kind];
  if (!selecting || resource.partial) return undefined;
  return selectionBy(resource, selectorIn(resource.root, selecting.path), rootNamespace);
}

function selectionBy({ kind, namespace }: Resource, stated: StatedSelector, rootNamespace: string): Selection | undefined {
  if (stated.hasTargetRef || stated.hidesSelector === true) return undefined;
  const labels = stated.selector ?? {};
  const place = SELECTING[kind]!.ofMeshFromRoot && namespace === rootNamespace ? ANY_NAMESPACE : namespaceKey(namespace);
  return { labels, place, key: `${place}/${selectorText(labels)}` };
}

/** Labels of the gateways that installs bring, and that Istio gives to the pods of Gateway API Gateways. */
const BROUGHT_ALONG: readonly Labels[] = [
  { istio: 'ingressgateway', app: 'istio-ingressgateway' },
  { istio: 'egressgateway', app: 'istio-egressgateway' },
  { istio: 'eastwestgateway', app: 'istio-eastwestgateway' },
];

/**
 * Whether a selector, as `namespace/a=1,b=2`, picks pods that no manifest here needs to show: `installed` for gateways that an install
 * of Istio brings, `generated` for pods that Istio makes for Gateway API Gateways.
 */
export const selectsBroughtAlong = defineLookup<'installed' | 'generated' | undefined>('istio/selectsBroughtAlong', (look, key) => {
  const slash = key.indexOf('/');
  const place = key.slice(0, slash);
  const pairs = key.slice(slash + 1);
  if (pairs.includes('gateway.networking.k8s.io/') || pairs.includes('gateway.istio.io/managed')) return 'generated';
  const { rootNamespace } = look.get(meshConfig, '');
  if (place !== rootNamespace && place !== ANY_NAMESPACE) return undefined;
  const labels = parseSelector(pairs);
  const installed = BROUGHT_ALONG.some((it) => selects(labels, it));
  return installed && (look.get(hasDefaultGateway, '') || look.get(workloadsByLabel, `${rootNamespace}/`).length === 0)
    ? 'installed'
    : undefined;
});

/** Values that labels of a key have among the workloads of a place, by `namespace/key`; sorted. */
export const labelValues = defineLookup<readonly string[]>('istio/labelValues', (look, key) => {
  const slash = key.indexOf('/');
  const label = key.slice(slash + 1);
  const values = look.get(workloadsByLabel, `${key.slice(0, slash)}/`).flatMap((it) => it.data.labels[label] ?? []);
  return [...new Set(values)].sort();
});
