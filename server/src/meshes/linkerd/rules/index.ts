// Written by scripts/rules.mjs from the files beside it.
import type { Rule } from '../../../rules/rule.js';
import { annotationDeprecated } from './annotation-deprecated.js';
import { annotationNotInherited } from './annotation-not-inherited.js';
import { annotationUnknown } from './annotation-unknown.js';
import { annotationValueInvalid } from './annotation-value-invalid.js';
import { appProtocolUnknown } from './app-protocol-unknown.js';
import { authzAuthRefKindUnsupported } from './authz-auth-ref-kind-unsupported.js';
import { authzAuthRefNotFound } from './authz-auth-ref-not-found.js';
import { authzAuthRefsConflict } from './authz-auth-refs-conflict.js';
import { authzEmptyAuthRefs } from './authz-empty-auth-refs.js';
import { authzNamespaceMismatch } from './authz-namespace-mismatch.js';
import { authzTargetKindUnsupported } from './authz-target-kind-unsupported.js';
import { authzTargetNotFound } from './authz-target-not-found.js';
import { defaultDenyWithoutAuthorization } from './default-deny-without-authorization.js';
import { defaultPolicyInvalid } from './default-policy-invalid.js';
import { deprecatedApiVersion } from './deprecated-api-version.js';
import { egressDenyWithoutRoute } from './egress-deny-without-route.js';
import { egressNetworkOverlap } from './egress-network-overlap.js';
import { egressRoutePortRequired } from './egress-route-port-required.js';
import { failureAccrualInvalid } from './failure-accrual-invalid.js';
import { failureAccrualNoEffect } from './failure-accrual-no-effect.js';
import { grpcMethodRegexUnsupported } from './grpc-method-regex-unsupported.js';
import { identityInvalid } from './identity-invalid.js';
import { identityNotLinkerdForm } from './identity-not-linkerd-form.js';
import { identityRefInvalid } from './identity-ref-invalid.js';
import { injectAnnotationMisplaced } from './inject-annotation-misplaced.js';
import { injectExcludedNamespace } from './inject-excluded-namespace.js';
import { injectHostNetwork } from './inject-host-network.js';
import { injectInvalidValue } from './inject-invalid-value.js';
import { injectLabelInsteadOfAnnotation } from './inject-label-instead-of-annotation.js';
import { l4RouteSingleRule } from './l4-route-single-rule.js';
import { mirrorAnnotationShouldBeLabel } from './mirror-annotation-should-be-label.js';
import { networkCidrInvalid } from './network-cidr-invalid.js';
import { networkExceptInvalid } from './network-except-invalid.js';
import { networksEmpty } from './networks-empty.js';
import { opaquePortWithL7Policy } from './opaque-port-with-l7-policy.js';
import { opaquePortsMismatch } from './opaque-ports-mismatch.js';
import { policyOnUnmeshedWorkload } from './policy-on-unmeshed-workload.js';
import { probeRouteUnauthorized } from './probe-route-unauthorized.js';
import { ratelimitDuplicate } from './ratelimit-duplicate.js';
import { ratelimitInvalid } from './ratelimit-invalid.js';
import { ratelimitNoLimit } from './ratelimit-no-limit.js';
import { ratelimitTargetNotFound } from './ratelimit-target-not-found.js';
import { retryAnnotationInvalid } from './retry-annotation-invalid.js';
import { retryAnnotationMisplaced } from './retry-annotation-misplaced.js';
import { retryNonIdempotent } from './retry-non-idempotent.js';
import { retryWithoutTimeout } from './retry-without-timeout.js';
import { routeBackendKindInvalid } from './route-backend-kind-invalid.js';
import { routeBackendNotFound } from './route-backend-not-found.js';
import { routeBackendPortNotFound } from './route-backend-port-not-found.js';
import { routeBackendPortRequired } from './route-backend-port-required.js';
import { routeBackendsOnServer } from './route-backends-on-server.js';
import { routeParentGroupMismatch } from './route-parent-group-mismatch.js';
import { routeParentHeadless } from './route-parent-headless.js';
import { routeParentNotFound } from './route-parent-not-found.js';
import { routeParentServerRefInvalid } from './route-parent-server-ref-invalid.js';
import { routePathNotAbsolute } from './route-path-not-absolute.js';
import { routeTextUnreadable } from './route-text-unreadable.js';
import { routeTimeoutsOrder } from './route-timeouts-order.js';
import { routeTypeConflict } from './route-type-conflict.js';
import { routeUnsupportedFilter } from './route-unsupported-filter.js';
import { serverAccessPolicyInvalid } from './server-access-policy-invalid.js';
import { serverAuthzClientConflict } from './server-authz-client-conflict.js';
import { serverAuthzTargetNotFound } from './server-authz-target-not-found.js';
import { serverNoAuthorization } from './server-no-authorization.js';
import { serverOverlap } from './server-overlap.js';
import { serverPortNotFound } from './server-port-not-found.js';
import { serverProxyProtocolInvalid } from './server-proxy-protocol-invalid.js';
import { serverSelectsNothing } from './server-selects-nothing.js';
import { serviceAccountNotFound } from './service-account-not-found.js';
import { serviceprofileInvalid } from './serviceprofile-invalid.js';
import { serviceprofileNameInvalid } from './serviceprofile-name-invalid.js';
import { serviceprofileNamespaceMismatch } from './serviceprofile-namespace-mismatch.js';
import { serviceprofileOverridesRoute } from './serviceprofile-overrides-route.js';
import { serviceprofileRetryWithoutBudget } from './serviceprofile-retry-without-budget.js';
import { serviceprofileServiceNotFound } from './serviceprofile-service-not-found.js';
import { strictPolicyWithUnmeshedClient } from './strict-policy-with-unmeshed-client.js';
import { timeoutAnnotationInvalid } from './timeout-annotation-invalid.js';
import { udpPortNotMeshed } from './udp-port-not-meshed.js';

