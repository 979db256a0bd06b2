import { defineRule } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { destinationNodes } from '../validation/destinations.js';
import { isLabel } from '../validation/names.js';
import { quoted, writtenText } from '../validation/values.js';

export const invalidName = defineRule({
  id: 'istio/invalid-name',
  title: 'Name of a subset, port, gateway or namespace that Istio does not accept',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'These names become parts of DNS names and of the names of clusters, so they are letters, digits and "-", up to 63 of them, without dots or underscores.',
  remedy: 'Use letters, digits and "-".',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: www, namespace: shop }
spec:
  host: www.example.com
  subsets:
  - name: v1.2
    labels: { version: v1 }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: www, namespace: shop }
spec:
  host: www.example.com
  subsets:
  - name: v1-2
    labels: { version: v1 }
`,
  },

  mentionsIn: { VirtualService: ['subset', 'sourceNamespace'] },
  kinds: ['VirtualService', 'DestinationRule', 'Gateway', 'ServiceEntry', 'Sidecar'],
  reads: {},

  *check({ resource }) {
    for (const [what, at] of names(resource.root, resource.kind)) {
      const name = writtenText(at);
      if (name !== undefined && !isLabel(name))
        yield {
          at,
          message:
            name === '' ? `The name of this ${what} is empty.` : `${quoted(name)} is no name for a ${what}: letters, digits and "-" only.`,
        };
    }
  },
});

function* names(root: YamlNode, kind: string): Generator<readonly [string, YamlNode]> {
  switch (kind) {
    case 'Gateway':
      for (const it of root.list('metadata.name')) yield ['Gateway', it];
      return;
    case 'VirtualService':
      for (const destination of destinationNodes(root)) {
        const subset = destination.get('subset');
        if (subset && subset.text() !== '') yield ['subset', subset];
      }
      for (const it of root.list('spec.http.*.match.*.sourceNamespace')) if (it.text() !== '') yield ['namespace', it];
      return;
    case 'DestinationRule':
      for (const it of root.list('spec.subsets.*.name')) yield ['subset', it];
      return;
    case 'ServiceEntry':
      for (const it of root.list('spec.ports.*.name')) yield ['port', it];
      return;
    case 'Sidecar':
      for (const it of root.list('spec.outboundTrafficPolicy.egressProxy.subset')) if (it.text() !== '') yield ['subset', it];
      for (const it of [...root.list('spec.ingress.*.port.name'), ...root.list('spec.egress.*.port.name')])
        if (it.text() !== '') yield ['port', it];
  }
}
