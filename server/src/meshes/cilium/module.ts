import type { MeshModule } from '../../rules/module.js';
import { editor } from './editor.js';
import { extensions } from './extensions.js';
import {
  ciliumBgpClusterConfig,
  ciliumBgpPeerConfig,
  ciliumCidrGroup,
  ciliumClusterwideEnvoyConfig,
  ciliumEgressGatewayPolicy,
  ciliumEnvoyConfig,
  ciliumLocalRedirectPolicy,
  ciliumPodIpPool,
  plainKinds,
} from './kinds/others.js';
import { ciliumClusterwideNetworkPolicy, ciliumNetworkPolicy } from './kinds/policies.js';
import { bgpPeerConfigNamed, cidrGroupNamed, envoyConfigNamed, listenerNamed, podPoolNamed } from './lookups.js';
import { rules } from './rules/index.js';
import { SETTING_WORDS } from './setting-words.js';
import { tables } from './tables.js';
import { templates } from './templates.js';

/** Cilium: policies on the network between pods, Envoy on each node, and the addresses of a cluster. */
export const cilium: MeshModule = {
  id: 'cilium',
  title: 'Cilium',
  kinds: [
    ciliumNetworkPolicy,
    ciliumClusterwideNetworkPolicy,
    ciliumCidrGroup,
    ciliumEnvoyConfig,
    ciliumClusterwideEnvoyConfig,
    ciliumLocalRedirectPolicy,
    ciliumEgressGatewayPolicy,
    ciliumBgpClusterConfig,
    ciliumBgpPeerConfig,
    ciliumPodIpPool,
    ...plainKinds,
  ],
  extensions,
  tables,
  lookups: [cidrGroupNamed, envoyConfigNamed, listenerNamed, bgpPeerConfigNamed, podPoolNamed],
  settings: [],
  settingWords: SETTING_WORDS,
  takesServiceRoutes: true,
  rules,
  presence: { words: ['cilium'], onKindsOf: ['kubernetes'] },
  // Cilium reads labels of selectors itself, too.
  schemaPeers: ({ code, path }) =>
    (code === 'pattern' || code === 'out-of-range') && /\.matchLabels\b/.test(path) ? ['cilium/selector-invalid'] : [],
  templates,
  editor,
};
