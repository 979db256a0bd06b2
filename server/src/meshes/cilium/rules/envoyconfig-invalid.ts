import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { quotedList } from '../../../text/words.js';
import { replaceValue } from '../../../yaml/edit.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { LISTENER_TYPE } from '../kinds/others.js';

export const envoyconfigInvalid = defineRule({
  id: 'cilium/envoyconfig-invalid',
  title: 'Configuration of Envoy that Cilium cannot read',
  severity: 'error',
  category: 'semantics',
  effect: 'Envoy gets none of it.',
  why: 'The agent hands the resources of a CiliumEnvoyConfig to Envoy, which needs the type of each to read it. Traffic of a Service goes to a listener among them: the one that is named, or else the first.',
  remedy: 'Give each resource its type, and name a listener that is among them.',
  example: { bad: example('other'), good: example('envoy') },

  kinds: ['CiliumEnvoyConfig', 'CiliumClusterwideEnvoyConfig'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    const list = root.get('spec.resources');
    const entry = root.map('spec')?.entry('resources');
    if (entry === undefined || list === undefined || resource.partial) return;
    if (list.type !== 'list' || list.partial) return;
    if (list.items.length === 0) yield { at: entry.keyRange, message: 'There are no resources for Envoy.' };
    for (const item of list.items) {
      if (item.type !== 'map' || item.partial || item.entry('@type') !== undefined) continue;
      yield { at: item.entries[0]?.keyRange ?? item, message: 'A resource for Envoy needs its "@type".' };
    }
    if (hasOpaque(list)) return;
    const names = list.items.flatMap((it) => (it.text('@type') === LISTENER_TYPE ? (it.text('name') ?? []) : []));
    for (const node of root.list('spec.services.*.listener')) {
      const written = node.text();
      if (written === undefined || written === '' || names.includes(written)) continue;
      yield {
        at: node,
        message: `No listener among the resources is called "${written}"${names.length === 0 ? '' : ` (there is ${quotedList(names)})`}.`,
        data: (names.length === 1 ? names[0] : nearest(written, names)) ?? null,
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = resource.root.list('spec.services.*.listener').find((it) => it.start === problem.at.start);
    return node && typeof problem.data === 'string'
      ? [{ title: `Change to "${problem.data}"`, preferred: true, edits: [replaceValue(text, node, problem.data)] }]
      : [];
  },
});

function example(listener: string): string {
  return `
apiVersion: cilium.io/v2
kind: CiliumEnvoyConfig
metadata: { name: cart, namespace: shop }
spec:
  services: [{ name: cart, namespace: shop, listener: ${listener} }]
  resources:
  - "@type": ${LISTENER_TYPE}
    name: envoy
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`;
}
