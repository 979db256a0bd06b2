import { clusterDomain as sharedClusterDomain, settings, settingIn } from '../../index/settings.js';
import { defineLookup } from '../../index/tables.js';

/** How Linkerd is installed, as far as its manifests do not tell: the section `linkerd` of the settings over Linkerd's own defaults. */
export interface LinkerdConfig {
  /** DNS suffix of services. */
  readonly clusterDomain: string;
  /** Last part of every workload's identity. */
  readonly trustDomain: string;
  readonly controlPlaneNamespace: string;
  /** Address ranges that hold the cluster's own pods, services and nodes. */
  readonly clusterNetworks: readonly string[];
  /** Who may reach a port that no Server covers. */
  readonly defaultInboundPolicy: string;
  /** Whose EgressNetworks hold for clients of every namespace. */
  readonly globalEgressNamespace: string;
}

const CLUSTER_NETWORKS = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fd00::/8'];

export const linkerdConfig = defineLookup<LinkerdConfig>('linkerd/config', (look) => {
  const tree = look.get(settings);
  const text = (key: string): string | undefined => {
    const value = settingIn(tree, 'linkerd', key);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const networks = settingIn(tree, 'linkerd', 'clusterNetworks');
  const clusterDomain = text('clusterDomain') ?? look.get(sharedClusterDomain, '');
  return {
    clusterDomain,
    trustDomain: text('identityTrustDomain') ?? clusterDomain,
    controlPlaneNamespace: text('controlPlaneNamespace') ?? 'linkerd',
    clusterNetworks: typeof networks === 'string' ? networks.split(',').map((it) => it.trim()) : textsIn(networks, CLUSTER_NETWORKS),
    defaultInboundPolicy: text('defaultInboundPolicy') ?? 'all-unauthenticated',
    globalEgressNamespace: text('globalEgressNamespace') ?? 'linkerd-egress',
  };
});

function textsIn(value: unknown, byDefault: readonly string[]): readonly string[] {
  return Array.isArray(value) ? value.filter((it): it is string => typeof it === 'string') : byDefault;
}
