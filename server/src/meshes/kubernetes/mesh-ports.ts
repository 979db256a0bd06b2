import type { Labels } from '../../model/selectors.js';
import type { DataPlane } from './mesh-membership.js';

/** Ports that a mesh needs open at its pods, and what fails where none of them is. All are of TCP. */
export interface MeshPorts {
  readonly direction: 'ingress' | 'egress';
  /** One of them is enough. */
  readonly ports: readonly number[];
  /** What they are: `its control plane`. */
  readonly what: string;
  readonly effect: string;
  /** Whether traffic fails without; else only what is read of the pods. */
  readonly isVital: boolean;
  /** Where the other end is, for egress. */
  readonly namespace?: string;
}

export const MESH_PORTS: Readonly<Record<DataPlane, readonly MeshPorts[]>> = {
  istio: [
    {
      direction: 'egress',
      ports: [15012, 15010],
      what: 'istiod',
      effect: 'Its sidecars get no configuration and no certificates.',
      isVital: true,
      namespace: 'istio-system',
    },
    { direction: 'ingress', ports: [15020, 15090], what: 'the metrics of its sidecars', effect: 'Nobody can read them.', isVital: false },
  ],
  'istio-ambient': [
    { direction: 'ingress', ports: [15008], what: 'the tunnels of ztunnel', effect: 'Calls from pods of the mesh fail.', isVital: true },
  ],
  linkerd: [
    { direction: 'ingress', ports: [4143], what: 'its proxies', effect: 'Calls from pods of the mesh fail.', isVital: true },
    {
      direction: 'egress',
      ports: [8080],
      what: "Linkerd's identity",
      effect: 'Its proxies get no certificates.',
      isVital: true,
      namespace: 'linkerd',
    },
    {
      direction: 'egress',
      ports: [8086],
      what: "Linkerd's destinations",
      effect: 'Its proxies find no endpoints.',
      isVital: true,
      namespace: 'linkerd',
    },
    {
      direction: 'egress',
      ports: [8090],
      what: "Linkerd's policies",
      effect: 'Its proxies know no policies.',
      isVital: true,
      namespace: 'linkerd',
    },
  ],
  consul: [
    { direction: 'ingress', ports: [20000], what: 'its proxies', effect: 'Calls from pods of the mesh fail.', isVital: true },
    {
      direction: 'egress',
      ports: [8502, 8503],
      what: 'the servers of Consul',
      effect: 'Its proxies get no configuration.',
      isVital: true,
      namespace: 'consul',
    },
  ],
  kuma: [
    {
      direction: 'egress',
      ports: [5678],
      what: 'the control plane',
      effect: 'Its sidecars get no configuration.',
      isVital: true,
      namespace: 'kuma-system',
    },
  ],
};

/** Ports on which parts of a control plane answer the API server. */
export function webhookPortsOf(labels: Labels): { readonly part: string; readonly ports: readonly number[] } | undefined {
  if (labels['app'] === 'istiod') return { part: 'istiod', ports: [15017] };
  const linkerd = labels['linkerd.io/control-plane-component'];
  if (linkerd === 'proxy-injector') return { part: "Linkerd's injector", ports: [8443] };
  if (linkerd === 'destination') return { part: "Linkerd's validators", ports: [8443, 9443] };
  if (labels['app'] === 'kuma-control-plane') return { part: "Kuma's control plane", ports: [5443] };
  if (labels['app'] === 'consul' && labels['component'] === 'connect-injector') return { part: "Consul's injector", ports: [8080] };
  return undefined;
}
