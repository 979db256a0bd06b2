import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';
import { placeOfName } from '../places.js';

const DRY_RUN = 'istio.io/dry-run';

export const enforcedWithoutDryRun = defineRule({
  id: 'istio/enforced-without-dry-run',
  title: 'AuthorizationPolicy is enforced without a dry run',
  severity: 'hint',
  category: 'pitfall',
  offByDefault: true,
  why: 'A policy that forgets a caller refuses it at once. With annotation "istio.io/dry-run" proxies only log what it would decide, so that forgotten callers show before they are cut off.',
  remedy: 'Annotate a new policy for a dry run, read the logs, then take the annotation away.',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: reads-only, namespace: shop }
spec:
  rules:
  - to: [{ operation: { methods: [GET] } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: reads-only
  namespace: shop
  annotations: { istio.io/dry-run: "true" }
spec:
  rules:
  - to: [{ operation: { methods: [GET] } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: ['AuthorizationPolicy'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    const action = root.has('spec.action') ? root.text('spec.action') : 'ALLOW';
    if (resource.partial || (action !== 'ALLOW' && action !== 'DENY')) return;
    const annotations = root.get('metadata.annotations');
    if (annotations && (annotations.type !== 'map' || annotations.partial || annotations.entry(DRY_RUN))) return;
    yield {
      at: placeOfName(resource),
      message: `"${resource.name}" is enforced as soon as it is applied; no dry run shows whom it refuses.`,
    };
  },

  fix({ resource, text }) {
    const metadata = resource.root.map('metadata');
    const annotations = metadata?.map('annotations');
    const edit = annotations
      ? insertEntry(text, annotations, DRY_RUN, '"true"')
      : metadata && insertEntry(text, metadata, 'annotations', `{ ${DRY_RUN}: "true" }`);
    return edit ? [{ title: 'Begin with a dry run', edits: [edit] }] : [];
  },
});
