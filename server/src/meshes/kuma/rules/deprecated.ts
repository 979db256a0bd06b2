import { defineRule, type Problem } from '../../../rules/rule.js';
import type { Resource } from '../../../model/resource.js';
import { replaceValue } from '../../../yaml/edit.js';
import { controlPlane } from '../control-plane.js';
import { allowedKinds } from '../places.js';
import { FROM_KINDS, hasList, POLICY_KINDS, targetRefsOf } from '../target-refs.js';
import { headOf } from '../validation/values.js';

export const deprecated = defineRule({
  id: 'kuma/deprecated',
  title: 'A policy is written in a way that Kuma has given up',
  severity: 'warning',
  category: 'style',
  effect: 'Version 3 takes it no more.',
  why: 'Kuma 2 still reads these forms, and warns of them when they are applied. Version 3 refuses or drops them.',
  remedy: 'Write "rules" in place of "from", and select proxies by labels of Dataplanes; for the others, what the message names.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  targetRef: { kind: MeshSubset, tags: { app: cart } }
  to:
  - targetRef: { kind: Mesh }
    default: { connectionLimits: { maxConnections: 2 } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  targetRef: { kind: Dataplane, labels: { app: cart } }
  to:
  - targetRef: { kind: Mesh }
    default: { connectionLimits: { maxConnections: 2 } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: [...POLICY_KINDS, 'MeshTrust'],
  reads: { controlPlane },

  *check({ resource, read }) {
    const plane = read.controlPlane();
    if (plane.version === '3.0') return;
    for (const ref of targetRefsOf(resource)) {
      const { kind, place, node } = ref;
      if (kind === undefined || allowedKinds(resource, ref, plane)?.includes(kind) !== true) continue;
      const instead = place === 'top' ? INSTEAD_AT_TOP[kind] : undefined;
      // MeshPassthrough is the one whose check has no warnings.
      if (instead !== undefined && resource.kind !== 'MeshPassthrough')
        yield {
          at: node.get('kind')!,
          tags: ['deprecated'],
          message: `"${kind}" at the top of a policy is deprecated; ${instead}.`,
          data: { kind },
        };
      if (place === 'from' && kind === 'MeshService' && resource.kind === 'MeshTrafficPermission')
        yield {
          at: node.get('kind')!,
          tags: ['deprecated'],
          message: '"MeshService" as a source is deprecated; use "MeshSubset" with tag "kuma.io/service".',
        };
    }
    yield* fields(resource);
  },

  fix({ resource, problem, text }) {
    const node = resource.root.map('spec.targetRef');
    const tags = node?.entry('tags');
    const isSubset = (problem.data as { kind?: string } | undefined)?.kind === 'MeshSubset';
    if (!isSubset || node === undefined || node.get('kind')?.start !== problem.at.start || node.has('proxyTypes')) return [];
    if (tags?.value.type !== 'map' || tags.value.entries.some((it) => it.key.includes('kuma.io/'))) return [];
    const edits = [replaceValue(text, node.get('kind')!, 'Dataplane'), { range: tags.keyRange, text: 'labels' }];
    return [{ title: 'Select Dataplanes by labels', preferred: true, edits }];
  },
});

const INSTEAD_AT_TOP: Readonly<Record<string, string>> = {
  MeshSubset: 'use "Dataplane" with labels',
  MeshService: 'use "Dataplane" with labels',
  MeshServiceSubset: 'use "Dataplane" with labels',
  MeshHTTPRoute: 'name the route in "to"',
};

function* fields(resource: Resource): Iterable<Problem> {
  const { root, kind } = resource;
  const tell = (at: Problem['at'], message: string): Problem => ({ at, tags: ['deprecated'], message });
  if (FROM_KINDS.includes(kind) && hasList(resource, 'from'))
    yield tell(headOf(root.get('spec'), 'from'), '"from" is deprecated; use "rules".');
  for (const holder of telemetryHolders(resource))
    if (holder.has('endpoint') && holder.text('endpoint') !== '')
      yield tell(headOf(holder, 'endpoint'), '"endpoint" is deprecated; use "backendRef" and a MeshOpenTelemetryBackend.');
  if (kind === 'MeshTrust' && root.has('spec.origin'))
    yield tell(headOf(root.get('spec'), 'origin'), '"origin" is deprecated; Kuma reports it in the status.');
  for (const conf of root.list('spec.to.*.default')) {
    if (kind === 'MeshHealthCheck' && conf.has('healthyPanicThreshold'))
      yield tell(headOf(conf, 'healthyPanicThreshold'), '"healthyPanicThreshold" is deprecated; set it in a MeshCircuitBreaker.');
    if (kind !== 'MeshLoadBalancingStrategy') continue;
    for (const balancer of ['ringHash', 'maglev'].flatMap((it) => conf.get(`loadBalancer.${it}`) ?? []))
      if (balancer.has('hashPolicies'))
        yield tell(headOf(balancer, 'hashPolicies'), '"hashPolicies" is deprecated here; set it in "default".');
    for (const path of ['hashPolicies', 'loadBalancer.ringHash.hashPolicies', 'loadBalancer.maglev.hashPolicies'])
      for (const type of conf.list(`${path}.*.type`))
        if (type.text() === 'SourceIP') yield tell(type, '"SourceIP" is deprecated; use "Connection".');
  }
  if (kind !== 'MeshRateLimit') return;
  for (const status of ['from', 'to', 'rules'].flatMap((it) => root.list(`spec.${it}.*.default.local.http.onRateLimit.status`))) {
    const code = status.number();
    if (code !== undefined && code > 0 && code < 400)
      yield tell(status, `A status below 400 is deprecated for what is refused; ${code} says that all went well.`);
  }
}

/** What a telemetry policy says of OpenTelemetry backends. */
export function telemetryHolders({ root }: Resource) {
  return [
    ...['from', 'rules', 'to'].flatMap((it) => root.list(`spec.${it}.*.default.backends.*.openTelemetry`)),
    ...root.list('spec.default.backends.*.openTelemetry'),
  ];
}
