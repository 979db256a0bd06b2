import { defineTransition, type Revision } from '../../../rules/transition.js';
import type { Resource } from '../../../model/resource.js';
import { displayName, namespaceKey } from '../../../model/resource.js';
import { counted } from '../../kubernetes/editor.js';
import { workloadKey, workloads, type Workload } from '../../kubernetes/tables.js';
import { injectionOf, isControlPlane, isIstioManaged } from '../injection.js';
import { modeOfNamespace, serverMtlsOf } from '../mtls.js';

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob', 'Pod'];

/** Workloads of a revision with the scope they are in. */
export function workloadsOf(
  revision: Revision,
): readonly { readonly resource: Resource; readonly workload: Workload; readonly key: string }[] {
  return WORKLOADS.flatMap((kind) => revision.resources(kind)).flatMap((resource) => {
    const key = `${namespaceKey(resource.namespace)}/${resource.kind}/${resource.name}`;
    const workload = revision.look(resource.scope).get(workloads, key)[0]?.data;
    return workload === undefined ? [] : [{ resource, workload, key: workloadKey(workload) }];
  });
}

export const strictWithCallersOutside = defineTransition({
  id: 'istio/strict-shuts-out-callers',
  title: 'mTLS becomes STRICT while workloads outside the mesh may still call',
  severity: 'warning',
  effect: 'Their connections are reset from then on.',
  why: 'PERMISSIVE takes plain text from workloads without a proxy; STRICT does not. Workloads that are not in the mesh yet can call nobody whose mode becomes STRICT.',
  remedy: 'Bring them into the mesh first, or leave PERMISSIVE for what they call.',
  example: {
    bad: `
# file: before/app.yaml
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Namespace
metadata: { name: batch }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: cart, image: cart }] } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: reports, namespace: batch }
spec:
  selector: { matchLabels: { app: reports } }
  template: { metadata: { labels: { app: reports } }, spec: { containers: [{ name: reports, image: reports }] } }
# file: after/app.yaml
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Namespace
metadata: { name: batch }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: cart, image: cart }] } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: reports, namespace: batch }
spec:
  selector: { matchLabels: { app: reports } }
  template: { metadata: { labels: { app: reports } }, spec: { containers: [{ name: reports, image: reports }] } }
# file: after/mtls.yaml
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
`,
    good: `
# file: before/mtls.yaml
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: PERMISSIVE } }
# file: after/mtls.yaml
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
`,
  },

  *compare({ before, after }) {
    const outside = workloadsOf(after).filter(
      ({ resource, workload, key }) =>
        after.look(resource.scope).get(injectionOf, key).state === 'none' &&
        !isControlPlane(workload.labels) &&
        !isIstioManaged(workload.labels),
    );
    if (outside.length === 0) return;
    const told = new Set<string>();
    for (const { resource, key } of workloadsOf(after)) {
      const look = after.look(resource.scope);
      const now = look.get(serverMtlsOf, key);
      const old = before.same(resource);
      if (now.mode !== 'STRICT' || now.policy === undefined || old === undefined || told.has(now.policy.resource)) continue;
      if (before.look(old.scope).get(serverMtlsOf, key).mode !== 'PERMISSIVE' || look.get(injectionOf, key).state === 'none') continue;
      told.add(now.policy.resource);
      const policy = after.resource(now.policy.resource);
      if (policy === undefined) continue;
      const known = before.same(policy);
      const names = `"${displayName(outside[0]!.workload)}"`;
      yield {
        in: 'after',
        resource: policy,
        at: policy.root.get('spec.mtls.mode') ?? now.policy.range,
        message: `STRICT is new for "${displayName(resource)}", and ${outside.length === 1 ? `${names} runs` : `${counted(outside.length, 'workload')} such as ${names} run`} without a proxy.`,
        restores: known ? [known] : [],
        removes: known ? [] : [policy],
      };
    }
  },
});

export const deletedPeerAuthentication = defineTransition({
  id: 'istio/strict-removed',
  title: 'A PeerAuthentication that asked for STRICT is deleted',
  severity: 'warning',
  effect: 'Plain text is taken again.',
  why: 'What is left over decides: the policy of the namespace or the mesh, and without one PERMISSIVE.',
  remedy: 'Keep it, or put STRICT into the policy that takes its place.',
  example: {
    bad: `
# file: before/mtls.yaml
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
# file: after/mtls.yaml
apiVersion: v1
kind: Namespace
metadata: { name: shop }
`,
    good: `
# file: before/mtls.yaml
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
# file: after/mtls.yaml
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: istio-system }
spec: { mtls: { mode: STRICT } }
`,
  },

  *compare({ before, after }) {
    for (const old of before.resources('PeerAuthentication')) {
      const mode = old.root.get('spec.mtls.mode');
      if (mode?.text() !== 'STRICT' || after.same(old)) continue;
      const left = after.look(old.scope).get(modeOfNamespace, namespaceKey(old.namespace)).mode;
      if (left === 'STRICT' || left === undefined) continue;
      yield {
        in: 'before',
        resource: old,
        at: mode,
        message: `PeerAuthentication "${displayName(old)}" is deleted; ${left} is left in its place.`,
        restores: [old],
      };
    }
  },
});
