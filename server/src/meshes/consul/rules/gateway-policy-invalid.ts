import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { quotedList } from '../../../text/words.js';
import { insertEntry, quoteIfNeeded, replaceValue } from '../../../yaml/edit.js';
import { gatewaysNamed } from '../../gateway-api/lookups.js';
import { keyAt, lacks } from '../fields.js';

export const gatewayPolicyInvalid = defineRule({
  id: 'consul/gateway-policy-invalid',
  title: 'Policy for a listener that does not exist',
  severity: 'error',
  category: 'reference',
  effect: 'The policy is not accepted.',
  why: 'A GatewayPolicy is for one listener of a Gateway, which it names in sectionName. Without that it is never accepted, and it is for nothing else than Gateways.',
  remedy: 'Name the Gateway, and one of its listeners in sectionName.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: GatewayPolicy
metadata: { name: login, namespace: shop }
spec:
  targetRef: { group: gateway.networking.k8s.io/v1, kind: Gateway, name: api, sectionName: https }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: api, namespace: shop }
spec:
  gatewayClassName: consul
  listeners:
  - { name: http, port: 8080, protocol: HTTP }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: GatewayPolicy
metadata: { name: login, namespace: shop }
spec:
  targetRef: { group: gateway.networking.k8s.io/v1, kind: Gateway, name: api, sectionName: http }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: api, namespace: shop }
spec:
  gatewayClassName: consul
  listeners:
  - { name: http, port: 8080, protocol: HTTP }
`,
  },

  kinds: ['GatewayPolicy'],
  reads: { gatewaysNamed },

  *check({ resource, read }) {
    const target = resource.root.map('spec.targetRef');
    if (target === undefined || target.partial || resource.partial) return;
    const kind = target.get('kind');
    if (kind?.text() !== undefined && kind.text() !== 'Gateway')
      yield { at: kind, message: `A GatewayPolicy is for a Gateway, not for "${shown(kind.text()!)}".` };
    const section = target.get('sectionName');
    const name = target.text('name');
    const gateways =
      kind?.text() === 'Gateway' && name
        ? read.gatewaysNamed(`${namespaceKey(target.text('namespace') ?? resource.namespace)}/${name}`)
        : [];
    const listeners = [...new Set(gateways.flatMap((it) => it.data.listeners.map((listener) => listener.name)))];
    if (lacks(resource, target, 'sectionName'))
      yield { at: keyAt(resource, 'spec.targetRef'), message: 'The policy names no listener ("sectionName").', data: { listeners } };
    else if (section?.text() && gateways.length > 0 && !gateways.some((it) => it.data.incomplete) && !listeners.includes(section.text()!))
      yield {
        at: section,
        message: `Gateway "${shown(name!)}" has no listener "${shown(section.text()!)}"${listeners.length === 0 ? '' : `; it has ${quotedList(listeners)}`}.`,
        related: gateways.map((it) => ({ at: it, message: `Gateway "${it.data.name}" is defined here` })),
        data: { listeners },
      };
  },

  fix({ resource, problem, text }) {
    const target = resource.root.map('spec.targetRef');
    const { listeners = [] } = (problem.data ?? {}) as { listeners?: readonly string[] };
    if (target === undefined) return [];
    const section = target.get('sectionName');
    return listeners.slice(0, 3).map((name) => ({
      title: `Change to listener "${name}"`,
      preferred: listeners.length === 1,
      edits: [section ? replaceValue(text, section, name) : insertEntry(text, target, 'sectionName', quoteIfNeeded(name))],
    }));
  },
});
