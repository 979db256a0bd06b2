import { defineRule } from '../../../rules/rule.js';
import { parseDuration } from '../../../schema/formats.js';
import { shown } from '../../../schema/words.js';
import { changeToNear, holds, keyAt, specOf, unknownValue } from '../fields.js';
import { REFUSED } from '../names.js';

export const registrationInvalid = defineRule({
  id: 'consul/registration-invalid',
  title: 'Registration that lacks what the catalog needs',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'A service outside of the mesh is registered with a node, an address and a name. Its check has a status of the catalog, and durations as Go writes them.',
  remedy: 'Fill in node, address and name, and write durations such as 10s.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: Registration
metadata: { name: db }
spec:
  node: external
  service: { name: db, port: 5432 }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: Registration
metadata: { name: db }
spec:
  node: external
  address: 192.0.2.10
  service: { name: db, port: 5432 }
`,
  },

  kinds: ['Registration'],
  reads: {},

  *check({ resource }) {
    const spec = specOf(resource);
    if (resource.partial || spec?.partial === true) return;
    for (const field of ['node', 'address'])
      if (!spec || !holds(spec, field))
        yield { at: spec?.entry(field)?.keyRange ?? keyAt(resource, 'spec'), message: `This registration has no "${field}".` };
    const name = spec?.get('service.name');
    if (!spec?.has('service') || name?.text() === '')
      yield { at: name ?? keyAt(resource, 'spec.service'), message: 'The service has no name.' };
    const check = spec?.get('check');
    if (check?.type !== 'map') return;
    if (check.text('name') === '') yield { at: check.get('name')!, message: 'The check has no name.' };
    const status = check.get('status');
    if (status?.text() === '') yield { at: status, message: 'The check has no status: passing, warning or critical.' };
    else yield* unknownValue(status, ['passing', 'warning', 'critical'], 'status of a check');
    for (const field of ['intervalDuration', 'timeoutDuration', 'deregisterCriticalServiceAfterDuration']) {
      const node = check.get(`definition.${field}`);
      const written = node?.text();
      if (node && written !== undefined && (written !== '' || field === 'intervalDuration') && parseDuration(written) === undefined)
        yield { at: node, message: `"${shown(written)}" is no duration; write one such as 10s.` };
    }
  },

  fix: changeToNear,
});
