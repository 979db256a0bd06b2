import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { nodeAt } from '../../../yaml/path.js';
import { controlPlane } from '../control-plane.js';
import { POLICY_KINDS } from '../target-refs.js';
import { policyOf, type Policy } from '../validation/context.js';
import { accessLog, metric, trace } from '../validation/observability.js';
import { passthrough, proxyPatch } from '../validation/proxies.js';
import { httpRoute, tcpRoute } from '../validation/routes.js';
import { permission, tls } from '../validation/security.js';
import { circuitBreaker, faultInjection, healthCheck, loadBalancing, rateLimit, retry, timeout } from '../validation/traffic.js';
import type { Violations } from '../validation/values.js';

/** What Kuma's webhook asks of each policy, besides what its schema states. */
const VALIDATORS: Readonly<Record<string, (policy: Policy) => Violations>> = {
  MeshTrafficPermission: permission,
  MeshTLS: tls,
  MeshTimeout: timeout,
  MeshRetry: retry,
  MeshCircuitBreaker: circuitBreaker,
  MeshRateLimit: rateLimit,
  MeshFaultInjection: faultInjection,
  MeshHealthCheck: healthCheck,
  MeshLoadBalancingStrategy: loadBalancing,
  MeshAccessLog: accessLog,
  MeshTrace: trace,
  MeshMetric: metric,
  MeshProxyPatch: proxyPatch,
  MeshPassthrough: passthrough,
  MeshHTTPRoute: httpRoute,
  MeshTCPRoute: tcpRoute,
};

export const invalidValue = defineRule({
  id: 'kuma/invalid-value',
  title: 'A policy holds a value that Kuma does not take',
  severity: 'error',
  category: 'schema',
  effect: 'Kuma refuses the policy.',
  why: 'The webhook of Kuma checks what the schema of the kind cannot state: durations and numbers above zero, fields that need or exclude others, names of conditions.',
  remedy: 'Write what the message asks for.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshTimeout
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: Mesh }
    default: { connectionTimeout: 0s }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshTimeout
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: Mesh }
    default: { connectionTimeout: 5s }
`,
  },

  kinds: POLICY_KINDS,
  reads: { controlPlane },

  *check({ resource, read }) {
    if (resource.partial) return;
    const validate = VALIDATORS[resource.kind];
    if (validate) yield* validate(policyOf(resource, read.controlPlane().version));
  },

  fix({ resource, problem, text }) {
    const { value } = (problem.data ?? {}) as { value?: string };
    const node = nodeAt(resource.root, problem.at.start).at(-1)?.node;
    if (value === undefined || node?.type !== 'scalar' || node.start !== problem.at.start) return [];
    return [{ title: `Change to "${value}"`, preferred: true, edits: [replaceValue(text, node, value)] }];
  },
});
