import { markBy, type DataPlane } from '../kubernetes/data-plane.js';

export const consulProxies: DataPlane = {
  id: 'consul',
  system: 'consul',
  title: 'Consul',
  markOf: (pods) => markBy('consul.hashicorp.com/connect-inject', pods.annotations, undefined, ['true', 't', '1', 'T', 'True', 'TRUE']),
  ports: [
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
  webhooks: (labels) =>
    labels['app'] === 'consul' && labels['component'] === 'connect-injector' ? { part: "Consul's injector", ports: [8080] } : undefined,
  setup: /^consul\.hashicorp\.com\/(?!connect-inject$|connect-inject-status$)/,
  judgesNetworkPolicies: false,
};
