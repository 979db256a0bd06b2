import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { deprecatedVersion } from './deprecated-version.js';

test('hints at versions that have a newer name', () => {
  check(
    deprecatedVersion,
    `
    apiVersion: networking.istio.io/v1alpha3
    #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint istio/deprecated-version 💡 ""networking.istio.io/v1alpha3" is the old name of "networking.istio.io/v1"."
    kind: VirtualService
    ---
    apiVersion: security.istio.io/v1beta1
    #           ^^^^^^^^^^^^^^^^^^^^^^^^^ hint istio/deprecated-version
    kind: PeerAuthentication
    ---
    apiVersion: networking.istio.io/v1alpha3
    kind: EnvoyFilter
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
  `,
  );
});

test('is silent where the mesh is older than v1', () => {
  check(
    deprecatedVersion,
    `
    apiVersion: networking.istio.io/v1beta1
    kind: VirtualService
  `,
    { settings: { istio: { version: '1.20' } } },
  );
});

test('writes v1', () => {
  checkFix(
    deprecatedVersion,
    `
    apiVersion: telemetry.istio.io/v1alpha1
    kind: Telemetry
  `,
    'Change to "telemetry.istio.io/v1"',
    `
    apiVersion: telemetry.istio.io/v1
    kind: Telemetry
  `,
  );
});

test('keeps quotes', () => {
  checkFix(
    deprecatedVersion,
    `
    apiVersion: 'telemetry.istio.io/v1alpha1'
    kind: Telemetry
  `,
    'Change to "telemetry.istio.io/v1"',
    `
    apiVersion: 'telemetry.istio.io/v1'
    kind: Telemetry
  `,
  );
});
