import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { injectionOf } from '../injection.js';
import { serverMtlsOf } from '../mtls.js';
import { excludesInbound, podAnnotations, podTemplate, strictPolicyOf } from '../strict-ports.js';

const REWRITE = 'sidecar.istio.io/rewriteAppHTTPProbers';

export const probeClosedByStrict = defineRule({
  id: 'istio/probe-closed-by-strict',
  title: 'STRICT mTLS refuses the probes of a workload',
  severity: 'warning',
  category: 'pitfall',
  effect: 'The kubelet has no certificate, so that the probe fails.',
  why: "The kubelet calls HTTP and gRPC probes in plaintext from outside the mesh. Istio answers them through the proxy's agent, unless a pod switches that off; then a STRICT port refuses them, and pods never become ready or are restarted.",
  remedy: 'Let Istio rewrite the probes, or keep their port out of mTLS.',
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
      annotations: { sidecar.istio.io/rewriteAppHTTPProbers: "false" }
    spec:
      containers:
      - name: cart
        image: example.org/cart:1
        readinessProbe: { httpGet: { path: /ready, port: 8080 } }
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
    spec:
      containers:
      - name: cart
        image: example.org/cart:1
        readinessProbe: { httpGet: { path: /ready, port: 8080 } }
`,
  },

  mentions: [REWRITE],
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'],
  reads: { injectionOf, serverMtlsOf },

  *check({ resource, read }) {
    const annotations = podAnnotations(resource);
    const rewrite = annotations?.entry(REWRITE)?.value;
    if (!annotations || rewrite?.text() !== 'false') return;
    for (const probe of podTemplate(resource)?.list('spec.containers.*') ?? []) {
      for (const name of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
        const port = probe.get(`${name}.httpGet.port`) ?? probe.get(`${name}.grpc.port`);
        const written = port?.number() ?? port?.text();
        if (!port || written === undefined) continue;
        const number =
          typeof written === 'number'
            ? written
            : probe
                .list('ports.*')
                .find((it) => it.text('name') === written)
                ?.number('containerPort');
        if (number === undefined || excludesInbound(annotations, number)) continue;
        const policy = strictPolicyOf(resource, number, read);
        if (!policy) continue;
        yield {
          at: rewrite,
          message: `Port ${number} is STRICT, and "${resource.name}" keeps its ${name} from being rewritten.`,
          related: [
            { at: port, message: 'the kubelet probes this port' },
            { at: policy, message: `PeerAuthentication "${policy.data.name}" asks for mTLS` },
          ],
        };
        return;
      }
    }
  },

  fix({ resource, text }) {
    const annotations = podAnnotations(resource);
    const entry = annotations?.entry(REWRITE);
    return entry ? [{ title: 'Let Istio rewrite the probes', edits: [replaceValue(text, entry.value, 'true')] }] : [];
  },
});
