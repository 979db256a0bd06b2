import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';
import { POD_KINDS } from '../../kubernetes/pod-templates.js';
import { isEnabling, namespaceAtHand } from '../injection.js';
import { keySites } from '../keys.js';
import { INJECTION_LABEL } from '../names.js';

export const podLabelNamespaceUnlabeled = defineRule({
  id: 'kuma/pod-label-namespace-unlabeled',
  title: 'Pods ask for a sidecar in a namespace where nobody listens',
  severity: 'warning',
  category: 'semantics',
  effect: 'These pods get no sidecar.',
  why: 'The webhook is called only for namespaces that have label kuma.io/sidecar-injection, with any value. In others the label of a pod has no effect.',
  remedy: 'Give the Namespace the label: "enabled" for all pods, "disabled" for those that ask only.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, labels: { kuma.io/sidecar-injection: enabled } }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { kuma.io/sidecar-injection: disabled } }
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, labels: { kuma.io/sidecar-injection: enabled } }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: POD_KINDS,
  reads: { namespaceAtHand },

  *check({ resource, read }) {
    const { namespace } = resource;
    const site = keySites(resource).find((it) => it.name === INJECTION_LABEL && it.field === 'labels' && it.carrier === 'Pod');
    if (namespace === undefined || site === undefined || !isEnabling(site.value.text())) return;
    const place = read.namespaceAtHand(namespace);
    if (place === undefined || INJECTION_LABEL in place.data.labels) return;
    yield {
      at: site.value,
      message: `Namespace "${namespace}" has no label "${INJECTION_LABEL}", so that the label of these pods has no effect.`,
      related: [{ at: place, message: `Namespace "${namespace}" is defined here` }],
    };
  },

  fix({ resource, read, other }) {
    const place = resource.namespace === undefined ? undefined : read.namespaceAtHand(resource.namespace);
    const target = place && other(place.resource);
    const metadata = target?.resource.root.map('metadata');
    if (place === undefined || target === undefined || metadata === undefined) return [];
    const labels = metadata.map('labels');
    return ['disabled', 'enabled'].map((value) => {
      const edit = labels
        ? insertEntry(target.text, labels, INJECTION_LABEL, value)
        : insertEntry(target.text, metadata, 'labels', `${INJECTION_LABEL}: ${value}`, 'name');
      return {
        title: `Label Namespace "${place.data.name}" "${value}" in ${target.file}`,
        edits: [{ ...edit, resource: place.resource }],
      };
    });
  },
});
