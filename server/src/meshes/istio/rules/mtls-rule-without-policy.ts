import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { canonicalHost } from '../hosts.js';
import { meshConfig } from '../mesh-config.js';
import { namespaceMtls } from '../mtls.js';

export const mtlsRuleWithoutPolicy = defineRule({
  id: 'istio/mtls-rule-without-policy',
  title: 'Wide DestinationRule sends mTLS that no PeerAuthentication asks for',
  severity: 'error',
  category: 'policy',
  peers: ['KIA0205', 'KIA0206'],
  effect: 'Nothing makes the servers accept it.',
  why: 'With enableAutoMtls switched off, client and server side of mTLS are set by hand and have to agree: the DestinationRule starts mTLS, a PeerAuthentication (STRICT or PERMISSIVE) makes the server accept it.',
  remedy: 'Add a PeerAuthentication without selector, STRICT or PERMISSIVE, for the same namespace or for the mesh.',
  example: {
    bad: `
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: "enableAutoMtls: false" }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: istio-system }
spec:
  host: "*.local"
  trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }
`,
    good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: "enableAutoMtls: false" }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: istio-system }
spec:
  host: "*.local"
  trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: istio-system }
spec: { mtls: { mode: PERMISSIVE } }
`,
  },

  mentions: ['ISTIO_MUTUAL'],
  kinds: ['DestinationRule'],
  reads: { meshConfig, namespaceMtls },

  *check({ resource, read }) {
    const { enableAutoMtls, rootNamespace } = read.meshConfig();
    if (enableAutoMtls) return;
    const mode = resource.root.get('spec.trafficPolicy.tls.mode');
    const written = resource.root.text('spec.host');
    if (mode?.text() !== 'ISTIO_MUTUAL' || written === undefined) return;
    const host = canonicalHost(written, resource.namespace);
    const ofMesh = host === '*.local';
    if (!ofMesh && host !== `*.${namespaceKey(resource.namespace)}.svc.cluster.local`) return;
    const policies = [...(ofMesh ? [] : read.namespaceMtls(namespaceKey(resource.namespace))), ...read.namespaceMtls(rootNamespace)];
    if (policies.some((it) => it.data.mode !== 'DISABLE' && it.data.mode !== 'UNSET')) return;
    yield {
      at: mode,
      certainty: 'owned',
      peers: [ofMesh ? 'KIA0205' : 'KIA0206'],
      message: `enableAutoMtls is off, and no PeerAuthentication in this workspace turns mTLS on for ${ofMesh ? 'the mesh' : `"${resource.namespace}"`}.`,
    };
  },

  fix({ resource, read }) {
    const ofMesh = canonicalHost(resource.root.text('spec.host') ?? '', resource.namespace) === '*.local';
    const namespace = ofMesh ? read.meshConfig().rootNamespace : resource.namespace;
    if (namespace === undefined) return [];
    return [
      {
        title: `Create PeerAuthentication "${namespace}/default", PERMISSIVE`,
        edits: [
          {
            appendDocument: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
  namespace: ${namespace}
spec:
  mtls:
    mode: PERMISSIVE
`,
          },
        ],
      },
    ];
  },
});
