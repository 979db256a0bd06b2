// Written by scripts/rules.mjs from the files beside it.
import type { Rule } from '../../../rules/rule.js';
import { allowAll } from './allow-all.js';
import { annotationMisplaced } from './annotation-misplaced.js';
import { annotationRemoved } from './annotation-removed.js';
import { annotationValue } from './annotation-value.js';
import { authPeer } from './auth-peer.js';
import { authTestMode } from './auth-test-mode.js';
import { ccnpWildcard } from './ccnp-wildcard.js';
import { cidrInternal } from './cidr-internal.js';
import { cidrInvalid } from './cidr-invalid.js';
import { cidrgroupNotFound } from './cidrgroup-not-found.js';
import { defaultDenySurprise } from './default-deny-surprise.js';
import { deprecatedVersion } from './deprecated-version.js';
import { egressWithoutDns } from './egress-without-dns.js';
import { egressgwInvalid } from './egressgw-invalid.js';
import { emptyPeerList } from './empty-peer-list.js';
import { entityInvalid } from './entity-invalid.js';
import { envoyconfigInvalid } from './envoyconfig-invalid.js';
import { envoyconfigNotFound } from './envoyconfig-not-found.js';
import { featureTurnedOff } from './feature-turned-off.js';
import { fqdnInvalid } from './fqdn-invalid.js';
import { fqdnNotCovered } from './fqdn-not-covered.js';
import { fqdnWithoutDns } from './fqdn-without-dns.js';
import { hostProbe } from './host-probe.js';
import { httpFieldCase } from './http-field-case.js';
import { httpPathGlob } from './http-path-glob.js';
import { httpRegex } from './http-regex.js';
import { icmpInvalid } from './icmp-invalid.js';
import { icmpWithPorts } from './icmp-with-ports.js';
import { kafkaRemoved } from './kafka-removed.js';
import { l7Direction } from './l7-direction.js';
import { l7Mixed } from './l7-mixed.js';
import { l7Port } from './l7-port.js';
import { l7Protocol } from './l7-protocol.js';
import { l7Shadowed } from './l7-shadowed.js';
import { lrpInvalid } from './lrp-invalid.js';
import { meshPortConflict } from './mesh-port-conflict.js';
import { namedPortNotFound } from './named-port-not-found.js';
import { namespaceImplied } from './namespace-implied.js';
import { namespaceMismatch } from './namespace-mismatch.js';
import { noRules } from './no-rules.js';
import { nodeSelectorInCnp } from './node-selector-in-cnp.js';
import { peerCombination } from './peer-combination.js';
import { portInvalid } from './port-invalid.js';
import { removedKind } from './removed-kind.js';
import { requiresRemoved } from './requires-removed.js';
import { selectorExclusive } from './selector-exclusive.js';
import { selectorInvalid } from './selector-invalid.js';
import { selectsNothing } from './selects-nothing.js';
import { serverNames } from './server-names.js';
import { serviceNotFound } from './service-not-found.js';
import { specMissing } from './spec-missing.js';
import { stateKind } from './state-kind.js';
import { tooManyPorts } from './too-many-ports.js';
import { toservicesToports } from './toservices-toports.js';
import { unknownAnnotation } from './unknown-annotation.js';

export const rules: readonly Rule[] = [
  allowAll,
  annotationMisplaced,
  annotationRemoved,
  annotationValue,
  authPeer,
  authTestMode,
  ccnpWildcard,
  cidrInternal,
  cidrInvalid,
  cidrgroupNotFound,
  defaultDenySurprise,
  deprecatedVersion,
  egressWithoutDns,
  egressgwInvalid,
  emptyPeerList,
  entityInvalid,
  envoyconfigInvalid,
  envoyconfigNotFound,
  featureTurnedOff,
  fqdnInvalid,
  fqdnNotCovered,
  fqdnWithoutDns,
  hostProbe,
  httpFieldCase,
  httpPathGlob,
  httpRegex,
  icmpInvalid,
  icmpWithPorts,
  kafkaRemoved,
  l7Direction,
  l7Mixed,
  l7Port,
  l7Protocol,
  l7Shadowed,
  lrpInvalid,
  meshPortConflict,
  namedPortNotFound,
  namespaceImplied,
  namespaceMismatch,
  noRules,
  nodeSelectorInCnp,
  peerCombination,
  portInvalid,
  removedKind,
  requiresRemoved,
  selectorExclusive,
  selectorInvalid,
  selectsNothing,
  serverNames,
  serviceNotFound,
  specMissing,
  stateKind,
  tooManyPorts,
  toservicesToports,
  unknownAnnotation,
];
