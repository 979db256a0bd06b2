import type { Definition } from '../../model/facts.js';
import { namespaceKey, type Resource } from '../../model/resource.js';
import type { ReadFunctions } from '../../rules/rule.js';
import type { YamlMap } from '../../yaml/node.js';
import type { injectionOf } from './injection.js';
import type { serverMtlsOf } from './mtls.js';
import type { PeerAuthenticationFacts } from './tables.js';

/** What a workload makes pods of; a Pod is its own template. */
export function podTemplate({ kind, root }: Resource): YamlMap | undefined {
  return kind === 'Pod' ? (root.type === 'map' ? root : undefined) : root.map('spec.template');
}

/** Annotations of a workload's pods; undefined where there are none, or a template or a patch may add some. */
export function podAnnotations(resource: Resource): YamlMap | undefined {
  const annotations = podTemplate(resource)?.map('metadata.annotations');
  const isOpen =
    resource.partial ||
    annotations?.partial === true ||
    annotations?.entries.some((it) => it.keyOpaque || (it.value.type === 'scalar' && it.value.opaque)) === true;
  return isOpen ? undefined : annotations;
}

/** Whether annotations keep a port's inbound traffic away from the proxy. Annotations of unusual interception count as keeping it away. */
export function excludesInbound(annotations: YamlMap, port: number): boolean {
  const excluded = textOf(annotations, 'traffic.sidecar.istio.io/excludeInboundPorts');
  const included = textOf(annotations, 'traffic.sidecar.istio.io/includeInboundPorts');
  if (textOf(annotations, 'sidecar.istio.io/interceptionMode') === 'NONE') return true;
  if (excluded?.split(',').some((it) => it.trim() === String(port))) return true;
  return included !== undefined && included.trim() !== '*' && !included.split(',').some((it) => it.trim() === String(port));
}

/** The policy that makes a port of an injected workload STRICT; undefined where the port is open, or nobody can tell. */
export function strictPolicyOf(
  resource: Resource,
  port: number,
  read: ReadFunctions<{ injectionOf: typeof injectionOf; serverMtlsOf: typeof serverMtlsOf }>,
): Definition<PeerAuthenticationFacts> | undefined {
  const key = `${namespaceKey(resource.namespace)}/${resource.kind}/${resource.name}`;
  if (resource.namespace === undefined || read.injectionOf(key).state !== 'injected') return undefined;
  const { mode, policy, ports } = read.serverMtlsOf(key);
  // A port with a mode of its own is somebody's decision about that port.
  return mode === 'STRICT' && !(String(port) in ports) ? policy : undefined;
}

function textOf(annotations: YamlMap, name: string): string | undefined {
  const value = annotations.entry(name)?.value;
  return value?.text() ?? value?.number()?.toString();
}
