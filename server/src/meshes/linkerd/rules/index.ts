// Written by scripts/rules.mjs from the files beside it.
import type { Rule } from '../../../rules/rule.js';
import { authzAuthRefKindUnsupported } from './authz-auth-ref-kind-unsupported.js';
import { authzAuthRefNotFound } from './authz-auth-ref-not-found.js';
import { authzAuthRefsConflict } from './authz-auth-refs-conflict.js';
import { authzEmptyAuthRefs } from './authz-empty-auth-refs.js';
import { authzNamespaceMismatch } from './authz-namespace-mismatch.js';
import { authzTargetKindUnsupported } from './authz-target-kind-unsupported.js';
import { authzTargetNotFound } from './authz-target-not-found.js';
import { deprecatedApiVersion } from './deprecated-api-version.js';
import { egressRoutePortRequired } from './egress-route-port-required.js';
import { grpcMethodRegexUnsupported } from './grpc-method-regex-unsupported.js';
import { identityInvalid } from './identity-invalid.js';
import { identityNotLinkerdForm } from './identity-not-linkerd-form.js';
import { identityRefInvalid } from './identity-ref-invalid.js';
import { l4RouteSingleRule } from './l4-route-single-rule.js';
import { networkCidrInvalid } from './network-cidr-invalid.js';
import { networkExceptInvalid } from './network-except-invalid.js';
import { networksEmpty } from './networks-empty.js';
import { policyOnUnmeshedWorkload } from './policy-on-unmeshed-workload.js';
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

export const rules: readonly Rule[] = [
  authzAuthRefKindUnsupported,
  authzAuthRefNotFound,
  authzAuthRefsConflict,
  authzEmptyAuthRefs,
  authzNamespaceMismatch,
  authzTargetKindUnsupported,
  authzTargetNotFound,
  deprecatedApiVersion,
  egressRoutePortRequired,
  grpcMethodRegexUnsupported,
  identityInvalid,
  identityNotLinkerdForm,
  identityRefInvalid,
  l4RouteSingleRule,
  networkCidrInvalid,
  networkExceptInvalid,
  networksEmpty,
  policyOnUnmeshedWorkload,
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
];
