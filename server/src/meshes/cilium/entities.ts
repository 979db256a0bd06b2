/** Entities of Cilium, and whom each means. */
export const ENTITIES: Readonly<Record<string, string>> = {
  all: 'everybody, in the cluster and outside',
  world: 'everybody outside of the cluster',
  'world-ipv4': 'everybody outside of the cluster, by IPv4',
  'world-ipv6': 'everybody outside of the cluster, by IPv6',
  cluster: 'pods and nodes of the cluster',
  host: 'the own node, and pods in its network',
  'remote-node': 'other nodes, and pods in their network',
  'kube-apiserver': 'the API server',
  ingress: "Cilium's own ingress",
  health: "Cilium's health checks",
  init: 'pods whose labels are not known yet',
  unmanaged: 'pods that Cilium does not manage',
  none: 'nobody',
};
