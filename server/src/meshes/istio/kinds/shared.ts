import { defineKind, type Emit, type Kind } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { labelsIn, selectorText } from '../../../model/selectors.js';
import type { YamlMap, YamlNode } from '../../../yaml/node.js';
import { pickedWorkloads } from '../../kubernetes/lookups.js';
import { canonicalHost } from '../hosts.js';
import { ownersOfHost } from '../lookups.js';

/** A kind of Istio's. */
export function istioKind(
  group: string,
  kind: string,
  versions: readonly string[],
  shortNames: readonly string[],
  extract?: (resource: Resource, emit: Emit) => void,
): Kind {
  return defineKind({ group: `${group}.istio.io`, kind, versions, shortNames, system: 'istio', ...(extract && { extract }) });
}

export { isOpen, labelsAt, textsAt } from '../../kubernetes/fields.js';

/** States that a selector map picks workloads of the resource's namespace (of every one where `everywhere`). */
export function referWorkloads(resource: Resource, emit: Emit, map: YamlMap | undefined, everywhere = false): void {
  if (map === undefined) return;
  const labels = labelsIn(map);
  if (Object.keys(labels).length === 0) return;
  const namespace = everywhere ? '*' : namespaceKey(resource.namespace);
  emit.refer(pickedWorkloads, `${namespace}/${selectorText(labels)}`, map);
}

/** States that a scalar names a host; the service's own name in it is what a rename changes. */
export function referHost(resource: Resource, emit: Emit, node: YamlNode | undefined): string | undefined {
  const written = node?.text();
  if (node === undefined || written === undefined || written === '') return undefined;
  const host = canonicalHost(written, resource.namespace);
  emit.refer(ownersOfHost, host, node, hostNameRange(node, written, host));
  return host;
}

/** Range of the service's name in a host of the cluster; undefined where the host is none, or is quoted with escapes. */
function hostNameRange(node: YamlNode, written: string, host: string): { start: number; end: number } | undefined {
  if (node.type !== 'scalar' || !host.endsWith('.svc.cluster.local')) return undefined;
  const quotes = node.style === 'plain' ? 0 : 1;
  if (node.end - node.start !== written.length + 2 * quotes) return undefined;
  const dot = written.indexOf('.');
  const start = node.start + quotes;
  return { start, end: start + (dot < 0 ? written.length : dot) };
}

/** The inner range of a scalar that is written as it means: without its quotes; undefined where escapes make the two differ. */
export function innerRange(node: YamlNode, written: string): { start: number; end: number } | undefined {
  if (node.type !== 'scalar') return undefined;
  const quotes = node.style === 'single' || node.style === 'double' ? 1 : 0;
  return node.end - node.start === written.length + 2 * quotes ? { start: node.start + quotes, end: node.end - quotes } : undefined;
}
