// Written by scripts/rules.mjs from the files beside it.
import type { Rule } from '../../../rules/rule.js';
import { accessLogsInvalid } from './access-logs-invalid.js';
import { annotationUnknown } from './annotation-unknown.js';
import { annotationValueInvalid } from './annotation-value-invalid.js';
import { destinationInvalid } from './destination-invalid.js';
import { dnsConfigConflict } from './dns-config-conflict.js';
import { duplicateConfigEntry } from './duplicate-config-entry.js';
import { enterpriseField } from './enterprise-field.js';
import { envoyExtensionArguments } from './envoy-extension-arguments.js';
import { exportedServicesInvalid } from './exported-services-invalid.js';
import { exposePathInvalid } from './expose-path-invalid.js';
import { externalSniConflict } from './external-sni-conflict.js';
import { gatewayListenerInvalid } from './gateway-listener-invalid.js';
import { gatewayPolicyDuplicate } from './gateway-policy-duplicate.js';
import { gatewayPolicyInvalid } from './gateway-policy-invalid.js';
import { gatewayRouteWithoutService } from './gateway-route-without-service.js';
import { inconsistentProtocols } from './inconsistent-protocols.js';
import { ingressGatewayDeprecated } from './ingress-gateway-deprecated.js';
import { ingressGatewayInvalid } from './ingress-gateway-invalid.js';
import { injectAnnotationMisplaced } from './inject-annotation-misplaced.js';
import { injectExcludedNamespace } from './inject-excluded-namespace.js';
import { injectLabelInsteadOfAnnotation } from './inject-label-instead-of-annotation.js';
import { injectOnNamespace } from './inject-on-namespace.js';
import { injectValueInvalid } from './inject-value-invalid.js';
import { injectedWithoutService } from './injected-without-service.js';
import { intentionActionInvalid } from './intention-action-invalid.js';
import { intentionAllowAll } from './intention-allow-all.js';
import { intentionDuplicateDestination } from './intention-duplicate-destination.js';
import { intentionDuplicateSource } from './intention-duplicate-source.js';
import { intentionPermissionInvalid } from './intention-permission-invalid.js';
import { intentionRedundantSource } from './intention-redundant-source.js';
import { intentionSourceConflict } from './intention-source-conflict.js';
import { intentionSourceNameRequired } from './intention-source-name-required.js';
import { intentionSourcesRequired } from './intention-sources-required.js';
import { intentionWildcardInvalid } from './intention-wildcard-invalid.js';
import { jwtProviderInvalid } from './jwt-provider-invalid.js';
import { jwtProviderNotFound } from './jwt-provider-not-found.js';
import { l7RequiresHttp } from './l7-requires-http.js';
import { meshEnumInvalid } from './mesh-enum-invalid.js';
import { meshGatewayModeInvalid } from './mesh-gateway-mode-invalid.js';
import { multipleServices } from './multiple-services.js';
import { multiportUnsupported } from './multiport-unsupported.js';
import { mutualTlsModeInvalid } from './mutual-tls-mode-invalid.js';
import { peerNotFound } from './peer-not-found.js';
import { peeringDuplicateSecret } from './peering-duplicate-secret.js';
import { peeringInvalid } from './peering-invalid.js';
import { permissiveMtlsInUse } from './permissive-mtls-in-use.js';
import { permissiveMtlsNotAllowed } from './permissive-mtls-not-allowed.js';
import { portNotFound } from './port-not-found.js';
import { probeNotOverwritten } from './probe-not-overwritten.js';
import { prometheusTlsIncomplete } from './prometheus-tls-incomplete.js';
import { protocolInvalid } from './protocol-invalid.js';
import { proxyDefaultsInvalid } from './proxy-defaults-invalid.js';
import { proxyDefaultsProtocolInvalid } from './proxy-defaults-protocol-invalid.js';
import { proxyModeNotSettable } from './proxy-mode-not-settable.js';
import { rateLimitsInvalid } from './rate-limits-invalid.js';
import { registrationInvalid } from './registration-invalid.js';
import { requestLimitInvalid } from './request-limit-invalid.js';
import { resolverFailoverInvalid } from './resolver-failover-invalid.js';
import { resolverLoadBalancerInvalid } from './resolver-load-balancer-invalid.js';
import { resolverRedirectCycle } from './resolver-redirect-cycle.js';
import { resolverRedirectInvalid } from './resolver-redirect-invalid.js';
import { resolverRedirectWithFailover } from './resolver-redirect-with-failover.js';
import { resolverSubsetInvalid } from './resolver-subset-invalid.js';
import { retryNonIdempotent } from './retry-non-idempotent.js';
import { retryWithoutLimits } from './retry-without-limits.js';
import { routeFilterNotFound } from './route-filter-not-found.js';
import { routeUnreachable } from './route-unreachable.js';
import { routerMatchInvalid } from './router-match-invalid.js';
import { routerPrefixRewrite } from './router-prefix-rewrite.js';
import { routerRetryConditionInvalid } from './router-retry-condition-invalid.js';
import { runAsUserConflict } from './run-as-user-conflict.js';
import { samenessGroupInvalid } from './sameness-group-invalid.js';
import { serviceAccountMismatch } from './service-account-mismatch.js';
import { serviceDefaultsInvalid } from './service-defaults-invalid.js';
import { serviceDefaultsResetsProtocol } from './service-defaults-resets-protocol.js';
import { serviceNotFound } from './service-not-found.js';
import { singletonDuplicate } from './singleton-duplicate.js';
import { singletonName } from './singleton-name.js';
import { splitterDuplicateSplit } from './splitter-duplicate-split.js';
import { splitterWeightRange } from './splitter-weight-range.js';
import { splitterWeightsSum } from './splitter-weights-sum.js';
import { subsetUndefined } from './subset-undefined.js';
import { terminatingGatewayInvalid } from './terminating-gateway-invalid.js';
import { unreadableRegex } from './unreadable-regex.js';
import { unsupportedKind } from './unsupported-kind.js';
import { upstreamAnnotationMalformed } from './upstream-annotation-malformed.js';
import { upstreamAnnotationWithTproxy } from './upstream-annotation-with-tproxy.js';
import { upstreamConfigInvalid } from './upstream-config-invalid.js';
import { upstreamPortConflict } from './upstream-port-conflict.js';
import { upstreamWithoutIntention } from './upstream-without-intention.js';

