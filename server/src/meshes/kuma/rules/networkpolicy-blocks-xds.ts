import { defineRule } from '../../../rules/rule.js';
import { namespaceKey } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import { insertItem } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';
import { listed } from '../../kubernetes/editor.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { labelSelectorIn, matches } from '../../kubernetes/label-selectors.js';
import { selectedWorkloads } from '../../kubernetes/lookups.js';
import { workloadKey } from '../../kubernetes/tables.js';
import { controlPlane } from '../control-plane.js';
import { injectionOf } from '../injection.js';
import { headOf } from '../validation/values.js';

/** Port of the control plane that sidecars fetch their configuration from. */
const XDS_PORT = 5678;

export const networkpolicyBlocksXds = defineRule({
  id: 'kuma/networkpolicy-blocks-xds',
  title: 'A NetworkPolicy keeps sidecars from the control plane',
  severity: 'warning',
  category: 'pitfall',
  effect: 'Sidecars of these pods get no configuration, and do not become ready.',
  why: 'A sidecar fetches its configuration from port 5678 of kuma-control-plane. A NetworkPolicy for what pods send counts for the sidecar, too.',
  remedy: 'Allow TCP 5678 to the system namespace of Kuma, and DNS.',
  example: {
    bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: cart, namespace: shop }
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
  - ports: [{ port: 8080 }]
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { kuma.io/sidecar-injection: enabled } }
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: cart, namespace: shop }
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
  - ports: [{ port: 8080 }, { port: 5678 }]
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { kuma.io/sidecar-injection: enabled } }
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: ['NetworkPolicy'],
  reads: { selectedWorkloads, injectionOf, controlPlane },

  *check({ resource, read }) {
    const { root, namespace } = resource;
    const spec = root.get('spec');
    if (namespace === undefined || spec === undefined || hasOpaque(spec) || resource.partial || !isForEgress(spec)) return;
    if (namespace === read.controlPlane().systemNamespace || spec.list('egress.*').some(allowsXds)) return;
    const selector = labelSelectorIn(spec.get('podSelector'));
    const picked = read
      .selectedWorkloads(`${namespaceKey(namespace)}/${selectorText(selector.matchLabels)}`)
      .filter((it) => matches(selector, it.data.labels) && read.injectionOf(workloadKey(it.data)).state === 'injected');
    if (picked.length === 0) return;
    yield {
      at: headOf(spec, spec.has('egress') ? 'egress' : 'policyTypes'),
      message: `Sidecars of ${listed(picked.map((it) => `"${it.data.name}"`))} cannot reach port ${XDS_PORT} of the control plane.`,
      related: picked.slice(0, 3).map((at) => ({ at, message: `${at.data.kind} "${at.data.name}" has a sidecar` })),
    };
  },

  fix({ resource, read, text }) {
    const list = resource.root.get('spec.egress');
    if (list?.type !== 'list') return [];
    const { systemNamespace } = read.controlPlane();
    const rule = `to:
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: ${systemNamespace}
ports:
- port: ${XDS_PORT}
  protocol: TCP`;
    return [{ title: `Allow port ${XDS_PORT} of "${systemNamespace}"`, edits: [insertItem(text, list, rule)] }];
  },
});

function isForEgress(spec: YamlNode): boolean {
  const types = spec.list('policyTypes.*').flatMap((it) => it.text() ?? []);
  return types.length === 0 ? spec.list('egress.*').length > 0 : types.includes('Egress');
}

function allowsXds(rule: YamlNode): boolean {
  const ports = rule.list('ports.*');
  return (
    ports.length === 0 ||
    ports.some((it) => {
      const port = it.number('port');
      if ((it.text('protocol') ?? 'TCP') !== 'TCP') return false;
      // A name of a port may stand for any number.
      if (port === undefined) return true;
      return port === XDS_PORT || (port <= XDS_PORT && XDS_PORT <= (it.number('endPort') ?? port));
    })
  );
}
