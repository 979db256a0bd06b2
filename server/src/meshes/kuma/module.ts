import type { MeshModule } from '../../rules/module.js';
import { editor } from './editor.js';
import { policies } from './kinds/policies.js';
import {
  containerPatch,
  dataplane,
  gateways,
  hostnameGenerator,
  legacyPolicies,
  mesh,
  meshExternalService,
  meshIdentity,
  meshMultiZoneService,
  meshOpenTelemetryBackend,
  meshService,
  meshTrust,
  meshZoneAddress,
  workload,
  zone,
  zoneEgress,
  zoneIngress,
} from './kinds/resources.js';
import {
  containerPatchNamed,
  meshGatewayNamed,
  meshNamed,
  proxiesPicked,
  targetsNamed,
  telemetryBackendNamed,
  zoneNamed,
} from './lookups.js';
import { rules } from './rules/index.js';
import { schemaPeers } from './schema-peers.js';
import { extractKeys, extractRoute } from './kinds/pods.js';
import { SETTING_WORDS } from './setting-words.js';
import { tables } from './tables.js';
import { GROUP as GATEWAY_API, ROUTE_KINDS } from '../gateway-api/references.js';
import { templates } from './templates.js';
import { whereItHolds } from './universal.js';
import { QUALIFIED_POD_KINDS } from '../kubernetes/pod-templates.js';

export const kuma: MeshModule = {
  id: 'kuma',
  title: 'Kuma',
  kinds: [
    mesh,
    zone,
    ...policies,
    meshService,
    meshMultiZoneService,
    meshExternalService,
    meshIdentity,
    meshTrust,
    hostnameGenerator,
    meshOpenTelemetryBackend,
    meshZoneAddress,
    workload,
    containerPatch,
    dataplane,
    ...legacyPolicies,
    ...gateways,
    zoneIngress,
    zoneEgress,
  ],
  extensions: [
    { kinds: [...QUALIFIED_POD_KINDS, '/Namespace', '/Service'], mentions: ['kuma'], extract: extractKeys },
    { kinds: ROUTE_KINDS.map((it) => `${GATEWAY_API}/${it}`), mentions: ['kuma'], extract: extractRoute },
  ],
  tables,
  lookups: [meshNamed, zoneNamed, targetsNamed, proxiesPicked, containerPatchNamed, telemetryBackendNamed, meshGatewayNamed],
  settings: [],
  settingWords: SETTING_WORDS,
  takesServiceRoutes: true,
  rules: rules.map(whereItHolds),
  presence: { words: ['kuma'], onKindsOf: ['kubernetes'] },
  templates,
  schemaPeers,
  editor,
};
