import { insertEntry } from '../../../yaml/edit.js';
import { defineRule } from '../../../rules/rule.js';
import { IGNORED_NAMESPACES, injectorOf } from '../injection.js';
import { meshConfig } from '../mesh-config.js';
import { placeOfName } from '../places.js';

export const namespaceInjectedByDefault = defineRule({
  id: 'istio/namespace-injected-by-default',
  title: 'Namespace is injected because the installation injects all',
  severity: 'info',
  category: 'semantics',
  peers: ['IST0148'],
  effect: 'Its pods get a sidecar when they are created.',
  why: 'With enableNamespacesByDefault the injector takes every Namespace that does not say no.',
  remedy: 'If that is not meant, label it with istio-injection: disabled.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector, namespace: istio-system }
data: { values: '{"sidecarInjectorWebhook": {"enableNamespacesByDefault": true}}' }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector, namespace: istio-system }
data: { values: '{"sidecarInjectorWebhook": {"enableNamespacesByDefault": true}}' }
`,
  },

  kinds: ['Namespace'],
  reads: { meshConfig, injectorOf },

  *check({ resource, read }) {
    const { labels, name } = resource;
    if (resource.partial || name === '' || IGNORED_NAMESPACES.includes(name)) return;
    if (name === 'istio-system' || name === read.meshConfig().rootNamespace) return;
    if (labels.get('istio-injection') || labels.has('istio.io/rev') || labels.get('istio.io/dataplane-mode') === 'ambient') return;
    const injector = read.injectorOf('');
    if (!injector?.enableNamespacesByDefault) return;
    yield {
      at: placeOfName(resource),
      message: `"${name}" has no injection label, and enableNamespacesByDefault is on.`,
      related: [{ at: injector.site, message: 'the injector is configured here' }],
    };
  },

  fix({ resource, text }) {
    const metadata = resource.root.map('metadata');
    const labels = metadata?.map('labels');
    if (!metadata || (metadata.entry('labels') && !labels)) return [];
    return ['enabled', 'disabled'].map((value) => ({
      title: `Set istio-injection: ${value}`,
      edits: [
        labels
          ? insertEntry(text, labels, 'istio-injection', value)
          : insertEntry(text, metadata, 'labels', `istio-injection: ${value}`, 'name'),
      ],
    }));
  },
});
