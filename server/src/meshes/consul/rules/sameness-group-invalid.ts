import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { holds, keyAt, keyOf, nameOf, placeOf, present, specOf } from '../fields.js';
import { REFUSED } from '../names.js';
import { isEnterprise, localPartition } from '../settings.js';

export const samenessGroupInvalid = defineRule({
  id: 'consul/sameness-group-invalid',
  title: 'Sameness group that contradicts itself',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'A sameness group lives in the namespace default and lists partitions and peers, each once. The partition it is applied in belongs to it.',
  remedy: 'List each member once, as partition or as peer, and set includeLocal.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: SamenessGroup
metadata: { name: all, namespace: default }
spec:
  includeLocal: true
  members: [{ peer: east }, { peer: east }]
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: SamenessGroup
metadata: { name: all, namespace: default }
spec:
  includeLocal: true
  members: [{ peer: east }, { peer: west }]
`,
  },

  kinds: ['SamenessGroup'],
  reads: { isEnterprise, localPartition },

  *check({ resource, read }) {
    const spec = specOf(resource);
    if (resource.partial || spec?.partial === true) return;
    if (resource.namespace !== undefined && resource.namespace !== 'default') {
      const at = resource.root.get('metadata.namespace') ?? nameOf(resource);
      yield { at, message: 'A sameness group lives in namespace "default".' };
    }
    const members = resource.root.list('spec.members.*');
    if (!spec || !holds(spec, 'members')) yield { at: keyAt(resource, 'spec.members'), message: 'This group has no member.' };
    const seen = new Set<string>();
    for (const member of members) {
      const places = present(member, ['partition', 'peer']);
      if (places.length !== 1)
        yield {
          at: places.length > 1 ? keyOf(member, 'peer') : placeOf(member),
          message: `A member is a "partition" or a "peer"; this is ${places.length === 0 ? 'neither' : 'both'}.`,
        };
      const key = `${member.text('partition') ?? ''}/${member.text('peer') ?? ''}`;
      if (places.length > 0 && !hasOpaque(member) && seen.has(key)) yield { at: placeOf(member), message: 'This member is listed above.' };
      seen.add(key);
    }
    const local = read.localPartition();
    const isLocal = members.some((it) => it.text('partition') === local || hasOpaque(it));
    if (read.isEnterprise() && spec && spec.boolean('includeLocal') !== true && !hasOpaque(spec) && !isLocal && members.length > 0)
      yield { at: keyAt(resource, 'spec.members'), message: `The group leaves out its own partition, "${shown(local)}".`, data: 'local' };
  },

  fix({ resource, problem, text }) {
    const spec = specOf(resource);
    if (problem.data !== 'local' || spec === undefined) return [];
    const written = spec.get('includeLocal');
    return [
      {
        title: 'Set includeLocal: true',
        edits: [written ? replaceValue(text, written, true) : insertEntry(text, spec, 'includeLocal', 'true')],
      },
    ];
  },
});
