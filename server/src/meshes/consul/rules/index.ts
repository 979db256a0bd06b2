// Written by scripts/rules.mjs from the files beside it.
import type { Rule } from '../../../rules/rule.js';
import { accessLogsInvalid } from './access-logs-invalid.js';
import { destinationInvalid } from './destination-invalid.js';
import { duplicateConfigEntry } from './duplicate-config-entry.js';
import { enterpriseField } from './enterprise-field.js';
import { envoyExtensionArguments } from './envoy-extension-arguments.js';
import { exposePathInvalid } from './expose-path-invalid.js';
import { meshEnumInvalid } from './mesh-enum-invalid.js';
import { meshGatewayModeInvalid } from './mesh-gateway-mode-invalid.js';
import { mutualTlsModeInvalid } from './mutual-tls-mode-invalid.js';
import { permissiveMtlsInUse } from './permissive-mtls-in-use.js';
import { permissiveMtlsNotAllowed } from './permissive-mtls-not-allowed.js';
import { protocolInvalid } from './protocol-invalid.js';
import { proxyDefaultsInvalid } from './proxy-defaults-invalid.js';
import { proxyDefaultsProtocolInvalid } from './proxy-defaults-protocol-invalid.js';
import { proxyModeNotSettable } from './proxy-mode-not-settable.js';
import { rateLimitsInvalid } from './rate-limits-invalid.js';
import { resolverFailoverInvalid } from './resolver-failover-invalid.js';
import { resolverLoadBalancerInvalid } from './resolver-load-balancer-invalid.js';
import { resolverRedirectInvalid } from './resolver-redirect-invalid.js';
import { resolverRedirectWithFailover } from './resolver-redirect-with-failover.js';
import { resolverSubsetInvalid } from './resolver-subset-invalid.js';
import { retryNonIdempotent } from './retry-non-idempotent.js';
import { retryWithoutLimits } from './retry-without-limits.js';
import { routeUnreachable } from './route-unreachable.js';
import { routerMatchInvalid } from './router-match-invalid.js';
import { routerPrefixRewrite } from './router-prefix-rewrite.js';
import { routerRetryConditionInvalid } from './router-retry-condition-invalid.js';
import { serviceDefaultsInvalid } from './service-defaults-invalid.js';
import { singletonDuplicate } from './singleton-duplicate.js';
import { singletonName } from './singleton-name.js';
import { splitterDuplicateSplit } from './splitter-duplicate-split.js';
import { splitterWeightRange } from './splitter-weight-range.js';
import { splitterWeightsSum } from './splitter-weights-sum.js';
import { subsetUndefined } from './subset-undefined.js';
import { unreadableRegex } from './unreadable-regex.js';
import { upstreamConfigInvalid } from './upstream-config-invalid.js';

export const rules: readonly Rule[] = [
  accessLogsInvalid,
  destinationInvalid,
  duplicateConfigEntry,
  enterpriseField,
  envoyExtensionArguments,
  exposePathInvalid,
  meshEnumInvalid,
  meshGatewayModeInvalid,
  mutualTlsModeInvalid,
  permissiveMtlsInUse,
  permissiveMtlsNotAllowed,
  protocolInvalid,
  proxyDefaultsInvalid,
  proxyDefaultsProtocolInvalid,
  proxyModeNotSettable,
  rateLimitsInvalid,
  resolverFailoverInvalid,
  resolverLoadBalancerInvalid,
  resolverRedirectInvalid,
  resolverRedirectWithFailover,
  resolverSubsetInvalid,
  retryNonIdempotent,
  retryWithoutLimits,
  routeUnreachable,
  routerMatchInvalid,
  routerPrefixRewrite,
  routerRetryConditionInvalid,
  serviceDefaultsInvalid,
  singletonDuplicate,
  singletonName,
  splitterDuplicateSplit,
  splitterWeightRange,
  splitterWeightsSum,
  subsetUndefined,
  unreadableRegex,
  upstreamConfigInvalid,
];
