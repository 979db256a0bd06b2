import { replaceValue } from '../../../yaml/edit.js';
import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { isExportedTo } from '../hosts.js';
import { labelsAt } from '../kinds/shared.js';
import { exported } from '../lookups.js';
import { defaultExportTo, meshConfig } from '../mesh-config.js';
import { destinationRules } from '../tables.js';

export const mtlsToDisabled = defineRule({
  id: 'istio/mtls-to-disabled',
  title: 'PeerAuthentication turns mTLS off while a DestinationRule still sends it',
  severity: 'error',
  category: 'policy',
  peers: ['KIA0505', 'KIA0506'],
  effect: 'Calls get 503.',
  why: 'A proxy whose mTLS is off hands the TLS handshake of its clients to the application, which does not understand it.',
  remedy: 'Set the same on both sides: DISABLE in a DestinationRule for the namespace, or PERMISSIVE here.',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: DISABLE } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: shop }
spec:
  host: "*.shop.svc.cluster.local"
  trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: PERMISSIVE } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: shop }
spec:
  host: "*.shop.svc.cluster.local"
  trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['PeerAuthentication'],
  reads: { meshConfig, destinationRules, defaultExportTo },

  *check({ resource, read }) {
    const mode = resource.root.get('spec.mtls.mode');
    if (mode?.text() !== 'DISABLE' || Object.keys(labelsAt(resource.root, 'spec.selector.matchLabels') ?? {}).length > 0) return;
    const ofMesh = resource.namespace === read.meshConfig().rootNamespace;
    const visible = (host: string) =>
      exported(read.destinationRules(host), read.defaultExportTo('defaultDestinationRuleExportTo')).filter(
        ({ data }) => data.tlsMode !== undefined && (ofMesh || isExportedTo(data.exportTo, data.namespace, resource.namespace)),
      );
    const own = ofMesh ? [] : visible(`*.${namespaceKey(resource.namespace)}.svc.cluster.local`);
    // The rule for the namespace goes before the one for the mesh.
    const sender = (own.length > 0 ? own : visible('*.local'))[0];
    if (!sender || (sender.data.tlsMode !== 'ISTIO_MUTUAL' && sender.data.tlsMode !== 'MUTUAL')) return;
    yield {
      at: mode,
      peers: [ofMesh ? 'KIA0506' : 'KIA0505'],
      message: `mTLS is off here, and DestinationRule "${sender.data.name}" sends it to "${sender.data.host}".`,
      related: [{ at: sender, message: `"${sender.data.name}" sends ${sender.data.tlsMode} to this host` }],
    };
  },

  fix({ resource, text }) {
    const mode = resource.root.get('spec.mtls.mode');
    return mode ? [{ title: 'Change to PERMISSIVE', edits: [replaceValue(text, mode, 'PERMISSIVE')] }] : [];
  },
});
