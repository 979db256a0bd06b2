import { settingIn, settings } from '../../index/settings.js';
import { defineLookup } from '../../index/tables.js';
import type { Json } from '../../yaml/node.js';

/** What is true of Cilium here, by the settings below `cilium`. */
export interface CiliumSettings {
  /** Minor of the version: 19 for 1.19. */
  readonly minor: number;
  readonly l7Proxy: boolean;
  /** Undefined: nobody says. */
  readonly nodeSelectorLabels: boolean | undefined;
  readonly extendedIpProtocols: boolean;
  readonly policyEnforcement: 'default' | 'always' | 'never';
  /** Undefined: nobody says. */
  readonly mutualAuth: boolean | undefined;
  readonly clusterMesh: boolean;
  /** Ranges that pods get their addresses from; empty: nobody says. */
  readonly podCidrs: readonly string[];
  /** False where policies with nothing but address ranges need no DNS. */
  readonly dnsCheck: boolean;
}

const NEWEST_MINOR = 19;

export const ciliumSettings = defineLookup<CiliumSettings>('cilium/settings', (look) => {
  const tree = look.get(settings);
  const read = (key: string): Json | undefined => settingIn(tree, 'cilium', key);
  const enforcement = read('policyEnforcement');
  return {
    minor: minorOf(read('version')),
    l7Proxy: flag(read('l7Proxy')) ?? true,
    nodeSelectorLabels: flag(read('nodeSelectorLabels')),
    extendedIpProtocols: flag(read('extendedIPProtocols')) ?? false,
    policyEnforcement: enforcement === 'always' || enforcement === 'never' ? enforcement : 'default',
    mutualAuth: flag(read('mutualAuth')),
    clusterMesh: flag(read('clusterMesh')) ?? false,
    podCidrs: textsIn(read('podCIDRs')),
    dnsCheck: read('dnsCheck') !== 'off' && read('dnsCheck') !== false,
  };
});

/** `"1.19"`, `v1.19.3`; a YAML number loses its zero, so 1.2 is taken for 1.20. */
function minorOf(value: Json | undefined): number {
  if (typeof value === 'number') return value === 1.2 ? 20 : Math.round((value - 1) * 100);
  const match = typeof value === 'string' ? /^v?1\.(\d+)/.exec(value) : null;
  return match ? Number(match[1]) : NEWEST_MINOR;
}

function flag(value: Json | undefined): boolean | undefined {
  if (value === 'true') return true;
  if (value === 'false') return false;
  return typeof value === 'boolean' ? value : undefined;
}

function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return value.split(',').map((it) => it.trim());
  return Array.isArray(value) ? value.filter((it): it is string => typeof it === 'string') : [];
}
