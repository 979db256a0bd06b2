import { defineLookup } from '../../index/tables.js';
import { controllerOfClass } from '../gateway-api/lookups.js';

/** What GatewayClasses of Consul name as their controller. */
export const CONTROLLER = 'consul.hashicorp.com/gateway-controller';

/** Whether Gateways of a class are carried out by Consul, by the name of the class. */
export const isConsulClass = defineLookup<boolean>(
  'consul/isConsulClass',
  (look, name) => look.get(controllerOfClass, name) === CONTROLLER,
);
