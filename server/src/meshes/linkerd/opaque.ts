import { defineLookup } from '../../index/tables.js';
import type { Service, ServicePort, Workload } from '../kubernetes/tables.js';
import { namespaceNamed } from '../kubernetes/lookups.js';
import { DEFAULT_OPAQUE_PORTS, holdsPort, portsIn, portsOfServiceList } from './ports.js';

export const OPAQUE_PORTS = 'config.linkerd.io/opaque-ports';

/** The list of opaque ports that a Namespace gives to its pods and Services, by its name; undefined where it says nothing, or is not at hand. */
export const opaquePortsOfNamespace = defineLookup<string | undefined>(
  'linkerd/opaquePortsOfNamespace',
  (look, name) => look.get(namespaceNamed, name)[0]?.data.annotations[OPAQUE_PORTS],
);

/** What a Service's `appProtocol` says to Linkerd; undefined where it says nothing. */
export function protocolOfPort(appProtocol: string | undefined): 'HTTP/1' | 'HTTP/2' | 'opaque' | 'unknown' | undefined {
  switch (appProtocol?.toLowerCase()) {
    case undefined:
      return undefined;
    case 'http':
      return 'HTTP/1';
    case 'kubernetes.io/h2c':
      return 'HTTP/2';
    case 'linkerd.io/opaque':
    case 'linkerd.io/tcp':
      return 'opaque';
    default:
      return 'unknown';
  }
}

/** Whether a port of a Service is taken for plain TCP; the list of the Service or its Namespace, where there is one. */
export function isOpaquePort(port: ServicePort, list: string | undefined): boolean {
  const protocol = protocolOfPort(port.appProtocol);
  if (protocol !== undefined) return protocol === 'opaque';
  return holdsPort(portsOfServiceList(list ?? DEFAULT_OPAQUE_PORTS), port.number);
}

/** A container port that a port of a Service leads to, by number and name. */
function targetOfPort(port: ServicePort, workload: Workload): { readonly number: number | undefined; readonly name: string | undefined } {
  const target = port.targetPort ?? port.number;
  const found = workload.containers.flatMap((it) => it.ports).find((it) => it.name === target || it.number === target);
  return { number: found?.number ?? (typeof target === 'number' ? target : undefined), name: found?.name };
}

/** Ports of a Service that are opaque on one side only, with the side that says so. */
export function mismatchedPorts(
  service: Service,
  workload: Workload,
  lists: { readonly ofService: string | undefined; readonly ofPods: string | undefined },
): readonly { readonly port: ServicePort; readonly said: 'service' | 'pods' }[] {
  const onService = portsOfServiceList(lists.ofService ?? '');
  const onPods = portsIn(lists.ofPods ?? '');
  return service.ports.flatMap((port) => {
    const target = targetOfPort(port, workload);
    if (target.number === undefined) return [];
    const isOnService = holdsPort(onService, port.number);
    const isOnPods = holdsPort(onPods, target.number, target.name);
    return isOnService === isOnPods ? [] : [{ port, said: isOnService ? ('service' as const) : ('pods' as const) }];
  });
}
