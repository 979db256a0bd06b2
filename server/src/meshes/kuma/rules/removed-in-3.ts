import type { Resource } from '../../../model/resource.js';
import { defineRule, type Problem } from '../../../rules/rule.js';
import { controlPlane } from '../control-plane.js';
import { GATEWAY_KINDS, LEGACY_KINDS, SUCCESSORS, ZONE_PROXY_KINDS } from '../names.js';
import { FROM_KINDS, hasList, POLICY_KINDS } from '../target-refs.js';
import { headOf } from '../validation/values.js';
import { telemetryHolders } from './deprecated.js';

const GONE_KINDS = [...LEGACY_KINDS, ...GATEWAY_KINDS, ...ZONE_PROXY_KINDS];

export const removedIn3 = defineRule({
  id: 'kuma/removed-in-3',
  title: 'Something that version 3 of Kuma has no more',
  severity: 'error',
  category: 'schema',
  effect: 'Version 3 drops it without a word, or refuses it.',
  why: 'Version 3 has no policies from before targetRef, no built-in gateways, no ZoneIngress and ZoneEgress, no "from" lists, and a Mesh with little in it. The API server drops fields that a definition has no more.',
  remedy: 'Move to what has taken its place before the upgrade; the message names it.',
  example: {
    settings: { kuma: { version: '3.0' } },
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  from:
  - targetRef: { kind: Mesh }
    default: { connectionLimits: { maxConnections: 2 } }
  rules:
  - default: { connectionLimits: { maxConnections: 2 } }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  rules:
  - default: { connectionLimits: { maxConnections: 2 } }
`,
  },

  kinds: [...POLICY_KINDS, ...GONE_KINDS, 'Mesh'],
  reads: { controlPlane },

  *check({ resource, read }) {
    if (read.controlPlane().version !== '3.0') return;
    const { kind, root } = resource;
    if (GONE_KINDS.includes(kind)) {
      yield { at: root.entry('kind')?.keyRange ?? root, message: `Version 3 has no kind "${kind}"; ${insteadOf(kind)}.` };
      return;
    }
    yield* goneFields(resource);
  },
});

function insteadOf(kind: string): string {
  const successors = SUCCESSORS[kind];
  if (successors) return `use ${successors.join(' or ')}`;
  return GATEWAY_KINDS.includes(kind)
    ? 'use the Gateway API, or a gateway of your own'
    : 'label the Service of the proxy with "k8s.kuma.io/zone-proxy-type"';
}

/** Fields of a Mesh, and what took their place. */
const OF_MESH: readonly (readonly [path: string, instead: string])[] = [
  ['mtls', 'use MeshIdentity, MeshTrust and MeshTLS'],
  ['tracing', 'use MeshTrace'],
  ['logging', 'use MeshAccessLog'],
  ['metrics', 'use MeshMetric'],
  ['routing', 'use MeshLoadBalancingStrategy'],
  ['meshServices', 'there are MeshServices always'],
  ['networking.outbound.passthrough', 'use MeshPassthrough'],
];

function* goneFields(resource: Resource): Iterable<Problem> {
  const { root, kind } = resource;
  const spec = root.get('spec');
  if (kind === 'Mesh') {
    for (const [path, instead] of OF_MESH) {
      if (!root.has(`spec.${path}`)) continue;
      const field = path.slice(path.lastIndexOf('.') + 1);
      const holder = path.includes('.') ? root.get(`spec.${path.slice(0, path.lastIndexOf('.'))}`) : spec;
      yield { at: headOf(holder, field), message: `Version 3 has no "${field}" in a Mesh; ${instead}.` };
    }
    return;
  }
  if (FROM_KINDS.includes(kind) && hasList(resource, 'from'))
    yield { at: headOf(spec, 'from'), message: 'Version 3 has no "from"; use "rules".' };
  for (const holder of telemetryHolders(resource))
    if (holder.has('endpoint') && holder.text('endpoint') !== '')
      yield {
        at: headOf(holder, 'endpoint'),
        message: 'Version 3 has no "endpoint" here; use "backendRef" and a MeshOpenTelemetryBackend.',
      };
  if (kind !== 'MeshHealthCheck') return;
  for (const conf of root.list('spec.to.*.default'))
    if (conf.has('healthyPanicThreshold'))
      yield {
        at: headOf(conf, 'healthyPanicThreshold'),
        message: 'Version 3 has no "healthyPanicThreshold" here; set it in a MeshCircuitBreaker.',
      };
}
