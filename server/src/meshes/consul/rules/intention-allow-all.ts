import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { holds, scalarAt } from '../fields.js';
import { ANY } from '../names.js';

export const intentionAllowAll = defineRule({
  id: 'consul/intention-allow-all',
  title: 'Every service may call every service',
  severity: 'warning',
  category: 'policy',
  effect: 'Only exact intentions that deny keep anybody out.',
  why: 'An intention from "*" to "*" that allows is the opposite of zero trust: only exact intentions that deny keep anybody out.',
  remedy: 'Deny from "*" to "*", and allow the pairs that are needed.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: all, namespace: consul }
spec:
  destination: { name: '*' }
  sources: [{ name: '*', action: allow }]
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: all, namespace: consul }
spec:
  destination: { name: '*' }
  sources: [{ name: '*', action: deny }]
`,
  },

  kinds: ['ServiceIntentions'],
  reads: {},

  *check({ resource }) {
    if (resource.root.text('spec.destination.name') !== ANY) return;
    for (const source of resource.root.list('spec.sources.*'))
      if (source.text('name') === ANY && source.text('action') === 'allow' && !holds(source, 'peer'))
        yield { at: source.get('action')!, message: 'Every service may call every service.' };
  },

  fix({ resource, problem, text }) {
    const node = scalarAt(resource, problem);
    return node ? [{ title: 'Change to "deny"', edits: [replaceValue(text, node, 'deny')] }] : [];
  },
});