export const rules: readonly Rule[] = [
  accessLogsInvalid,
  annotationUnknown,
  annotationValueInvalid,
  destinationInvalid,
  dnsConfigConflict,
  duplicateConfigEntry,
  enterpriseField,
  envoyExtensionArguments,
  exportedServicesInvalid,
  exposePathInvalid,
  externalSniConflict,
  gatewayListenerInvalid,
  gatewayPolicyDuplicate,
  gatewayPolicyInvalid,
  gatewayRouteWithoutService,
  inconsistentProtocols,
  ingressGatewayDeprecated,
  ingressGatewayInvalid,
  injectAnnotationMisplaced,
  injectExcludedNamespace,
  injectLabelInsteadOfAnnotation,
  injectOnNamespace,
  injectValueInvalid,
  injectedWithoutService,
  intentionActionInvalid,
  intentionAllowAll,
  intentionDuplicateDestination,
  intentionDuplicateSource,
  intentionPermissionInvalid,
  intentionRedundantSource,
  intentionSourceConflict,
  intentionSourceNameRequired,
  intentionSourcesRequired,
  intentionWildcardInvalid,
  jwtProviderInvalid,
  jwtProviderNotFound,
  l7RequiresHttp,
  meshEnumInvalid,
  meshGatewayModeInvalid,
  multipleServices,
  multiportUnsupported,
  mutualTlsModeInvalid,
  peerNotFound,
  peeringDuplicateSecret,
  peeringInvalid,
  permissiveMtlsInUse,
  permissiveMtlsNotAllowed,
  portNotFound,
  probeNotOverwritten,
  prometheusTlsIncomplete,
  protocolInvalid,
  proxyDefaultsInvalid,
  proxyDefaultsProtocolInvalid,
  proxyModeNotSettable,
  rateLimitsInvalid,
  registrationInvalid,
  requestLimitInvalid,
  resolverFailoverInvalid,
  resolverLoadBalancerInvalid,
  resolverRedirectCycle,
  resolverRedirectInvalid,
  resolverRedirectWithFailover,
  resolverSubsetInvalid,
  retryNonIdempotent,
  retryWithoutLimits,
  routeFilterNotFound,
  routeUnreachable,
  routerMatchInvalid,
  routerPrefixRewrite,
  routerRetryConditionInvalid,
  runAsUserConflict,
  samenessGroupInvalid,
  serviceAccountMismatch,
  serviceDefaultsInvalid,
  serviceDefaultsResetsProtocol,
  serviceNotFound,
  singletonDuplicate,
  singletonName,
  splitterDuplicateSplit,
  splitterWeightRange,
  splitterWeightsSum,
  subsetUndefined,
  terminatingGatewayInvalid,
  unreadableRegex,
  unsupportedKind,
  upstreamAnnotationMalformed,
  upstreamAnnotationWithTproxy,
  upstreamConfigInvalid,
  upstreamPortConflict,
  upstreamWithoutIntention,
];
