import { defineLookup } from '../../index/tables.js';
import { gatewayClasses } from '../gateway-api/tables.js';

/** Name of the class that Consul's chart installs. */
export const CONSUL_CLASS = 'consul';
/** What GatewayClasses of Consul name as their controller. */
export const CONTROLLER = 'consul.hashicorp.com/gateway-controller';

/** Whether Gateways of a class are carried out by Consul, by the name of the class. */
export const isConsulClass = defineLookup<boolean>('consul/isConsulClass', (look, name) => {
  const found = look.get(gatewayClasses, name);
  return found.length === 0 ? name === CONSUL_CLASS : found.some((it) => it.data.controller === CONTROLLER);
});