export const rules: readonly Rule[] = [
  annotationDeprecated,
  annotationNotInherited,
  annotationUnknown,
  annotationValueInvalid,
  appProtocolUnknown,
  authzAuthRefKindUnsupported,
  authzAuthRefNotFound,
  authzAuthRefsConflict,
  authzEmptyAuthRefs,
  authzNamespaceMismatch,
  authzTargetKindUnsupported,
  authzTargetNotFound,
  defaultDenyWithoutAuthorization,
  defaultPolicyInvalid,
  deprecatedApiVersion,
  egressDenyWithoutRoute,
  egressNetworkOverlap,
  egressRoutePortRequired,
  failureAccrualInvalid,
  failureAccrualNoEffect,
  grpcMethodRegexUnsupported,
  identityInvalid,
  identityNotLinkerdForm,
  identityRefInvalid,
  injectAnnotationMisplaced,
  injectExcludedNamespace,
  injectHostNetwork,
  injectInvalidValue,
  injectLabelInsteadOfAnnotation,
  l4RouteSingleRule,
  mirrorAnnotationShouldBeLabel,
  networkCidrInvalid,
  networkExceptInvalid,
  networksEmpty,
  opaquePortWithL7Policy,
  opaquePortsMismatch,
  policyOnUnmeshedWorkload,
  probeRouteUnauthorized,
  ratelimitDuplicate,
  ratelimitInvalid,
  ratelimitNoLimit,
  ratelimitTargetNotFound,
  retryAnnotationInvalid,
  retryAnnotationMisplaced,
  retryNonIdempotent,
  retryWithoutTimeout,
  routeBackendKindInvalid,
  routeBackendNotFound,
  routeBackendPortNotFound,
  routeBackendPortRequired,
  routeBackendsOnServer,
  routeParentGroupMismatch,
  routeParentHeadless,
  routeParentNotFound,
  routeParentServerRefInvalid,
  routePathNotAbsolute,
  routeTextUnreadable,
  routeTimeoutsOrder,
  routeTypeConflict,
  routeUnsupportedFilter,
  serverAccessPolicyInvalid,
  serverAuthzClientConflict,
  serverAuthzTargetNotFound,
  serverNoAuthorization,
  serverOverlap,
  serverPortNotFound,
  serverProxyProtocolInvalid,
  serverSelectsNothing,
  serviceAccountNotFound,
  serviceprofileInvalid,
  serviceprofileNameInvalid,
  serviceprofileNamespaceMismatch,
  serviceprofileOverridesRoute,
  serviceprofileRetryWithoutBudget,
  serviceprofileServiceNotFound,
  strictPolicyWithUnmeshedClient,
  timeoutAnnotationInvalid,
  udpPortNotMeshed,
];
