import { expect, test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { createHost } from '../../../analysis/analyze.js';
import { findingsIn } from '../../../analysis/workspace.js';
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

test('follows the release that settings name', () => {
  const uri = 'file:///w/route.yaml';
  const host = createHost();
  const isKnown = (): boolean => findingsIn(host, uri).some(({ diagnostic }) => diagnostic.rule === deprecatedVersion.id);
  host.setSettings({ istio: { version: '1.20' } });
  const text = `
apiVersion: networking.istio.io/v1beta1
kind: ServiceEntry
metadata: { name: out, namespace: shop }
spec: { hosts: [out.example.com], location: MESH_EXTERNAL, resolution: DNS, ports: [{ number: 443, name: tls, protocol: TLS }] }
`;
  host.apply([{ uri, text }]);
  host.work();
  expect([isKnown(), host.isKnownClean(host.file(uri)!)]).toEqual([false, true]);
  host.setSettings({ istio: { version: 1.24 } });
  host.work();
  expect([host.isKnownClean(host.file(uri)!), isKnown()]).toEqual([false, true]);
  host.setSettings({ istio: { version: '1.20' } });
  host.work();
  expect(isKnown()).toBe(false);
});
