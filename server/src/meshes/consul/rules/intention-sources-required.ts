import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';
import { holds, keyAt, specOf } from '../fields.js';
import { REFUSED } from '../names.js';

export const intentionSourcesRequired = defineRule({
  id: 'consul/intention-sources-required',
  title: 'Intention without sources',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'An intention says who may call a service. Without sources it says nothing, and the webhook refuses it.',
  remedy: 'List who calls, or "*" for everybody.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources: []
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources: [{ name: '*', action: deny }]
`,
  },

  kinds: ['ServiceIntentions'],
  reads: {},

  *check({ resource }) {
    const spec = specOf(resource);
    if (resource.partial || spec?.partial === true || (spec && holds(spec, 'sources'))) return;
    yield { at: keyAt(resource, 'spec.sources'), message: 'This intention has no source.' };
  },

  fix({ resource, text }) {
    const spec = specOf(resource);
    if (spec === undefined) return [];
    const written = spec.get('sources');
    const removal = written
      ? {
          range: { start: written.start, end: written.end },
          text: " [{ name: '*', action: deny }]".slice(written.start === written.end ? 0 : 1),
        }
      : undefined;
    return [{ title: 'Deny every source', edits: [removal ?? insertEntry(text, spec, 'sources', "- name: '*'\n  action: deny")] }];
  },
});
