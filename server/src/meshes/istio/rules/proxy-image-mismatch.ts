import { defineRule } from '../../../rules/rule.js';
import { workloadsByLabel } from '../../kubernetes/tables.js';
import { injectorOf } from '../injection.js';
import { field, meshConfig, text } from '../mesh-config.js';
import { placeOfName } from '../places.js';
import { counted, quotedList } from '../words.js';

export const proxyImageMismatch = defineRule({
  id: 'istio/proxy-image-mismatch',
  title: 'Running pods have another proxy than the injector would give them',
  severity: 'warning',
  category: 'pitfall',
  peers: ['IST0158'],
  effect: 'They keep the old proxy until they are restarted.',
  why: 'An upgrade of the control plane changes what new pods get. Pods that run keep their proxy, which may be too old for the control plane.',
  remedy: 'Restart the workloads.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector, namespace: istio-system }
data: { values: '{"global": {"hub": "example.org", "tag": "1.30.0", "proxy": {"image": "proxyv2"}}}' }
---
apiVersion: v1
kind: Pod
metadata: { name: cart-1, namespace: shop, uid: 6f1c }
spec: { containers: [{ name: cart, image: example.org/cart:1 }, { name: istio-proxy, image: example.org/proxyv2:1.29.0 }] }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector, namespace: istio-system }
data: { values: '{"global": {"hub": "example.org", "tag": "1.30.0", "proxy": {"image": "proxyv2"}}}' }
---
apiVersion: v1
kind: Pod
metadata: { name: cart-1, namespace: shop, uid: 6f1c }
spec: { containers: [{ name: cart, image: example.org/cart:1 }, { name: istio-proxy, image: example.org/proxyv2:1.30.0 }] }
`,
  },

  kinds: ['Namespace'],
  reads: { meshConfig, injectorOf, workloadsByLabel },

  *check({ resource, read }) {
    const revision = resource.labels.get('istio.io/rev') || (resource.labels.get('istio-injection') === 'enabled' ? 'default' : undefined);
    if (revision === undefined) return;
    const injector = read.injectorOf(revision);
    if (injector?.image === undefined) return;
    const type = text(field(field(field(read.meshConfig().raw, 'defaultConfig'), 'image'), 'imageType'));
    const wanted = type === undefined || type === 'default' ? injector.image : `${injector.image}-${type}`;
    const pods = read.workloadsByLabel(`${resource.name}/`).filter(
      ({ data }) =>
        data.kind === 'Pod' &&
        !('sidecar.istio.io/proxyImage' in data.annotations) &&
        // A variant of its own may stand in this annotation.
        !('proxy.istio.io/config' in data.annotations) &&
        data.containers.some(
          (it) => it.name === 'istio-proxy' && it.image !== '' && it.image !== 'auto' && it.image !== injector.image && it.image !== wanted,
        ),
    );
    if (pods.length === 0) return;
    const names = pods.map((it) => it.data.name).sort();
    yield {
      at: placeOfName(resource),
      message: `${counted(names.length, 'pod')} of "${resource.name}", ${quotedList(names)}, ${names.length === 1 ? 'has' : 'have'} another proxy than "${injector.image}".`,
      related: [
        { at: injector.site, message: 'the injector is configured here' },
        ...pods.slice(0, 4).map((it) => ({ at: it, message: `Pod "${it.data.name}"` })),
      ],
    };
  },
});
