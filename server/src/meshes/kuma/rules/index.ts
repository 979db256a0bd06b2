// Written by scripts/rules.mjs from the files beside it.
import type { Rule } from '../../../rules/rule.js';
import { backendWeightsZero } from './backend-weights-zero.js';
import { backendrefNotFound } from './backendref-not-found.js';
import { backendrefPortNotFound } from './backendref-port-not-found.js';
import { backendrefPortRequired } from './backendref-port-required.js';
import { deprecatedKey } from './deprecated-key.js';
import { deprecated } from './deprecated.js';
import { injectionAnnotation } from './injection-annotation.js';
import { injectionValue } from './injection-value.js';
import { invalidResource } from './invalid-resource.js';
import { invalidValue } from './invalid-value.js';
import { keyValue } from './key-value.js';
import { keyWrongPlace } from './key-wrong-place.js';
import { legacyNewMix } from './legacy-new-mix.js';
import { legacyPolicy } from './legacy-policy.js';
import { meshAnnotation } from './mesh-annotation.js';
import { meshLabelMissing } from './mesh-label-missing.js';
import { meshNotFound } from './mesh-not-found.js';
import { mtlsWithoutPermission } from './mtls-without-permission.js';
import { nameRfc1035 } from './name-rfc1035.js';
import { networkpolicyBlocksXds } from './networkpolicy-blocks-xds.js';
import { noObservability } from './no-observability.js';
import { originLabel } from './origin-label.js';
import { permissionAllowAll } from './permission-allow-all.js';
import { permissionShadowedDeny } from './permission-shadowed-deny.js';
import { permissionWithoutMtls } from './permission-without-mtls.js';
import { podLabelNamespaceUnlabeled } from './pod-label-namespace-unlabeled.js';
import { policyRole } from './policy-role.js';
import { policyShape } from './policy-shape.js';
import { removedAnnotation } from './removed-annotation.js';
import { removedIn3 } from './removed-in-3.js';
import { sectionNotFound } from './section-not-found.js';
import { selectsNothing } from './selects-nothing.js';
import { sidecarUid } from './sidecar-uid.js';
import { sniPortName } from './sni-port-name.js';
import { strictMtlsWithoutInjection } from './strict-mtls-without-injection.js';
import { strictRouteNever } from './strict-route-never.js';
import { systemNamespaceOnly } from './system-namespace-only.js';
import { targetrefField } from './targetref-field.js';
import { targetrefKind } from './targetref-kind.js';
import { targetrefNotFound } from './targetref-not-found.js';
import { unknownKey } from './unknown-key.js';
import { unreadableRegex } from './unreadable-regex.js';
import { workloadLabel } from './workload-label.js';
import { wrongControlPlane } from './wrong-control-plane.js';

export const rules: readonly Rule[] = [
  backendWeightsZero,
  backendrefNotFound,
  backendrefPortNotFound,
  backendrefPortRequired,
  deprecatedKey,
  deprecated,
  injectionAnnotation,
  injectionValue,
  invalidResource,
  invalidValue,
  keyValue,
  keyWrongPlace,
  legacyNewMix,
  legacyPolicy,
  meshAnnotation,
  meshLabelMissing,
  meshNotFound,
  mtlsWithoutPermission,
  nameRfc1035,
  networkpolicyBlocksXds,
  noObservability,
  originLabel,
  permissionAllowAll,
  permissionShadowedDeny,
  permissionWithoutMtls,
  podLabelNamespaceUnlabeled,
  policyRole,
  policyShape,
  removedAnnotation,
  removedIn3,
  sectionNotFound,
  selectsNothing,
  sidecarUid,
  sniPortName,
  strictMtlsWithoutInjection,
  strictRouteNever,
  systemNamespaceOnly,
  targetrefField,
  targetrefKind,
  targetrefNotFound,
  unknownKey,
  unreadableRegex,
  workloadLabel,
  wrongControlPlane,
];
