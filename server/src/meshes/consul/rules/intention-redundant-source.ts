import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { removeItem } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { holds, present } from '../fields.js';
import { ANY } from '../names.js';

export const intentionRedundantSource = defineRule({
  id: 'consul/intention-redundant-source',
  title: 'Source that changes nothing',
  severity: 'info',
  category: 'semantics',
  effect: 'It has no effect.',
  why: 'The more exact source wins, wherever it stands. One with the same answer as "*" beside it changes nothing.',
  remedy: 'Remove it, or give it another answer.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources: [{ name: '*', action: allow }, { name: api, action: allow }]
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources: [{ name: '*', action: deny }, { name: api, action: allow }]
`,
  },

  kinds: ['ServiceIntentions'],
  reads: {},

  *check({ resource }) {
    const sources = resource.root.list('spec.sources.*');
    const isPlain = (source: YamlNode): boolean =>
      !hasOpaque(source) &&
      !holds(source, 'permissions') &&
      present(source, ['peer', 'samenessGroup', 'partition', 'namespace']).length === 0;
    const all = sources.find((it) => it.text('name') === ANY && isPlain(it));
    const action = all?.text('action');
    if (!all || action === undefined) return;
    for (const source of sources) {
      const name = source.get('name');
      if (!name?.text() || name.text() === ANY || !isPlain(source) || source.text('action') !== action) continue;
      yield {
        at: name,
        message: `Source "*" says ${action} for "${shown(name.text()!)}" too.`,
        related: [{ at: all.get('name')!, message: 'this source is for everybody' }],
        tags: ['unnecessary'],
      };
    }
  },

  fix({ resource, problem, text }) {
    const list = resource.root.get('spec.sources');
    if (list?.type !== 'list') return [];
    const removal = removeItem(
      text,
      list,
      list.items.findIndex((it) => it.get('name')?.start === problem.at.start),
    );
    return removal ? [{ title: 'Remove this source', edits: [removal] }] : [];
  },
});
