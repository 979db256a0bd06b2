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
import { identityInvalid } from './identity-invalid.js';
import { identityNotLinkerdForm } from './identity-not-linkerd-form.js';
import { identityRefInvalid } from './identity-ref-invalid.js';
import { networkCidrInvalid } from './network-cidr-invalid.js';
import { networkExceptInvalid } from './network-except-invalid.js';
import { networksEmpty } from './networks-empty.js';
import { policyOnUnmeshedWorkload } from './policy-on-unmeshed-workload.js';
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
  identityInvalid,
  identityNotLinkerdForm,
  identityRefInvalid,
  networkCidrInvalid,
  networkExceptInvalid,
  networksEmpty,
  policyOnUnmeshedWorkload,
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
