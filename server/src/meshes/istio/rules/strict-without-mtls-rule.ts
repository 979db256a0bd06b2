import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { isExportedTo } from '../hosts.js';
import { labelsAt } from '../kinds/shared.js';
import { exported } from '../lookups.js';
import { defaultExportTo, meshConfig } from '../mesh-config.js';
import { destinationRules } from '../tables.js';

export const strictWithoutMtlsRule = defineRule({
  id: 'istio/strict-without-mtls-rule',
  title: 'STRICT servers, and no DestinationRule that makes clients speak mTLS',
  severity: 'error',
  category: 'policy',
  peers: ['KIA0401', 'KIA0501'],
  effect: 'Clients send plaintext and are refused.',
  why: 'With enableAutoMtls switched off a client sends plaintext unless a DestinationRule says ISTIO_MUTUAL. STRICT servers refuse that.',
  remedy: 'Add a DestinationRule with ISTIO_MUTUAL for the hosts of the namespace or for "*.local", or switch enableAutoMtls on.',
  example: {
    bad: `
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: "enableAutoMtls: false" }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: istio-system }
spec: { mtls: { mode: STRICT } }
`,
    good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: "enableAutoMtls: false" }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: istio-system }
spec: { mtls: { mode: STRICT } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: istio-system }
spec:
  host: "*.local"
  trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }
`,
  },

  kinds: ['PeerAuthentication'],
  reads: { meshConfig, destinationRules, defaultExportTo },

  *check({ resource, read }) {
    const mode = resource.root.get('spec.mtls.mode');
    if (mode?.text() !== 'STRICT' || Object.keys(labelsAt(resource.root, 'spec.selector.matchLabels') ?? {}).length > 0) return;
    const { enableAutoMtls, rootNamespace } = read.meshConfig();
    if (enableAutoMtls) return;
    const ofMesh = resource.namespace === rootNamespace;
    const hosts = ofMesh ? ['*.local'] : [`*.${namespaceKey(resource.namespace)}.svc.cluster.local`, '*.local'];
    const rules = hosts.flatMap((host) => exported(read.destinationRules(host), read.defaultExportTo('defaultDestinationRuleExportTo')));
    if (
      rules.some(
        ({ data }) => data.tlsMode === 'ISTIO_MUTUAL' && (ofMesh || isExportedTo(data.exportTo, data.namespace, resource.namespace)),
      )
    )
      return;
    yield {
      at: mode,
      certainty: 'owned',
      peers: [ofMesh ? 'KIA0401' : 'KIA0501'],
      message: `enableAutoMtls is off, and no DestinationRule in this workspace sends mTLS to ${ofMesh ? '"*.local"' : `the hosts of "${resource.namespace}"`}.`,
    };
  },

  fix({ resource, read }) {
    const { namespace } = resource;
    if (namespace === undefined) return [];
    const host = namespace === read.meshConfig().rootNamespace ? '*.local' : `*.${namespace}.svc.cluster.local`;
    return [
      {
        title: `Create DestinationRule "${namespace}/default" that sends mTLS to "${host}"`,
        edits: [
          {
            appendDocument: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: default
  namespace: ${namespace}
spec:
  host: "${host}"
  trafficPolicy:
    tls:
      mode: ISTIO_MUTUAL
`,
          },
        ],
      },
    ];
  },
});
