import { defineRule } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { INTERNAL_GATEWAY } from '../hosts.js';
import { isFqdn, isLabel } from '../validation/names.js';
import { repairs } from '../validation/repairs.js';
import { quoted, writtenText } from '../validation/values.js';

export const invalidGatewayReference = defineRule({
  id: 'istio/invalid-gateway-reference',
  title: 'Gateway named in a form that no Gateway has',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'A VirtualService names a Gateway as "name", or as "namespace/name" where it lives elsewhere. Names are single labels.',
  remedy: 'Write "namespace/name".',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  gateways: [/public, mesh]
  http:
  - redirect: { authority: shop.example.com }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  gateways: [mesh]
  http:
  - redirect: { authority: shop.example.com }
`,
  },

  mentions: ['gateways'],
  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    for (const at of [root, ...root.list('spec.*.*.match.*')].flatMap((it) => [...checkedGateways(it)])) {
      const written = writtenText(at);
      // Gateways that Istio generates have a rule of their own.
      if (written === undefined || written.includes(INTERNAL_GATEWAY)) continue;
      const slash = written.indexOf('/');
      if (slash < 0) {
        // The old form, with dots, has a rule of its own.
        if (!isFqdn(written))
          yield { at, message: written === '' ? 'The name of this Gateway is empty.' : `${quoted(written)} is no name of a Gateway.` };
        continue;
      }
      const namespace = written.slice(0, slash);
      const name = written.slice(slash + 1);
      if (namespace === '' || name === '') {
        const lack = namespace === '' ? 'no namespace before' : 'no Gateway behind';
        const lone = written.replace('/', '');
        yield {
          at,
          message: `${quoted(written)} names ${lack} the slash.`,
          ...(namespace === '' && isLabel(lone) && { data: { write: lone } }),
        };
      } else if (!isLabel(namespace)) yield { at, message: `${quoted(namespace)} is no name of a namespace.` };
      else if (!isLabel(name)) {
        const plain = name.toLowerCase();
        yield {
          at,
          message: `${quoted(name)} is no name of a Gateway.`,
          ...(isLabel(plain) && { data: { write: `${namespace}/${plain}`, preferred: false } }),
        };
      }
    }
  },

  fix: repairs,
});

/** Istio's own check of a list ends with the first name that has no namespace. */
function* checkedGateways(holder: YamlNode): Generator<YamlNode> {
  for (const at of holder.list(holder.get('spec') ? 'spec.gateways.*' : 'gateways.*')) {
    yield at;
    const written = writtenText(at);
    if (written !== undefined && !written.includes('/')) return;
  }
}
