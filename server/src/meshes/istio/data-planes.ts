import { markBy, type DataPlane, type Mark, type Marked } from '../kubernetes/data-plane.js';

/** Sidecars. */
export const istioSidecars: DataPlane = {
  id: 'istio',
  system: 'istio',
  title: 'Istio',
  markOf: sidecarMark,
  ports: [
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
  webhooks: (labels) => (labels['app'] === 'istiod' ? { part: 'istiod', ports: [15017] } : undefined),
  setup: /^(?:(?:traffic\.|readiness\.status\.|status\.)?sidecar|proxy|inject)\.istio\.io\/(?!inject$|status$)/,
  judgesNetworkPolicies: true,
};

/** The ambient mode, where a sidecar does not take its place. */
export const istioAmbient: DataPlane = {
  id: 'istio-ambient',
  system: 'istio',
  title: 'Istio ambient',
  markOf: (pods, place) =>
    sidecarMark(pods, place) === undefined ? markBy('istio.io/dataplane-mode', pods.labels, place?.labels, ['ambient']) : undefined,
  ports: [
    { direction: 'ingress', ports: [15008], what: 'the tunnels of ztunnel', effect: 'Calls from pods of the mesh fail.', isVital: true },
  ],
  webhooks: () => undefined,
  judgesNetworkPolicies: true,
};

function sidecarMark({ labels, annotations }: Marked, place: Marked | undefined): Mark | undefined {
  const own = labels['sidecar.istio.io/inject'];
  if (own === 'true') return { by: 'pod', text: 'sidecar.istio.io/inject: true' };
  if ((own ?? annotations['sidecar.istio.io/inject']) === 'false') return undefined;
  const enabled = place?.labels['istio-injection'];
  if (enabled === 'enabled') return { by: 'namespace', text: 'istio-injection: enabled' };
  if (enabled !== undefined) return undefined;
  const [above, revision] = [place?.labels['istio.io/rev'], labels['istio.io/rev']];
  if (above) return { by: 'namespace', text: `istio.io/rev: ${above}` };
  return revision ? { by: 'pod', text: `istio.io/rev: ${revision}` } : undefined;
}
