import { defineKind } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import type { YamlNode } from '../../../yaml/node.js';
import { hasOpaque } from '../fields.js';
import { labelSelectorIn } from '../label-selectors.js';
import { pickedWorkloads } from '../lookups.js';
import { networkPolicies, type NetworkPolicyFacts, type NetworkRule } from '../tables.js';

export const networkPolicy = defineKind({
  group: 'networking.k8s.io',
  kind: 'NetworkPolicy',
  versions: ['v1'],
  shortNames: ['netpol'],
  system: 'kubernetes',
  extract(resource, emit) {
    const facts = networkPolicyFactsIn(resource);
    if (facts === undefined) return;
    const at = resource.root.get('metadata.name') ?? resource.root;
    const labels = facts.selector.matchLabels;
    const [first] = Object.keys(labels).sort();
    emit.define(
      networkPolicies,
      `${namespaceKey(resource.namespace)}/${first === undefined ? '' : `${first}=${labels[first]}`}`,
      at,
      facts,
    );
    const map = resource.root.map('spec.podSelector.matchLabels');
    if (map && facts.selector.matchExpressions.length === 0 && first !== undefined)
      emit.refer(pickedWorkloads, `${namespaceKey(resource.namespace)}/${selectorText(labels)}`, map);
  },
});

/** What a NetworkPolicy says; undefined where it has no `spec`. */
export function networkPolicyFactsIn(resource: Resource): NetworkPolicyFacts | undefined {
  const spec = resource.root.map('spec');
  if (spec === undefined) return undefined;
  const types = spec.list('policyTypes.*').flatMap((it) => it.text() ?? []);
  const hasTypes = spec.has('policyTypes');
  const isAbout = (type: string, field: string): boolean => (hasTypes ? types.includes(type) : type === 'Ingress' || spec.has(field));
  return {
    name: resource.name,
    namespace: resource.namespace,
    selector: labelSelectorIn(spec.get('podSelector')),
    ingress: isAbout('Ingress', 'ingress') ? rulesIn(spec.get('ingress'), 'from') : undefined,
    egress: isAbout('Egress', 'egress') ? rulesIn(spec.get('egress'), 'to') : undefined,
    incomplete: resource.partial || hasOpaque(spec),
  };
}

function rulesIn(node: YamlNode | undefined, field: 'from' | 'to'): readonly NetworkRule[] {
  return (node?.list('*') ?? []).map((rule) => {
    const peers = rule.listIn(field);
    const ports = rule.list('ports.*');
    return {
      peers:
        peers.length === 0
          ? undefined
          : peers.map((peer) => ({
              cidr: peer.text('ipBlock.cidr'),
              pods: peer.has('podSelector') ? labelSelectorIn(peer.get('podSelector')) : undefined,
              namespaces: peer.has('namespaceSelector') ? labelSelectorIn(peer.get('namespaceSelector')) : undefined,
            })),
      ports:
        ports.length === 0
          ? undefined
          : ports.map((port) => ({
              port: port.number('port') ?? port.text('port'),
              endPort: port.number('endPort'),
              protocol: port.text('protocol') ?? 'TCP',
            })),
    };
  });
}
