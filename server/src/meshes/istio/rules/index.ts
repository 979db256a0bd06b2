// Written by scripts/rules.mjs from the files beside it.
import type { Rule } from '../../../rules/rule.js';
import { alphaAnnotation } from './alpha-annotation.js';
import { applicationRunsAsProxyUser } from './application-runs-as-proxy-user.js';
import { authorizationDeniesAll } from './authorization-denies-all.js';
import { conflictingDestinationRules } from './conflicting-destination-rules.js';
import { conflictingGateways } from './conflicting-gateways.js';
import { conflictingHosts } from './conflicting-hosts.js';
import { conflictingRouteActions } from './conflicting-route-actions.js';
import { conflictingServiceEntryProtocol } from './conflicting-service-entry-protocol.js';
import { denyCoversTcp } from './deny-covers-tcp.js';
import { deprecatedAnnotation } from './deprecated-annotation.js';
import { deprecatedField } from './deprecated-field.js';
import { deprecatedVersion } from './deprecated-version.js';
import { duplicateGatewayCertificate } from './duplicate-gateway-certificate.js';
import { duplicateNamespacePolicy } from './duplicate-namespace-policy.js';
import { duplicateServiceEntry } from './duplicate-service-entry.js';
import { duplicateSubset } from './duplicate-subset.js';
import { duplicateWorkloadGroups } from './duplicate-workload-groups.js';
import { emptySelector } from './empty-selector.js';
import { emptyTrafficPolicy } from './empty-traffic-policy.js';
import { enforcedWithoutDryRun } from './enforced-without-dry-run.js';
import { envoyFilterInternals } from './envoy-filter-internals.js';
import { envoyFilterOperation } from './envoy-filter-operation.js';
import { envoyFilterOrder } from './envoy-filter-order.js';
import { externalNamePort } from './external-name-port.js';
import { faultsWithoutTelemetry } from './faults-without-telemetry.js';
import { foreignSniHost } from './foreign-sni-host.js';
import { gatewayApiTooOld } from './gateway-api-too-old.js';
import { gatewayCredentialElsewhere } from './gateway-credential-elsewhere.js';
import { gatewayNotQualified } from './gateway-not-qualified.js';
import { gatewayPortNotOnService } from './gateway-port-not-on-service.js';
import { gatewayRouteNotAuthorized } from './gateway-route-not-authorized.js';
import { gatewaySelectorWithoutWorkload } from './gateway-selector-without-workload.js';
import { hostNotInGateway } from './host-not-in-gateway.js';
import { httpFieldsOnTcpPort } from './http-fields-on-tcp-port.js';
import { identityWithoutMtls } from './identity-without-mtls.js';
import { imageAutoWithoutInjection } from './image-auto-without-injection.js';
import { inconsistentMulticlusterService } from './inconsistent-multicluster-service.js';
import { ineffectiveMatch } from './ineffective-match.js';
import { ineffectiveSelector } from './ineffective-selector.js';
import { injectionLabelsConflict } from './injection-labels-conflict.js';
import { internalGatewayReference } from './internal-gateway-reference.js';
import { invalidAddress } from './invalid-address.js';
import { invalidAnnotation } from './invalid-annotation.js';
import { invalidAuthorizationRule } from './invalid-authorization-rule.js';
import { invalidClientTls } from './invalid-client-tls.js';
import { invalidConnectionPool } from './invalid-connection-pool.js';
import { invalidCorsPolicy } from './invalid-cors-policy.js';
import { invalidDelegate } from './invalid-delegate.js';
import { invalidDuration } from './invalid-duration.js';
import { invalidEnvoyPatch } from './invalid-envoy-patch.js';
import { invalidExport } from './invalid-export.js';
import { invalidFault } from './invalid-fault.js';
import { invalidGatewayReference } from './invalid-gateway-reference.js';
import { invalidHeaderChange } from './invalid-header-change.js';
import { invalidHost } from './invalid-host.js';
import { invalidJwtRule } from './invalid-jwt-rule.js';
import { invalidLabel } from './invalid-label.js';
import { invalidLoadBalancer } from './invalid-load-balancer.js';
import { invalidLocalitySetting } from './invalid-locality-setting.js';
import { invalidMatch } from './invalid-match.js';
import { invalidName } from './invalid-name.js';
import { invalidPercentage } from './invalid-percentage.js';
import { invalidPort } from './invalid-port.js';
import { invalidProbe } from './invalid-probe.js';
import { invalidProtocol } from './invalid-protocol.js';
import { invalidRedirect } from './invalid-redirect.js';
import { invalidRegex } from './invalid-regex.js';
import { invalidRetries } from './invalid-retries.js';
import { invalidRewrite } from './invalid-rewrite.js';
import { invalidServerTls } from './invalid-server-tls.js';
import { invalidServer } from './invalid-server.js';
import { invalidServiceEntry } from './invalid-service-entry.js';
import { invalidSidecar } from './invalid-sidecar.js';
import { invalidStatus } from './invalid-status.js';
import { invalidTarget } from './invalid-target.js';
import { invalidTelemetry } from './invalid-telemetry.js';
import { jwksFetchUnrestricted } from './jwks-fetch-unrestricted.js';
import { jwtClaimRouteWithoutRequestAuthentication } from './jwt-claim-route-without-request-authentication.js';
import { l7PolicyWithoutTarget } from './l7-policy-without-target.js';
import { l7PolicyWithoutWaypoint } from './l7-policy-without-waypoint.js';
import { l7RoutingOutsideServiceNamespace } from './l7-routing-outside-service-namespace.js';
import { l7RoutingWithoutWaypoint } from './l7-routing-without-waypoint.js';
import { loneWeight } from './lone-weight.js';
import { meshOnlyRouting } from './mesh-only-routing.js';
import { metricsClosedByStrict } from './metrics-closed-by-strict.js';
import { misplacedAnnotation } from './misplaced-annotation.js';
import { mtlsRuleWithoutPolicy } from './mtls-rule-without-policy.js';
import { mtlsSettingDropped } from './mtls-setting-dropped.js';
import { mtlsToDisabled } from './mtls-to-disabled.js';
import { namespaceInjectedByDefault } from './namespace-injected-by-default.js';
import { namespaceNotInjected } from './namespace-not-injected.js';
import { negativeCondition } from './negative-condition.js';
import { networkPolicyBlocksMesh } from './network-policy-blocks-mesh.js';
import { outboundPolicyWithoutMode } from './outbound-policy-without-mode.js';
import { overlappingInjectors } from './overlapping-injectors.js';
import { overlappingSelectors } from './overlapping-selectors.js';
import { partialHost } from './partial-host.js';
import { plaintextToStrict } from './plaintext-to-strict.js';
import { podWithoutProxy } from './pod-without-proxy.js';
import { policyWithoutProxy } from './policy-without-proxy.js';
import { portNotOnService } from './port-not-on-service.js';
import { portOfTwoProtocols } from './port-of-two-protocols.js';
import { portProtocolGuessed } from './port-protocol-guessed.js';
import { portRequired } from './port-required.js';
import { principalWithScheme } from './principal-with-scheme.js';
import { probeClosedByStrict } from './probe-closed-by-strict.js';
import { proxyImageMismatch } from './proxy-image-mismatch.js';
import { quotaBelowSidecars } from './quota-below-sidecars.js';
import { repeatedDestination } from './repeated-destination.js';
import { repeatedEgressHost } from './repeated-egress-host.js';
import { repeatedHost } from './repeated-host.js';
import { reservedAnnotation } from './reserved-annotation.js';
import { retriesExceedTimeout } from './retries-exceed-timeout.js';
import { retriesOnWrites } from './retries-on-writes.js';
import { retriesStacked } from './retries-stacked.js';
import { retriesWithoutOutlierDetection } from './retries-without-outlier-detection.js';
import { retriesWithoutReadinessProbe } from './retries-without-readiness-probe.js';
import { rootSidecarWithSelector } from './root-sidecar-with-selector.js';
import { routeRuleNoEffectOnIngress } from './route-rule-no-effect-on-ingress.js';
import { routeWithoutAction } from './route-without-action.js';
import { selectorMatchesNothing } from './selector-matches-nothing.js';
import { serviceEntryWithoutAddresses } from './service-entry-without-addresses.js';
import { shadowedRoute } from './shadowed-route.js';
import { shortHostElsewhere } from './short-host-elsewhere.js';
import { sidecarAndAmbient } from './sidecar-and-ambient.js';
import { sidecarInAmbient } from './sidecar-in-ambient.js';
import { strictMtlsRefusesCaller } from './strict-mtls-refuses-caller.js';
import { strictMtlsWithoutInjection } from './strict-mtls-without-injection.js';
import { strictWithoutMtlsRule } from './strict-without-mtls-rule.js';
import { subsetSelectsNothing } from './subset-selects-nothing.js';
import { subsetWithoutLabels } from './subset-without-labels.js';
import { targetPortNotExposed } from './target-port-not-exposed.js';
import { targetPortOfTwoPorts } from './target-port-of-two-ports.js';
import { telemetryWithoutProvider } from './telemetry-without-provider.js';
import { tlsProtocolMismatch } from './tls-protocol-mismatch.js';
import { tlsWithoutCa } from './tls-without-ca.js';
import { tokenNotRequired } from './token-not-required.js';
import { unknownAnnotation } from './unknown-annotation.js';
import { unknownDelegate } from './unknown-delegate.js';
import { unknownDestinationRuleHost } from './unknown-destination-rule-host.js';
import { unknownEgressHost } from './unknown-egress-host.js';
import { unknownExportNamespace } from './unknown-export-namespace.js';
import { unknownGatewayCredential } from './unknown-gateway-credential.js';
import { unknownGateway } from './unknown-gateway.js';
import { unknownGroupAccount } from './unknown-group-account.js';
import { unknownHost } from './unknown-host.js';
import { unknownMethod } from './unknown-method.js';
import { unknownMtlsPort } from './unknown-mtls-port.js';
import { unknownOperationHost } from './unknown-operation-host.js';
import { unknownPrincipal } from './unknown-principal.js';
import { unknownRegistry } from './unknown-registry.js';
import { unknownSourceNamespace } from './unknown-source-namespace.js';
import { unknownSubset } from './unknown-subset.js';
import { unknownTrustDomain } from './unknown-trust-domain.js';
import { unknownWaypoint } from './unknown-waypoint.js';
import { unknownWebhookService } from './unknown-webhook-service.js';
import { unusableGatewayCredential } from './unusable-gateway-credential.js';
import { waypointWithoutAmbient } from './waypoint-without-ambient.js';
import { webhookAddress } from './webhook-address.js';
import { weightsNotPositive } from './weights-not-positive.js';
import { workloadWithoutAddress } from './workload-without-address.js';
import { workloadWithoutAuthorization } from './workload-without-authorization.js';
import { workloadWithoutWaypoint } from './workload-without-waypoint.js';

