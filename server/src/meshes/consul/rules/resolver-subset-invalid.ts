import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { quoteIfNeeded } from '../../../yaml/edit.js';
import { filterFault } from '../bexpr.js';
import { partOf } from '../fields.js';
import { REFUSED } from '../names.js';

export const resolverSubsetInvalid = defineRule({
  id: 'consul/resolver-subset-invalid',
  title: 'Subset with a name or a filter that Consul cannot read',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'Names of subsets are lower case, as those of DNS are. A filter is an expression over the instances of the service, such as Service.Meta.version == v2.',
  remedy: 'Write the name in lower case, and the filter as field, operator and value.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec:
  subsets:
    v1: { filter: Service.Meta.version = v1 }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec:
  subsets:
    v1: { filter: Service.Meta.version == v1 }
`,
  },

  kinds: ['ServiceResolver'],
  reads: {},

  *check({ resource }) {
    for (const { key, keyRange, keyOpaque, value } of resource.root.map('spec.subsets')?.entries ?? []) {
      if (!keyOpaque && !/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(key)) {
        const lower = key.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-');
        yield {
          at: keyRange,
          message: `"${shown(key)}" is no name for a subset: small letters, digits and "-" between them.`,
          data: { key, lower },
        };
      }
      const filter = value.get('filter');
      const written = filter?.text();
      if (filter === undefined || written === undefined || written.trim() === '') continue;
      const fault = filterFault(written);
      if (fault)
        yield {
          at: fault.end > fault.start ? partOf(filter, fault.start, fault.end) : filter,
          message: `This filter ${fault.clause}.`,
          ...(fault.isLoneEquals && { data: {} }),
        };
    }
  },

  fix({ resource, problem, text }) {
    const data = problem.data as { key?: string; lower?: string } | undefined;
    if (data === undefined) return [];
    if (data.lower === undefined) {
      const isPart = text.slice(problem.at.start, problem.at.end) === '=';
      return isPart ? [{ title: 'Change to "=="', preferred: true, edits: [{ range: problem.at, text: '==' }] }] : [];
    }
    const taken = resource.root.map('spec.subsets')?.entry(data.lower) !== undefined;
    return taken || !/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(data.lower)
      ? []
      : [{ title: `Rename to "${data.lower}"`, edits: [{ range: problem.at, text: quoteIfNeeded(data.lower) }] }];
  },
});
