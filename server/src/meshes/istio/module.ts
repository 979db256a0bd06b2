import type { MeshModule } from '../../rules/module.js';
import { editor } from './editor.js';
import { gateway } from './kinds/gateway.js';
import { istioOperator, meshNetworks, remoteSecrets, sailIstio } from './kinds/install.js';
import {
  authorizationPolicy,
  envoyFilter,
  peerAuthentication,
  proxyConfig,
  requestAuthentication,
  sidecar,
  telemetry,
  trafficExtension,
  wasmPlugin,
} from './kinds/policies.js';
import { destinationRule, serviceEntry, virtualService, workloadEntry, workloadGroup } from './kinds/traffic.js';
import { gatewaysNamed, ownersOfHost, portsOfHost, subsetsNamed, virtualServicesNamed } from './lookups.js';
import { rules } from './rules/index.js';
import { SETTING_WORDS } from './setting-words.js';
import { templates } from './templates.js';
import { tables } from './tables.js';
import { transitions } from './transitions/index.js';

export const istio: MeshModule = {
  id: 'istio',
  title: 'Istio',
  kinds: [
    virtualService,
    destinationRule,
    gateway,
    serviceEntry,
    sidecar,
    peerAuthentication,
    requestAuthentication,
    authorizationPolicy,
    telemetry,
    workloadEntry,
    workloadGroup,
    envoyFilter,
    wasmPlugin,
    trafficExtension,
    proxyConfig,
    istioOperator,
    sailIstio,
    meshNetworks,
  ],
  extensions: [remoteSecrets],
  tables,
  lookups: [ownersOfHost, subsetsNamed, gatewaysNamed, portsOfHost, virtualServicesNamed],
  settings: [],
  settingWords: SETTING_WORDS,
  takesServiceRoutes: true,
  rules,
  transitions,
  // Istio's own analyzer has one code for all that validation says.
  schemaPeers: () => ['IST0106'],
  editor,
  templates,
};
