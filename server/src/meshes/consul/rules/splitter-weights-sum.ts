import { defineRule, type Fix } from '../../../rules/rule.js';
import type { Range } from '../../../text/range.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import type { YamlMap, YamlNode } from '../../../yaml/node.js';
import { keyAt, specOf, valueOf } from '../fields.js';

export const splitterWeightsSum = defineRule({
  id: 'consul/splitter-weights-sum',
  title: 'Weights of a splitter do not add up to 100',
  severity: 'error',
  category: 'schema',
  effect: 'Consul rejects this splitter.',
  why: 'Each weight is a share of all connections in percent. The webhook refuses a splitter whose weights do not add up to 100; a split without weight has 0.',
  remedy: 'Make the weights add up to 100.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceSplitter
metadata: { name: web, namespace: shop }
spec:
  splits:
  - { weight: 90, serviceSubset: v1 }
  - { weight: 5, serviceSubset: v2 }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec:
  subsets:
    v1: { filter: Service.Meta.version == v1 }
    v2: { filter: Service.Meta.version == v2 }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceSplitter
metadata: { name: web, namespace: shop }
spec:
  splits:
  - { weight: 95, serviceSubset: v1 }
  - { weight: 5, serviceSubset: v2 }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec:
  subsets:
    v1: { filter: Service.Meta.version == v1 }
    v2: { filter: Service.Meta.version == v2 }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
`,
  },

  kinds: ['ServiceSplitter'],
  reads: {},

  *check({ resource }) {
    const spec = specOf(resource);
    const list = spec?.get('splits');
    if (resource.partial || spec?.partial === true || (list !== undefined && hasUnknownWeight(list))) return;
    const splits = resource.root.list('spec.splits.*');
    const sum = Math.round(splits.reduce((total, it) => total + (it.number('weight') ?? 0), 0) * 100) / 100;
    if (sum === 100) return;
    yield {
      at: keyAt(resource, 'spec.splits'),
      message: splits.length === 0 ? 'This splitter has no split.' : `The weights add up to ${sum}, not 100.`,
      related:
        splits.length < 2
          ? []
          : splits.slice(0, 5).map((it) => ({ at: valueOf(it, 'weight'), message: `${it.number('weight') ?? 0} here` })),
      data: sum,
    };
  },

  fix({ resource, problem, text }) {
    const splits = resource.root.list('spec.splits.*');
    const sum = problem.data as number;
    const [first] = splits;
    if (first?.type !== 'map') return [];
    const missing = rounded(100 - sum);
    const own = first.number('weight') ?? 0;
    const fixes: Fix[] = [];
    const name = first.text('serviceSubset') ?? first.text('service') ?? 'the first split';
    if (own + missing >= 0)
      fixes.push({
        title: missing > 0 ? `Give the missing ${missing} to "${name}"` : `Take ${-missing} from "${name}"`,
        edits: [weightEdit(text, first, rounded(own + missing))],
      });
    if (sum > 0 && splits.length > 1) {
      const scaled = splits.map((it) => rounded(((it.number('weight') ?? 0) * 100) / sum));
      scaled[0] = rounded(scaled[0]! + 100 - scaled.reduce((total, it) => total + it, 0));
      fixes.push({
        title: 'Scale the weights to 100',
        edits: splits.flatMap((it, i) => (it.type === 'map' ? [weightEdit(text, it, scaled[i]!)] : [])),
      });
    }
    return fixes;
  },
});

function hasUnknownWeight(list: YamlNode): boolean {
  if (list.type !== 'list') return list.type === 'map' || list.value !== null;
  return (
    list.partial || list.items.some((it) => it.type !== 'map' || it.partial || (it.has('weight') && it.number('weight') === undefined))
  );
}

function rounded(weight: number): number {
  return Math.round(weight * 100) / 100;
}

function weightEdit(text: string, split: YamlMap, weight: number): { readonly range: Range; readonly text: string } {
  const node = split.get('weight');
  return node ? replaceValue(text, node, weight) : insertEntry(text, split, 'weight', String(weight));
}
