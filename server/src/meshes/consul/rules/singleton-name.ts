import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { replaceValue } from '../../../yaml/edit.js';
import { nameOf, scalarAt } from '../fields.js';
import { REFUSED } from '../names.js';
import { isEnterprise } from '../settings.js';

/** The only name that a kind may have. */
const NAMES: Readonly<Record<string, string>> = {
  ProxyDefaults: 'global',
  Mesh: 'mesh',
  ControlPlaneRequestLimit: 'controlplanerequestlimit',
  RateLimit: 'global',
  ExportedServices: 'default',
};

export const singletonName = defineRule({
  id: 'consul/singleton-name',
  title: 'Entry that exists once has a name of its own',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'Some entries exist once in a cluster, and Consul knows them by a fixed name only. The webhook refuses every other one.',
  remedy: 'Give it the name that its kind has.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: defaults, namespace: consul }
spec: { config: { protocol: http } }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: global, namespace: consul }
spec: { config: { protocol: http } }
`,
  },

  kinds: ['ProxyDefaults', 'Mesh', 'ControlPlaneRequestLimit', 'RateLimit', 'ExportedServices'],
  reads: { isEnterprise },

  *check({ resource, read }) {
    const wanted = NAMES[resource.kind];
    if (wanted === undefined || resource.name === '' || resource.name === wanted) return;
    // With Enterprise the name is that of the admin partition.
    if (resource.kind === 'ExportedServices' && read.isEnterprise()) return;
    yield {
      at: nameOf(resource),
      message: `The one ${resource.kind} of a cluster is called "${wanted}", not "${shown(resource.name)}".`,
      data: wanted,
    };
  },

  fix({ resource, problem, text }) {
    const name = problem.data as string;
    const node = scalarAt(resource, problem);
    return node === undefined ? [] : [{ title: `Rename to "${name}"`, preferred: true, edits: [replaceValue(text, node, name)] }];
  },
});
