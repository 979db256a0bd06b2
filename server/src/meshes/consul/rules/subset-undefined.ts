import type { Resource } from '../../../model/resource.js';
import { defineRule, type Fix } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { shortPath } from '../../../text/uri.js';
import { nearest } from '../../../text/nearest.js';
import type { Range } from '../../../text/range.js';
import { quotedList } from '../../../text/words.js';
import { insertEntry, quoteIfNeeded, replaceValue } from '../../../yaml/edit.js';
import { scalarAt, specOf } from '../fields.js';
import { destinationsOf, failoversOf } from '../kinds/traffic.js';
import { NOT_SYNCED } from '../names.js';
import { resolversOf } from '../tables.js';
import { targetIn, type WrittenTarget } from '../targets.js';

interface Data {
  readonly service: string;
  readonly subset: string;
  readonly defined: readonly string[];
  readonly resolver: string | null;
}

export const subsetUndefined = defineRule({
  id: 'consul/subset-undefined',
  title: 'Traffic goes to a subset that nothing defines',
  severity: 'error',
  category: 'reference',
  effect: NOT_SYNCED,
  why: 'Subsets are defined by the ServiceResolver of the service they belong to. The servers refuse an entry that names another one.',
  remedy: 'Correct the name, or define the subset in the ServiceResolver of the service.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceSplitter
metadata: { name: web, namespace: shop }
spec:
  splits:
  - { weight: 90, serviceSubset: v1 }
  - { weight: 10, serviceSubset: v3 }
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
  - { weight: 90, serviceSubset: v1 }
  - { weight: 10, serviceSubset: v2 }
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

  kinds: ['ServiceSplitter', 'ServiceRouter', 'ServiceResolver'],
  reads: { resolversOf },

  *check({ resource, read }) {
    for (const { at, service, subset } of referencesIn(resource)) {
      const found = read.resolversOf(service);
      if (found.some((it) => it.data.incomplete || it.data.subsets.includes(subset))) continue;
      const [resolver] = found;
      const defined = [...new Set(found.flatMap((it) => it.data.subsets))];
      const whose = service === resource.name ? 'this service' : `"${service}"`;
      yield {
        at,
        certainty: resolver === undefined ? 'owned' : 'proven',
        message:
          resolver === undefined
            ? `No ServiceResolver in this workspace defines subsets of ${whose}.`
            : `Subset "${shown(subset)}" of ${whose} is not defined${defined.length === 0 ? '' : ` (${quotedList(defined)} ${defined.length === 1 ? 'is' : 'are'})`}.`,
        ...(resolver && resolver.resource !== resource.id && { related: [{ at: resolver, message: 'the subsets are defined here' }] }),
        data: { service, subset, defined, resolver: resolver?.resource ?? null } satisfies Data,
      };
    }
  },

  fix({ resource, problem, text, other }) {
    const { service, subset, defined, resolver } = problem.data as Data;
    const node = scalarAt(resource, problem);
    // Two splits that lead to the same subset are refused.
    const taken = resource.root.list('spec.splits.*.serviceSubset').flatMap((it) => it.text() ?? []);
    const free = resource.kind === 'ServiceSplitter' ? defined.filter((it) => !taken.includes(it)) : defined;
    const near = nearest(subset, free);
    const changes = node === undefined ? [] : [...new Set([...(near === undefined ? [] : [near]), ...free])].slice(0, 3);
    const fixes: Fix[] = changes.map((name) => ({
      title: `Change to "${name}"`,
      preferred: name === near,
      edits: [replaceValue(text, node!, name)],
    }));
    const own = resolver === resource.id ? { resource, text, file: '' } : resolver === null ? undefined : other(resolver);
    const spec = own && specOf(own.resource);
    if (own && spec && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(subset)) {
      const listed = spec.map('subsets');
      const body = `filter: Service.Meta.version == ${subset}`;
      const edit = listed
        ? insertEntry(own.text, listed, subset, body)
        : insertEntry(own.text, spec, 'subsets', `${quoteIfNeeded(subset)}:\n  ${body}`);
      fixes.push({
        title: `Add subset "${subset}" to ServiceResolver "${service}"${own.file === '' ? '' : ` (${shortPath(own.file)})`}`,
        edits: [{ resource: own.resource.id, ...edit }],
      });
    }
    return fixes;
  },
});

interface Reference {
  readonly at: Range;
  readonly service: string;
  readonly subset: string;
}

function* referencesIn(resource: Resource): Iterable<Reference> {
  const { root, name } = resource;
  const redirect = root.map('spec.redirect');
  const targets: readonly WrittenTarget[] = [
    ...root.list('spec.splits.*').map((it) => targetIn(it, name)),
    ...destinationsOf(resource).map((it) => targetIn(it, name)),
    ...(redirect ? [targetIn(redirect, name)] : []),
    ...failoversOf(resource).flatMap((it) => it.targets),
  ];
  for (const { hidden, elsewhere, subset, subsetNode, service } of targets)
    if (!hidden && elsewhere === '' && subset !== '' && subsetNode && service !== '') yield { at: subsetNode, service, subset };
  if (resource.kind !== 'ServiceResolver') return;
  const byDefault = root.get('spec.defaultSubset');
  if (byDefault?.text()) yield { at: byDefault, service: name, subset: byDefault.text()! };
  for (const { key, keyRange, keyOpaque } of root.map('spec.failover')?.entries ?? [])
    if (!keyOpaque && key !== '*') yield { at: keyRange, service: name, subset: key };
}
