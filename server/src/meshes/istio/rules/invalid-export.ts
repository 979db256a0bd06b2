import { defineRule } from '../../../rules/rule.js';
import { isOpen } from '../kinds/shared.js';
import { isLabel } from '../validation/names.js';
import { isWhole, quoted, writtenText } from '../validation/values.js';
import { repairs } from '../validation/repairs.js';

export const invalidExport = defineRule({
  id: 'istio/invalid-export',
  title: 'exportTo that contradicts itself',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'exportTo lists namespaces, each once; "." is the own one, "*" stands for all of them and so alone. Nobody sees a resource with "~", which only a ServiceEntry can have, and a DestinationRule for some workloads is for the own namespace.',
  remedy: 'Keep "*" alone, or list each namespace once.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec:
  exportTo: [".", "*"]
  hosts: [api.example.com]
  ports: [{ number: 80, name: http, protocol: HTTP }]
  resolution: DNS
`,
    good: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec:
  exportTo: ["*"]
  hosts: [api.example.com]
  ports: [{ number: 80, name: http, protocol: HTTP }]
  resolution: DNS
`,
  },

  mentions: ['exportTo'],
  kinds: ['VirtualService', 'DestinationRule', 'ServiceEntry'],
  reads: {},

  *check({ resource }) {
    const { root, namespace } = resource;
    const list = root.get('spec.exportTo');
    if (list?.type !== 'list') return;
    const seen = new Map<string, (typeof list.items)[number]>();
    for (const at of list.items) {
      const entry = writtenText(at);
      if (entry === undefined) continue;
      const meant = entry === '.' ? (namespace ?? '.') : entry;
      const first = seen.get(meant);
      if (first) {
        const what = entry === '.' || first.text() === '.' ? '"." and the own namespace are the same' : `${quoted(entry)} is here twice`;
        yield {
          at,
          message: `Of this list, ${what}.`,
          related: [{ at: first, message: 'the first of them is here' }],
          data: { removeItemOf: 'spec.exportTo', title: `Remove ${quoted(entry)}` },
        };
      } else if (entry === '~' && (resource.kind !== 'ServiceEntry' || list.items.length > 1))
        yield {
          at,
          // Kiali takes it for the name of a namespace.
          peers: ['IST0106', 'KIA0005'],
          message: resource.kind === 'ServiceEntry' ? '"~" stands alone.' : 'Only a ServiceEntry can be exported to nobody with "~".',
        };
      else if (entry === '*' && list.items.length > 1)
        yield { at, message: '"*" stands for all namespaces, and so alone.', data: { removeItemOf: 'spec.exportTo', title: 'Remove "*"' } };
      else if (!['.', '*', '~'].includes(entry) && !isLabel(entry)) yield { at, message: `${quoted(entry)} is no name of a namespace.` };
      if (!first) seen.set(meant, at);
    }
    if (resource.kind !== 'DestinationRule' || root.map('spec.workloadSelector') === undefined || !isWhole(resource)) return;
    if (isOpen(resource, 'spec.exportTo') || namespace === undefined || list.items.length === 0) return;
    const own = list.items.some((it) => ['.', namespace].includes(it.text() ?? ''));
    const other = list.items.find((it) => !['.', namespace].includes(it.text() ?? ''));
    if (other && !seen.has('~') && !(seen.has('*') && list.items.length > 1))
      yield {
        at: other,
        message: `A DestinationRule with a workloadSelector is for its own namespace${own ? ' only' : ', "."'}.`,
      };
  },

  fix: repairs,
});
