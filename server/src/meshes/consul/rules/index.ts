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
import { serviceDefaultsInvalid } from './service-defaults-invalid.js';
import { singletonDuplicate } from './singleton-duplicate.js';
import { singletonName } from './singleton-name.js';
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
  serviceDefaultsInvalid,
  singletonDuplicate,
  singletonName,
  unreadableRegex,
  upstreamConfigInvalid,
];
