// Written by scripts/rules.mjs from the files beside it.
import type { Rule } from '../../../rules/rule.js';
import { backendPortNotOnService } from './backend-port-not-on-service.js';
import { conflictingListeners } from './conflicting-listeners.js';
import { hostnameNotServed } from './hostname-not-served.js';
import { listenerOfGateway } from './listener-of-gateway.js';
import { listenerSetNotAdmitted } from './listener-set-not-admitted.js';
import { missingReferenceGrant } from './missing-reference-grant.js';
import { repeatedListener } from './repeated-listener.js';
import { repeatedMatch } from './repeated-match.js';
import { routeNotAdmitted } from './route-not-admitted.js';
import { sharedAddress } from './shared-address.js';
import { unknownBackend } from './unknown-backend.js';
import { unknownCertificate } from './unknown-certificate.js';
import { unknownGatewayClass } from './unknown-gateway-class.js';
import { unknownGrantNamespace } from './unknown-grant-namespace.js';
import { unknownGrantedObject } from './unknown-granted-object.js';
import { unknownListener } from './unknown-listener.js';
import { unknownParent } from './unknown-parent.js';
import { unknownTarget } from './unknown-target.js';
import { unreadableRegex } from './unreadable-regex.js';
import { unusableCertificate } from './unusable-certificate.js';
import { weightsAllZero } from './weights-all-zero.js';

export const rules: readonly Rule[] = [
  backendPortNotOnService,
  conflictingListeners,
  hostnameNotServed,
  listenerOfGateway,
  listenerSetNotAdmitted,
  missingReferenceGrant,
  repeatedListener,
  repeatedMatch,
  routeNotAdmitted,
  sharedAddress,
  unknownBackend,
  unknownCertificate,
  unknownGatewayClass,
  unknownGrantNamespace,
  unknownGrantedObject,
  unknownListener,
  unknownParent,
  unknownTarget,
  unreadableRegex,
  unusableCertificate,
  weightsAllZero,
];
