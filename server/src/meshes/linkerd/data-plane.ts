import { markBy, type DataPlane } from '../kubernetes/data-plane.js';

export const linkerdProxies: DataPlane = {
  id: 'linkerd',
  system: 'linkerd',
  title: 'Linkerd',
  markOf: (pods, place) => markBy('linkerd.io/inject', pods.annotations, place?.annotations, ['enabled', 'ingress']),
  ports: [
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
  webhooks(labels) {
    const component = labels['linkerd.io/control-plane-component'];
    if (component === 'proxy-injector') return { part: "Linkerd's injector", ports: [8443] };
    return component === 'destination' ? { part: "Linkerd's validators", ports: [8443, 9443] } : undefined;
  },
  setup: /^config\.(?:(?:alpha|beta)\.)?linkerd\.io\//,
  judgesNetworkPolicies: false,
};
