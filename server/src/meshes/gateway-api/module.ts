import type { MeshModule } from '../../rules/module.js';
import { editor } from './editor.js';
import { gateway, gatewayClass, listenerSet, xListenerSet } from './kinds/gateways.js';
import { backendTlsPolicy, referenceGrant, xBackendTrafficPolicy } from './kinds/policies.js';
import { grpcRoute, httpRoute, tcpRoute, tlsRoute, udpRoute } from './kinds/routes.js';
import { gatewayClassNamed, gatewaysNamed, listenerSetsNamed, listenersNamed, portsOfService } from './lookups.js';
import { rules } from './rules/index.js';
import { SETTING_WORDS } from './setting-words.js';
import { templates } from './templates.js';
import { tables } from './tables.js';

/** Gateways and routes as Kubernetes itself describes them; many systems carry them out. */
export const gatewayApi: MeshModule = {
  id: 'gateway-api',
  title: 'Gateway API',
  kinds: [
    gatewayClass,
    gateway,
    listenerSet,
    xListenerSet,
    httpRoute,
    grpcRoute,
    tlsRoute,
    tcpRoute,
    udpRoute,
    referenceGrant,
    backendTlsPolicy,
    xBackendTrafficPolicy,
  ],
  tables,
  lookups: [gatewaysNamed, listenerSetsNamed, listenersNamed, gatewayClassNamed, portsOfService],
  settings: [],
  settingWords: SETTING_WORDS,
  rules,
  editor,
  templates,
};
