import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';
import { IGNORED_NAMESPACES, injectorOf } from '../injection.js';
import { meshConfig } from '../mesh-config.js';
import { placeOfName } from '../places.js';
import { namespaceUsesIstio } from '../usage.js';

export const namespaceNotInjected = defineRule({
  id: 'istio/namespace-not-injected',
  title: 'Namespace without a label about injection',
  severity: 'hint',
  category: 'style',
  peers: ['IST0102'],
  why: 'Pods join the mesh by a label of their Namespace or of their own. Without one they stay outside; "istio-injection: disabled" says the same on purpose.',
  remedy: 'Label it with istio-injection: enabled, istio.io/rev, istio.io/dataplane-mode: ambient, or istio-injection: disabled.',
  otherTools: 'istioctl gives this as information; here it is a hint.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { team: shop } }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { team: shop, istio-injection: enabled } }
`,
  },

  kinds: ['Namespace'],
  reads: { meshConfig, injectorOf, namespaceUsesIstio },

  *check({ resource, read }) {
    const { labels, name } = resource;
    if (resource.partial || name === '' || IGNORED_NAMESPACES.includes(name)) return;
    if (name === 'istio-system' || name === read.meshConfig().rootNamespace || resource.root.map('metadata.labels')?.partial) return;
    if (labels.get('istio-injection') || labels.has('istio.io/rev') || labels.get('istio.io/dataplane-mode') === 'ambient') return;
    if (!read.namespaceUsesIstio(name) || read.injectorOf('')?.enableNamespacesByDefault) return;
    yield { at: placeOfName(resource), message: `Pods of "${name}" get no sidecar: the Namespace has no injection label.` };
  },

  fix({ resource, text }) {
    const metadata = resource.root.map('metadata');
    const labels = resource.root.map('metadata.labels');
    if (!metadata || labels?.entry('istio-injection')) return [];
    return ['enabled', 'disabled'].map((value) => ({
      title: `Set istio-injection: ${value}`,
      edits: [
        labels ? insertEntry(text, labels, 'istio-injection', value) : insertEntry(text, metadata, 'labels', `istio-injection: ${value}`),
      ],
    }));
  },
});
