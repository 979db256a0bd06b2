import { displayHost, serviceOfHost } from '../../../model/hosts.js';
import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';
import { canonicalHost, exportsMeet } from '../hosts.js';
import { isOpen, textsAt } from '../kinds/shared.js';
import { exported } from '../lookups.js';
import { defaultExportTo, meshConfig } from '../mesh-config.js';
import { placeOfAbsent } from '../places.js';
import { destinationRules } from '../tables.js';

export const mtlsSettingDropped = defineRule({
  id: 'istio/mtls-setting-dropped',
  title: 'DestinationRule without "tls" overrides a wider one that sends mTLS',
  severity: 'warning',
  category: 'pitfall',
  peers: ['KIA0204'],
  why: 'Only the most specific DestinationRule of a host counts; nothing is inherited from wider ones. Without a "tls" of its own the rule falls back to auto mTLS, or to plaintext where that is switched off.',
  remedy: 'Repeat "tls: {mode: ISTIO_MUTUAL}" in this rule.',
  otherTools: 'Kiali warns in any case; with auto mTLS on this is for your information only.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: shop }
spec:
  host: "*.shop.svc.cluster.local"
  trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec:
  host: cart
  trafficPolicy: { loadBalancer: { simple: LEAST_REQUEST } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: shop }
spec:
  host: "*.shop.svc.cluster.local"
  trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec:
  host: cart
  trafficPolicy: { loadBalancer: { simple: LEAST_REQUEST }, tls: { mode: ISTIO_MUTUAL } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  workspaceMentions: ['ISTIO_MUTUAL'],
  kinds: ['DestinationRule'],
  reads: { meshConfig, destinationRules, defaultExportTo },

  *check({ resource, read, stated }) {
    const own = stated(destinationRules)?.data;
    if (own && (own.tlsMode !== undefined || own.portTlsModes.length > 0)) return;
    const written = own?.host ?? resource.root.text('spec.host');
    if (written === undefined) return;
    const host = canonicalHost(written, resource.namespace);
    const service = serviceOfHost(host);
    const wider = ['*.local', ...(service?.namespace === undefined ? [] : [`*.${service.namespace}.svc.cluster.local`, host])];
    const byDefault = read.defaultExportTo('defaultDestinationRuleExportTo');
    const exportTo = own?.exportTo ?? textsAt(resource.root, 'spec.exportTo');
    const user = { namespace: resource.namespace, host, exportTo: exportTo.length > 0 ? exportTo : byDefault };
    const other = wider
      .filter((it) => it !== host || service !== undefined)
      .flatMap((it) => exported(read.destinationRules(it), byDefault))
      .find((it) => it.resource !== resource.id && it.data.tlsMode === 'ISTIO_MUTUAL' && exportsMeet(it.data, user));
    if (!other) return;
    const { root } = resource;
    if (isOpen(resource, 'spec.trafficPolicy') || root.has('spec.trafficPolicy.tls')) return;
    if (root.list('spec.trafficPolicy.portLevelSettings.*.tls').length > 0) return;
    const { enableAutoMtls } = read.meshConfig();
    yield {
      at: placeOfAbsent(resource, 'spec.trafficPolicy'),
      ...(enableAutoMtls && { severity: 'info' as const }),
      message: `This rule has no "tls", so ISTIO_MUTUAL of "${other.data.name}" does not apply to "${displayHost(host)}".`,
      effect: enableAutoMtls ? 'Auto mTLS decides instead.' : 'Calls go in plaintext.',
      related: [{ at: other, message: `"${other.data.name}" sends mTLS to "${other.data.host}"` }],
    };
  },

  fix({ resource, text }) {
    const spec = resource.root.map('spec');
    const policy = resource.root.map('spec.trafficPolicy');
    if (!spec) return [];
    const edit = policy
      ? insertEntry(text, policy, 'tls', 'mode: ISTIO_MUTUAL')
      : insertEntry(text, spec, 'trafficPolicy', 'tls:\n  mode: ISTIO_MUTUAL', 'host');
    return [{ title: 'Set tls mode ISTIO_MUTUAL', edits: [edit] }];
  },
});
