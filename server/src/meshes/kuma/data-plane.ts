import { markBy, type DataPlane } from '../kubernetes/data-plane.js';
import { INJECTION_LABEL } from './names.js';

const YES = ['enabled', 'true', 'yes'];

export const kumaProxies: DataPlane = {
  id: 'kuma',
  system: 'kuma',
  title: 'Kuma',
  // Older versions read the annotation of pods, too.
  markOf: ({ labels, annotations }, place) =>
    labels[INJECTION_LABEL] === undefined && annotations[INJECTION_LABEL] !== undefined
      ? markBy(INJECTION_LABEL, annotations, undefined, YES)
      : markBy(INJECTION_LABEL, labels, place?.labels, YES),
  ports: [
    {
      direction: 'egress',
      ports: [5678],
      what: 'the control plane',
      effect: 'Its sidecars get no configuration.',
      isVital: true,
      namespace: 'kuma-system',
    },
  ],
  webhooks: (labels) => (labels['app'] === 'kuma-control-plane' ? { part: "Kuma's control plane", ports: [5443] } : undefined),
  setup: /^(?:traffic\.|prometheus\.metrics\.)?kuma\.io\/(?!sidecar-injection$|sidecar-injected$|mesh$)/,
  judgesNetworkPolicies: true,
};
