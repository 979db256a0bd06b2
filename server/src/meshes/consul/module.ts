import type { MeshModule } from '../../rules/module.js';
import { editor } from './editor.js';
import {
  gatewayClassConfig,
  gatewayPolicy,
  ingressGateway,
  meshService,
  routeAuthFilter,
  routeExtProc,
  routeRetryFilter,
  routeTimeoutFilter,
  routeTlsSdsFilter,
  terminatingGateway,
  trafficPermissions,
} from './kinds/gateways.js';
import { serviceIntentions } from './kinds/intentions.js';
import {
  controlPlaneRequestLimit,
  exportedServices,
  jwtProvider,
  mesh,
  proxyDefaults,
  rateLimit,
  registration,
  samenessGroup,
} from './kinds/mesh.js';
import { extensions } from './kinds/others.js';
import { peeringAcceptor, peeringDialer } from './kinds/peering.js';
import { serviceDefaults, serviceResolver, serviceRouter, serviceSplitter } from './kinds/traffic.js';
import {
  filterNamed,
  gatewayClassConfigNamed,
  jwtProviderNamed,
  meshServiceNamed,
  peerNamed,
  samenessGroupNamed,
  serviceNamed,
  subsetNamed,
} from './lookups.js';
import { rules } from './rules/index.js';
import { schemaPeers } from './schema-peers.js';
import { SETTING_WORDS } from './setting-words.js';
import { tables } from './tables.js';
import { templates } from './templates.js';

/** Consul on Kubernetes: its config entries, its gateways, and the annotations of pods. */
export const consul: MeshModule = {
  id: 'consul',
  title: 'Consul',
  kinds: [
    serviceDefaults,
    serviceResolver,
    serviceRouter,
    serviceSplitter,
    serviceIntentions,
    proxyDefaults,
    mesh,
    ingressGateway,
    terminatingGateway,
    exportedServices,
    peeringAcceptor,
    peeringDialer,
    samenessGroup,
    jwtProvider,
    controlPlaneRequestLimit,
    rateLimit,
    registration,
    meshService,
    gatewayPolicy,
    gatewayClassConfig,
    routeRetryFilter,
    routeTimeoutFilter,
    routeAuthFilter,
    routeExtProc,
    routeTlsSdsFilter,
    trafficPermissions,
  ],
  extensions,
  tables,
  lookups: [
    serviceNamed,
    subsetNamed,
    jwtProviderNamed,
    peerNamed,
    samenessGroupNamed,
    filterNamed,
    meshServiceNamed,
    gatewayClassConfigNamed,
  ],
  settings: [],
  settingWords: SETTING_WORDS,
  takesServiceRoutes: true,
  rules,
  presence: { words: ['consul'], onKindsOf: ['kubernetes'] },
  templates,
  schemaPeers,
  editor,
};
