import { defineRule, type Problem } from '../../../rules/rule.js';
import type { Resource } from '../../../model/resource.js';
import type { ControlPlane } from '../control-plane.js';
import { controlPlane } from '../control-plane.js';
import { FROM_KINDS, hasList, includesGateways } from '../target-refs.js';
import { headOf, isHidden } from '../validation/values.js';

export const policyShape = defineRule({
  id: 'kuma/policy-shape',
  title: 'A policy lacks its lists, or has lists that exclude each other',
  severity: 'error',
  category: 'schema',
  effect: 'Kuma refuses the policy.',
  why: '"rules" and "from" are for what comes in, "to" is for what goes out. Most policies take one of them at a time, and some cannot have one of them for the proxies that they are for.',
  remedy: 'Split the policy in two, or leave out the list that the message names.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshTrafficPermission
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  targetRef: { kind: Dataplane, labels: { app: cart } }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshTrafficPermission
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  targetRef: { kind: Dataplane, labels: { app: cart } }
  rules:
  - default:
      allow:
      - spiffeID: { type: Exact, value: spiffe://default/ns/shop/sa/web }
`,
  },

  kinds: FROM_KINDS,
  reads: { controlPlane },

  *check({ resource, read }) {
    const spec = resource.root.get('spec');
    if (resource.partial || isHidden(spec) || ['from', 'to', 'rules'].some((it) => isHidden(spec?.get(it)))) return;
    const { version } = read.controlPlane();
    const shape = { from: version === '2.14' && hasList(resource, 'from'), to: hasList(resource, 'to'), rules: hasList(resource, 'rules') };
    yield* combinations(resource, shape, version);
    if (resource.kind === 'MeshRateLimit' || resource.kind === 'MeshFaultInjection') yield* scope(resource, shape, version);
  },
});

interface Shape {
  readonly from: boolean;
  readonly to: boolean;
  readonly rules: boolean;
}

function* combinations({ kind, root }: Resource, { from, to, rules }: Shape, version: ControlPlane['version']): Iterable<Problem> {
  const spec = root.get('spec');
  const none = (lists: string): Problem => ({
    at: headOf(root, 'spec'),
    message: `A ${kind} needs ${version === '3.0' ? lists.replace('"from", ', '').replace('"from" or ', '') : lists}.`,
  });
  const both = (other: string): Problem => ({ at: headOf(spec, 'rules'), message: `"rules" and "${other}" exclude each other.` });
  switch (kind) {
    case 'MeshTrafficPermission':
      if (from && rules) yield both('from');
      if (!from && !rules) yield none('"from" or "rules"');
      return;
    case 'MeshTimeout':
    case 'MeshAccessLog':
    case 'MeshCircuitBreaker': {
      if (!from && !to && !rules) yield none('"from", "to" or "rules"');
      const mayMix = kind === 'MeshCircuitBreaker' && version === '3.0';
      if (rules && (from || (to && !mayMix))) yield both(from ? 'from' : 'to');
      return;
    }
    case 'MeshRateLimit':
      if (!to && !rules && version === '3.0') yield none('"to" or "rules"');
      if (rules && (from || to)) yield both(from ? 'from' : 'to');
      return;
    default:
      if (rules && from) yield both('from');
  }
}

/** Gateways have nothing that comes in from the mesh; sidecars do not limit what they send. */
function* scope(resource: Resource, { from, to, rules }: Shape, version: ControlPlane['version']): Iterable<Problem> {
  const spec = resource.root.get('spec');
  const gateways = includesGateways(resource, version);
  if (gateways === undefined) return;
  const kind = resource.kind;
  if (gateways) {
    const remedy = version === '3.0' ? 'select Dataplanes' : 'select Dataplanes, or set "proxyTypes" to [Sidecar]';
    if (rules && kind === 'MeshRateLimit')
      yield { at: headOf(spec, 'rules'), message: `"rules" cannot stand in a policy that is for gateways, too; ${remedy}.` };
    if (from) yield { at: headOf(spec, 'from'), message: `"from" cannot stand in a policy that is for gateways, too; ${remedy}.` };
  } else if (to) yield { at: headOf(spec, 'to'), message: `"to" of a ${kind} is for gateways only, and this policy is for none.` };
}
