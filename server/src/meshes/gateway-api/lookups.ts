import { ownedNamespaces } from '../../index/settings.js';
import { defineLookup } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { namespaceKey, UNKNOWN_NAMESPACE } from '../../model/resource.js';
import { named, namespaceNamed, servicesNamed, splitKey, withUnknown } from '../kubernetes/lookups.js';
import { secretsIn, serviceAccountsIn, servicePorts, servicesIn, workloadsByLabel, type ServicePort } from '../kubernetes/tables.js';
import {
  gatewayClasses,
  gateways,
  gatewaysByName,
  gatewaysIn,
  listeners,
  listenerSets,
  listenerSetsByName,
  referenceGrants,
  routesIn,
  type GatewayFacts,
  type ListenerFacts,
  type ReferenceGrantFacts,
} from './tables.js';

/** Gateways that `namespace/name` may mean. */
export const gatewaysNamed = defineLookup<readonly Definition<GatewayFacts>[]>(
  'gateway-api/gatewaysNamed',
  (look, key) => named(look, key, gateways, gatewaysByName),
  { of: [gateways], keysLeadingTo: withUnknown },
);

/** Listener sets that `namespace/name` may mean. */
export const listenerSetsNamed = defineLookup<readonly Definition<GatewayFacts>[]>(
  'gateway-api/listenerSetsNamed',
  (look, key) => named(look, key, listenerSets, listenerSetsByName),
  { of: [listenerSets], keysLeadingTo: withUnknown },
);

/** Listeners that `Gateway/namespace/name/listener` may mean. */
export const listenersNamed = defineLookup<readonly Definition<ListenerFacts>[]>(
  'gateway-api/listenersNamed',
  (look, key) => {
    const [kind = '', namespace = '', name = '', listener = ''] = key.split('/');
    const holders = look.get(kind === 'Gateway' ? gatewaysNamed : listenerSetsNamed, `${namespace}/${name}`);
    return holders.flatMap(({ data }) => look.get(listeners, `${kind}/${namespaceKey(data.namespace)}/${data.name}/${listener}`));
  },
  {
    of: [listeners],
    keysLeadingTo: ({ key }) => {
      const [kind = '', , ...rest] = key.split('/');
      return [key, [kind, UNKNOWN_NAMESPACE, ...rest].join('/')];
    },
  },
);

/** Gateway classes by name. */
export const gatewayClassNamed = defineLookup('gateway-api/gatewayClassNamed', (look, name) => look.get(gatewayClasses, name), {
  of: [gatewayClasses],
});

/** Controllers of classes that installers bring along without anybody writing a GatewayClass. */
const INSTALLED_CONTROLLERS: Readonly<Record<string, string>> = {
  cilium: 'io.cilium/gateway-controller',
  consul: 'consul.hashicorp.com/gateway-controller',
  istio: 'istio.io/gateway-controller',
  kuma: 'gateways.kuma.io/controller',
};

/** The controller that carries out the Gateways of a class, by the name of the class; undefined where nobody can tell. */
export const controllerOfClass = defineLookup<string | undefined>('gateway-api/controllerOfClass', (look, name) => {
  const [found] = look.get(gatewayClasses, name);
  return found ? found.data.controller : INSTALLED_CONTROLLERS[name];
});

/** Whether a Gateway is at hand that a controller other than Istio's carries out, by `namespace/name`. */
export const isGatewayOfAnother = defineLookup<boolean>('gateway-api/isGatewayOfAnother', (look, key) => {
  const controllers = look.get(gatewaysNamed, key).map((it) => look.get(controllerOfClass, it.data.className ?? ''));
  return controllers.length > 0 && controllers.every((it) => it !== undefined && !/(^|\.)istio\.io\//.test(it));
});

/** Ports of the Services that `namespace/name` may mean, by `namespace/name:number`. */
export const portsOfService = defineLookup<readonly Definition<ServicePort>[]>(
  'gateway-api/portsOfService',
  (look, key) => {
    const colon = key.lastIndexOf(':');
    return look
      .get(servicesNamed, key.slice(0, colon))
      .flatMap(({ data }) => look.get(servicePorts, `${namespaceKey(data.namespace)}/${data.name}${key.slice(colon)}`));
  },
  {
    of: [servicePorts],
    keysLeadingTo: ({ key }) => [key, `${UNKNOWN_NAMESPACE}/${splitKey(key).name}`],
  },
);

/** Reference grants that may open a namespace: its own, and those whose manifests leave the namespace out. */
export const grantsFor = defineLookup<readonly Definition<ReferenceGrantFacts>[]>('gateway-api/grantsFor', (look, namespace) => [
  ...look.get(referenceGrants, namespace),
  ...(namespace === UNKNOWN_NAMESPACE ? [] : look.get(referenceGrants, UNKNOWN_NAMESPACE)),
]);

/** Whether the workspace holds the services of a namespace, so that a missing one would show; never for `?`, which may be any. */
export const servicesInView = defineLookup<boolean>('gateway-api/servicesInView', (look, namespace) => {
  if (look.get(ownedNamespaces, '').some((pattern) => covers(pattern, namespace))) return true;
  // Installers fill system namespaces, of which a workspace shows a part at most.
  if (namespace === UNKNOWN_NAMESPACE || namespace.startsWith('kube-') || namespace.endsWith('-system')) return false;
  return look.get(servicesIn, namespace).length > 0;
});

/** Whether anything at hand shows that a namespace exists. */
export const namespaceExists = defineLookup<boolean>(
  'gateway-api/namespaceExists',
  (look, name) =>
    ['default', 'kube-system', 'kube-public', 'kube-node-lease'].includes(name) ||
    look.get(namespaceNamed, name).length > 0 ||
    [servicesIn, serviceAccountsIn, secretsIn, gatewaysIn, routesIn].some((table) => look.get(table, name).length > 0) ||
    look.get(workloadsByLabel, `${name}/`).length > 0,
);

function covers(pattern: string, name: string): boolean {
  if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1));
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}
