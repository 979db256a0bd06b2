import { expect, test } from 'vitest';
import { meshes } from '../server/src/meshes/index.js';

/** Rules of Istio and the Gateway API whose findings no edit can be sure to mend, by the reason why. */
const WITHOUT_FIX: Readonly<Record<string, readonly string[]>> = {
  'two or more resources contradict each other, and only their authors know which one is meant': [
    'gateway-api/conflicting-listeners',
    'gateway-api/shared-address',
    'istio/conflicting-destination-rules',
    'istio/conflicting-gateways',
    'istio/conflicting-hosts',
    'istio/duplicate-gateway-certificate',
    'istio/duplicate-namespace-policy',
    'istio/duplicate-workload-groups',
    'istio/inconsistent-multicluster-service',
    'istio/overlapping-injectors',
    'istio/overlapping-selectors',
    'istio/port-of-two-protocols',
    'istio/sidecar-in-ambient',
    'istio/target-port-of-two-ports',
  ],
  'the value that is right stands nowhere: an address, a key, a pattern, a certificate, a name': [
    'gateway-api/hostname-not-served',
    'gateway-api/unreadable-regex',
    'gateway-api/unusable-certificate',
    'istio/invalid-address',
    'istio/invalid-fault',
    'istio/invalid-header-change',
    'istio/invalid-jwt-rule',
    'istio/invalid-label',
    'istio/invalid-match',
    'istio/invalid-name',
    'istio/invalid-port',
    'istio/invalid-probe',
    'istio/invalid-regex',
    'istio/invalid-telemetry',
    'istio/jwt-claim-route-without-request-authentication',
    'istio/service-entry-without-addresses',
    'istio/unusable-gateway-credential',
    'istio/webhook-address',
    'istio/workload-without-address',
  ],
  'access would be granted or taken away, which is decided by people': [
    'istio/deny-covers-tcp',
    'istio/identity-without-mtls',
    'istio/invalid-authorization-rule',
    'istio/jwks-fetch-unrestricted',
    'istio/workload-without-authorization',
  ],
  'it is no mistake of a manifest: what a cluster exported, what an installation has, what may change': [
    'istio/alpha-annotation',
    'istio/application-runs-as-proxy-user',
    'istio/envoy-filter-internals',
    'istio/gateway-api-too-old',
    'istio/negative-condition',
    'istio/pod-without-proxy',
    'istio/proxy-image-mismatch',
  ],
  'the resource would have to be written as another one, or be moved': [
    'istio/l7-routing-outside-service-namespace',
    'istio/mesh-only-routing',
  ],
};

/** Part of the rules that could have a fix which do. */
const LEAST = 0.7;

test('most rules that can have a fix have one', () => {
  // What compares two revisions has the revision before as its repair.
  const rules = meshes.filter((it) => it.id === 'istio' || it.id === 'gateway-api').flatMap((it) => it.rules);
  const cannot = new Set(Object.values(WITHOUT_FIX).flat());
  const able = rules.filter((it) => !cannot.has(it.id));
  const fixed = able.filter((it) => it.fix !== undefined);
  const told = `${fixed.length} of ${able.length} have fixes; without: ${able
    .filter((it) => !it.fix)
    .map((it) => it.id)
    .join(', ')}`;
  expect(fixed.length / able.length, told).toBeGreaterThanOrEqual(LEAST);
  console.log(`fix coverage: ${told}`);
});

test('what is said to have no fix is a rule, and has none', () => {
  const rules = new Map(meshes.flatMap((it) => it.rules).map((it) => [it.id, it]));
  for (const id of Object.values(WITHOUT_FIX).flat()) {
    expect(rules.has(id), id).toBe(true);
    expect(rules.get(id)?.fix, `${id} has a fix now: take it off the list`).toBeUndefined();
  }
});