export const rules: readonly Rule[] = [
  alphaAnnotation,
  applicationRunsAsProxyUser,
  authorizationDeniesAll,
  conflictingDestinationRules,
  conflictingGateways,
  conflictingHosts,
  conflictingRouteActions,
  conflictingServiceEntryProtocol,
  denyCoversTcp,
  deprecatedAnnotation,
  deprecatedField,
  deprecatedVersion,
  duplicateGatewayCertificate,
  duplicateNamespacePolicy,
  duplicateServiceEntry,
  duplicateSubset,
  duplicateWorkloadGroups,
  emptySelector,
  emptyTrafficPolicy,
  enforcedWithoutDryRun,
  envoyFilterInternals,
  envoyFilterOperation,
  envoyFilterOrder,
  externalNamePort,
  faultsWithoutTelemetry,
  foreignSniHost,
  gatewayApiTooOld,
  gatewayCredentialElsewhere,
  gatewayNotQualified,
  gatewayPortNotOnService,
  gatewayRouteNotAuthorized,
  gatewaySelectorWithoutWorkload,
  hostNotInGateway,
  httpFieldsOnTcpPort,
  identityWithoutMtls,
  imageAutoWithoutInjection,
  inconsistentMulticlusterService,
  ineffectiveMatch,
  ineffectiveSelector,
  injectionLabelsConflict,
  internalGatewayReference,
  invalidAddress,
  invalidAnnotation,
  invalidAuthorizationRule,
  invalidClientTls,
  invalidConnectionPool,
  invalidCorsPolicy,
  invalidDelegate,
  invalidDuration,
  invalidEnvoyPatch,
  invalidExport,
  invalidFault,
  invalidGatewayReference,
  invalidHeaderChange,
  invalidHost,
  invalidJwtRule,
  invalidLabel,
  invalidLoadBalancer,
  invalidLocalitySetting,
  invalidMatch,
  invalidName,
  invalidPercentage,
  invalidPort,
  invalidProbe,
  invalidProtocol,
  invalidRedirect,
  invalidRegex,
  invalidRetries,
  invalidRewrite,
  invalidServerTls,
  invalidServer,
  invalidServiceEntry,
  invalidSidecar,
  invalidStatus,
  invalidTarget,
  invalidTelemetry,
  jwksFetchUnrestricted,
  jwtClaimRouteWithoutRequestAuthentication,
  l7PolicyWithoutTarget,
  l7PolicyWithoutWaypoint,
  l7RoutingOutsideServiceNamespace,
  l7RoutingWithoutWaypoint,
  loneWeight,
  meshOnlyRouting,
  metricsClosedByStrict,
  misplacedAnnotation,
  mtlsRuleWithoutPolicy,
  mtlsSettingDropped,
  mtlsToDisabled,
  namespaceInjectedByDefault,
  namespaceNotInjected,
  negativeCondition,
  networkPolicyBlocksMesh,
  outboundPolicyWithoutMode,
  overlappingInjectors,
  overlappingSelectors,
  partialHost,
  plaintextToStrict,
  podWithoutProxy,
  policyWithoutProxy,
  portNotOnService,
  portOfTwoProtocols,
  portProtocolGuessed,
  portRequired,
  principalWithScheme,
  probeClosedByStrict,
  proxyImageMismatch,
  quotaBelowSidecars,
  repeatedDestination,
  repeatedEgressHost,
  repeatedHost,
  reservedAnnotation,
  retriesExceedTimeout,
  retriesOnWrites,
  retriesStacked,
  retriesWithoutOutlierDetection,
  retriesWithoutReadinessProbe,
  rootSidecarWithSelector,
  routeRuleNoEffectOnIngress,
  routeWithoutAction,
  selectorMatchesNothing,
  serviceEntryWithoutAddresses,
  shadowedRoute,
  shortHostElsewhere,
  sidecarAndAmbient,
  sidecarInAmbient,
  strictMtlsRefusesCaller,
  strictMtlsWithoutInjection,
  strictWithoutMtlsRule,
  subsetSelectsNothing,
  subsetWithoutLabels,
  targetPortNotExposed,
  targetPortOfTwoPorts,
  telemetryWithoutProvider,
  tlsProtocolMismatch,
  tlsWithoutCa,
  tokenNotRequired,
  unknownAnnotation,
  unknownDelegate,
  unknownDestinationRuleHost,
  unknownEgressHost,
  unknownExportNamespace,
  unknownGatewayCredential,
  unknownGateway,
  unknownGroupAccount,
  unknownHost,
  unknownMethod,
  unknownMtlsPort,
  unknownOperationHost,
  unknownPrincipal,
  unknownRegistry,
  unknownSourceNamespace,
  unknownSubset,
  unknownTrustDomain,
  unknownWaypoint,
  unknownWebhookService,
  unusableGatewayCredential,
  waypointWithoutAmbient,
  webhookAddress,
  weightsNotPositive,
  workloadWithoutAddress,
  workloadWithoutAuthorization,
  workloadWithoutWaypoint,
];
