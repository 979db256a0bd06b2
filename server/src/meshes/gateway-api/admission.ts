import { hostsOverlap } from '../../model/hosts.js';
import type { Definition } from '../../model/facts.js';
import { matches } from '../kubernetes/label-selectors.js';
import type { LabelSelector, NamespaceFacts } from '../kubernetes/tables.js';
import { GROUP, type ParentRef } from './references.js';
import type { GatewayFacts, ListenerFacts } from './tables.js';

const NAMESPACE_LABEL = 'kubernetes.io/metadata.name';

/** Kinds of routes that a protocol takes where the listener lists none; undefined for a protocol that implementations add. */
const KINDS_OF_PROTOCOL: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
  UDP: ['UDPRoute'],
};

/** Listeners that a parentRef means: all of them, or those of its section and port. */
export function listenersMeant({ data }: Definition<GatewayFacts>, ref: ParentRef): readonly ListenerFacts[] {
  return data.listeners.filter(
    (it) =>
      (ref.sectionName === undefined || it.name === ref.sectionName || it.name === '') &&
      (ref.port === undefined || it.port === ref.port || it.port === undefined),
  );
}

/** Kinds that a listener admits; undefined where nobody can tell. */
export function kindsOf(listener: ListenerFacts): readonly string[] | undefined {
  if (listener.hidden) return undefined;
  if (listener.kinds.length > 0) return listener.kinds.flatMap((it) => (it.startsWith(`${GROUP}/`) ? it.slice(GROUP.length + 1) : []));
  return KINDS_OF_PROTOCOL[listener.protocol ?? ''];
}

export function admitsKind(listener: ListenerFacts, kind: string): boolean {
  return kindsOf(listener)?.includes(kind) ?? true;
}

/** Whether a listener may admit routes of a namespace; true where something that decides is not known. */
export function admitsNamespace(
  listener: ListenerFacts,
  gateway: GatewayFacts,
  namespace: string | undefined,
  resources: readonly Definition<NamespaceFacts>[],
): boolean {
  switch (listener.from) {
    case 'None':
      return false;
    case 'Same':
      return namespace === undefined || gateway.namespace === undefined || namespace === gateway.namespace;
    case 'Selector':
      return namespace === undefined || listener.hidden || selectsNamespace(listener.namespaceSelector, namespace, resources);
    default:
      return true;
  }
}

/** Whether a Gateway may take ListenerSets of a namespace; true where something that decides is not known. */
export function admitsListenerSets(
  gateway: GatewayFacts,
  namespace: string | undefined,
  resources: readonly Definition<NamespaceFacts>[],
): boolean {
  switch (gateway.setsFrom) {
    case 'None':
      return false;
    case 'Same':
      return namespace === undefined || gateway.namespace === undefined || namespace === gateway.namespace;
    case 'Selector':
      return namespace === undefined || selectsNamespace(gateway.setsSelector, namespace, resources);
    default:
      return true;
  }
}

function selectsNamespace(selector: LabelSelector, name: string, resources: readonly Definition<NamespaceFacts>[]): boolean {
  const byNameOnly = [...Object.keys(selector.matchLabels), ...selector.matchExpressions.map((it) => it.key)].every(
    (key) => key === NAMESPACE_LABEL,
  );
  if (byNameOnly) return matches(selector, { [NAMESPACE_LABEL]: name });
  if (resources.length === 0) return true; // its labels are not at hand
  return resources.some(({ data }) => data.incomplete || matches(selector, { ...data.labels, [NAMESPACE_LABEL]: name }));
}

/** Whether some request could be for both; a side without hostnames takes all. */
export function sharesHostname(listener: ListenerFacts, hostnames: readonly string[]): boolean {
  const { hostname } = listener;
  return hostname === undefined || hostnames.length === 0 || hostnames.some((it) => hostsOverlap(hostname, it));
}

/** Whom a listener admits, as a clause behind "Listener … ". */
export function admissionText(listener: ListenerFacts): string {
  switch (listener.from) {
    case 'None':
      return 'admits no routes';
    case 'Selector':
      return 'admits routes of namespaces with certain labels only';
    default:
      return 'admits routes of its own namespace only';
  }
}
