import type { Definition } from '../../../model/facts.js';
import type { Resource } from '../../../model/resource.js';
import { defineRule, type ReadFunctions } from '../../../rules/rule.js';
import { shortPath } from '../../../text/uri.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import { workloadKey, workloads, type Workload } from '../../kubernetes/tables.js';
import { injection, namespaceLabels, type Injection } from '../injection.js';

export const imageAutoWithoutInjection = defineRule({
  id: 'istio/image-auto-without-injection',
  title: 'Proxy image "auto" where nothing injects the proxy',
  severity: 'warning',
  category: 'pitfall',
  peers: ['IST0146', 'IST0147'],
  effect: 'The pod cannot pull image "auto".',
  why: 'The injector replaces "auto" by the image of the proxy. Where it does not touch the pod, Kubernetes looks for an image of that name.',
  remedy: 'Label the pods with sidecar.istio.io/inject: "true", or let the Namespace be injected.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: ingress, labels: { istio-injection: disabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway, namespace: ingress }
spec:
  selector: { matchLabels: { app: gateway } }
  template:
    metadata: { labels: { app: gateway } }
    spec: { containers: [{ name: istio-proxy, image: auto }] }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: ingress, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway, namespace: ingress }
spec:
  selector: { matchLabels: { app: gateway } }
  template:
    metadata: { labels: { app: gateway } }
    spec: { containers: [{ name: istio-proxy, image: auto }] }
`,
  },

  mentions: ['istio-proxy'],
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'],
  reads: { namespaceLabels, workloads },

  *check({ resource, read }) {
    const image = resource.root
      .list(resource.kind === 'Pod' ? 'spec.containers.*' : 'spec.template.spec.containers.*')
      .find((it) => it.text('name') === 'istio-proxy' && it.text('image') === 'auto')
      ?.get('image');
    if (!image) return;
    const own = ownWorkload(resource, read);
    if (!own) return;
    const isLive = own.workload.data.live;
    const { state, decidedBy } = own.injection;
    if (state === 'injected' && !isLive) return;
    yield {
      at: image,
      ...(resource.kind === 'Pod' && { severity: 'error' as const }),
      // Without the Namespace at hand nobody here knows whether it is injected.
      certainty: state === 'unknown' && !isLive ? 'unseen' : 'proven',
      peers: resource.kind === 'Pod' ? ['IST0147'] : resource.kind === 'Deployment' ? ['IST0146'] : [],
      message: isLive
        ? 'This running pod still has image "auto": nothing injected it.'
        : 'Nothing injects these pods, so image "auto" is taken as it is.',
      ...(decidedBy &&
        decidedBy.resource !== resource.id && {
          related: [{ at: decidedBy, message: `Namespace "${resource.namespace}" is not injected` }],
        }),
    };
  },

  fix({ resource, read, text, other }) {
    if (resource.kind === 'Pod') return [];
    const own = ownWorkload(resource, read);
    if (!own) return [];
    const { why, decidedBy } = own.injection;
    const place = why === 'namespace-disabled' && decidedBy ? other(decidedBy.resource) : undefined;
    const switchOff = place?.resource.root.map('metadata.labels')?.entry('istio-injection')?.value;
    // No label of a pod goes before that of the Namespace.
    if (decidedBy && place && switchOff)
      return [
        {
          title: `Set istio-injection: enabled on Namespace "${place.resource.name}" (${shortPath(place.file)})`,
          edits: [{ resource: decidedBy.resource, ...replaceValue(place.text, switchOff, 'enabled') }],
        },
      ];
    const labels = templateLabels(resource);
    if (!labels || labels.entry('sidecar.istio.io/inject') || !['namespace-unlabelled', 'namespace-not-at-hand'].includes(why)) return [];
    return [
      {
        title: 'Label the pods with sidecar.istio.io/inject: "true"',
        edits: [insertEntry(text, labels, 'sidecar.istio.io/inject', '"true"')],
      },
    ];
  },
});

function templateLabels({ root }: Resource) {
  return root.map('spec.template.metadata.labels');
}

/** The workload that a resource states: another one may have its name where both leave the namespace out. */
function ownWorkload(
  resource: Resource,
  read: ReadFunctions<{ workloads: typeof workloads; namespaceLabels: typeof namespaceLabels }>,
): { readonly workload: Definition<Workload>; readonly injection: Injection } | undefined {
  const { namespace } = resource;
  const workload = read.workloads(workloadKey(resource)).find((it) => it.resource === resource.id);
  return workload && { workload, injection: injection(workload, namespace === undefined ? undefined : read.namespaceLabels(namespace)) };
}
