// Written by scripts/rules.mjs from the files beside it.
import type { Rule } from '../../../rules/rule.js';
import { gatewayNotQualified } from './gateway-not-qualified.js';
import { hostNotInGateway } from './host-not-in-gateway.js';
import { httpFieldsOnTcpPort } from './http-fields-on-tcp-port.js';
import { injectionLabelsConflict } from './injection-labels-conflict.js';
import { internalGatewayReference } from './internal-gateway-reference.js';
import { partialHost } from './partial-host.js';
import { portNotOnService } from './port-not-on-service.js';
import { portRequired } from './port-required.js';
import { principalWithScheme } from './principal-with-scheme.js';
import { shortHostElsewhere } from './short-host-elsewhere.js';
import { strictMtlsWithoutInjection } from './strict-mtls-without-injection.js';
import { unknownDelegate } from './unknown-delegate.js';
import { unknownGateway } from './unknown-gateway.js';
import { unknownHost } from './unknown-host.js';
import { unknownPrincipal } from './unknown-principal.js';
import { unknownSubset } from './unknown-subset.js';

export const rules: readonly Rule[] = [
  gatewayNotQualified,
  hostNotInGateway,
  httpFieldsOnTcpPort,
  injectionLabelsConflict,
  internalGatewayReference,
  partialHost,
  portNotOnService,
  portRequired,
  principalWithScheme,
  shortHostElsewhere,
  strictMtlsWithoutInjection,
  unknownDelegate,
  unknownGateway,
  unknownHost,
  unknownPrincipal,
  unknownSubset,
];
