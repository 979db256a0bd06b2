import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { injectionOf } from '../injection.js';
import { serverMtlsOf } from '../mtls.js';
import { excludesInbound, podAnnotations, strictPolicyOf } from '../strict-ports.js';

const MERGE = 'prometheus.istio.io/merge-metrics';

export const metricsClosedByStrict = defineRule({
  id: 'istio/metrics-closed-by-strict',
  title: 'STRICT mTLS refuses scrapes of a metrics port',
  severity: 'info',
  category: 'pitfall',
  effect: 'A Prometheus without a certificate of the mesh is refused.',
  why: "Istio serves a pod's metrics together with the proxy's on port 15020, which stays open to plaintext. A pod that switches the merge off is scraped on its own port, and a STRICT one takes no plaintext.",
  remedy: 'Merge the metrics, keep their port out of mTLS, or give Prometheus a certificate.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata:
      labels: { app: cart }
      annotations: { prometheus.io/scrape: "true", prometheus.io/port: "8080", prometheus.istio.io/merge-metrics: "false" }
    spec:
      containers:
      - name: cart
        image: example.org/cart:1
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata:
      labels: { app: cart }
      annotations: { prometheus.io/scrape: "true", prometheus.io/port: "8080" }
    spec:
      containers:
      - name: cart
        image: example.org/cart:1
`,
  },

  mentions: [MERGE],
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'],
  reads: { injectionOf, serverMtlsOf },

  *check({ resource, read }) {
    const annotations = podAnnotations(resource);
    const merge = annotations?.entry(MERGE)?.value;
    if (!annotations || merge?.text() !== 'false' || annotations.entry('prometheus.io/scrape')?.value.text() !== 'true') return;
    const written = annotations.entry('prometheus.io/port')?.value;
    const port = Number(written?.text() ?? written?.number());
    if (!written || !Number.isInteger(port) || excludesInbound(annotations, port)) return;
    const policy = strictPolicyOf(resource, port, read);
    if (!policy) return;
    yield {
      at: merge,
      message: `Metrics port ${port} is STRICT, and "${resource.name}" keeps its metrics from being merged.`,
      related: [
        { at: written, message: 'Prometheus scrapes this port' },
        { at: policy, message: `PeerAuthentication "${policy.data.name}" asks for mTLS` },
      ],
    };
  },

  fix({ resource, text }) {
    const entry = podAnnotations(resource)?.entry(MERGE);
    return entry ? [{ title: 'Merge the metrics', edits: [replaceValue(text, entry.value, 'true')] }] : [];
  },
});
