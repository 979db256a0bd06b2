import type { MeshModule } from '../../rules/module.js';
import { editor } from './editor.js';
import { externalWorkload, link, namespaces, pods, serviceProfile, services, trafficSplit } from './kinds/others.js';
import {
  authorizationPolicy,
  egressNetwork,
  httpLocalRateLimitPolicy,
  meshTlsAuthentication,
  networkAuthentication,
  server,
  serverAuthorization,
} from './kinds/policies.js';
import { gatewayRoutes, httpRoute } from './kinds/routes.js';
import { egressNetworksNamed, meshTlsNamed, networkAuthenticationsNamed, routesNamed, serversNamed } from './lookups.js';
import { rules } from './rules/index.js';
import { schemaPeers } from './schema-peers.js';
import { SETTING_WORDS } from './setting-words.js';
import { tables } from './tables.js';
import { templates } from './templates.js';

/** Linkerd 2: policies of ports, routes of calls, and the annotations that configure its proxies. */
export const linkerd: MeshModule = {
  id: 'linkerd',
  title: 'Linkerd',
  kinds: [
    server,
    authorizationPolicy,
    meshTlsAuthentication,
    networkAuthentication,
    serverAuthorization,
    httpRoute,
    httpLocalRateLimitPolicy,
    egressNetwork,
    serviceProfile,
    externalWorkload,
    link,
    trafficSplit,
  ],
  extensions: [gatewayRoutes, pods, namespaces, services],
  tables,
  lookups: [serversNamed, meshTlsNamed, networkAuthenticationsNamed, egressNetworksNamed, routesNamed],
  settings: [],
  settingWords: SETTING_WORDS,
  takesServiceRoutes: true,
  rules,
  presence: { words: ['linkerd'], onKindsOf: ['kubernetes'] },
  templates,
  schemaPeers,
  editor,
};
