import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { holds } from '../fields.js';
import { ANY, NOT_SYNCED } from '../names.js';

export const intentionWildcardInvalid = defineRule({
  id: 'consul/intention-wildcard-invalid',
  title: 'Wildcard where Consul takes none',
  severity: 'error',
  category: 'semantics',
  effect: NOT_SYNCED,
  why: 'A "*" stands for every name, and for nothing less: there are no partial wildcards. Permissions need one service, whose protocol is known, and a name under every namespace is none.',
  remedy: 'Write a full name, or "*" alone.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources: [{ name: 'team-*', action: allow }]
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
    const { root } = resource;
    const sources = root.list('spec.sources.*');
    const destination = root.get('spec.destination');
    for (const holder of [...(destination ? [destination] : []), ...sources]) {
      const name = holder.get('name');
      const written = name?.text();
      if (name && written !== undefined && written !== ANY && written.includes(ANY))
        yield { at: name, message: `"${shown(written)}" is no name; a wildcard stands alone, as "*".` };
      else if (name && written !== undefined && written !== '' && written !== ANY && holder.text('namespace') === ANY)
        yield { at: holder.get('namespace')!, message: `A name such as "${shown(written)}" is in one namespace, not in "*".` };
    }
    for (const source of sources)
      for (const field of ['partition', 'peer', 'samenessGroup'])
        if (source.text(field)?.includes(ANY) === true) yield { at: source.get(field)!, message: `"${field}" takes no wildcard.` };
    const all = root.get('spec.destination.name');
    if (all?.text() === ANY && sources.some((it) => holds(it, 'permissions')))
      yield { at: all, message: 'Permissions are for one service, not for "*".' };
  },
});
