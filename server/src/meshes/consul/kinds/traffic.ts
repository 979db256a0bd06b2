import type { Resource } from '../../../model/resource.js';
import type { YamlNode } from '../../../yaml/node.js';
import { hasOpaque, isOpen } from '../../kubernetes/fields.js';
import { serviceNamed, subsetNamed } from '../lookups.js';
import { resolversOf, routersOf, serviceDefaultsOf, splittersOf, subsets } from '../tables.js';
import { failoverTargets, plainTarget, targetIn, type WrittenTarget } from '../targets.js';
import { consulKind, defineEntry, defineName, entryOf, nameNode, referGroups, referPeers, referService, referTarget } from './shared.js';

export const serviceDefaults = consulKind('ServiceDefaults', (resource, emit) => {
  const { root, name } = resource;
  for (const node of root.list('spec.upstreamConfig.overrides.*')) if (!node.has('peer')) referService(emit, node.get('name'));
  referPeers(emit, resource, 'spec.upstreamConfig.overrides.*.peer');
  if (name === '') return;
  defineEntry(resource, emit);
  defineName(resource, emit, nameNode(resource));
  emit.define(serviceDefaultsOf, name, nameNode(resource), {
    ...entryOf(resource),
    protocol: writtenText(root.get('spec.protocol'), resource),
    hasExternalSni: root.has('spec.externalSNI') && root.text('spec.externalSNI') !== '',
  });
});

/** A text as written; empty where none is, undefined where it is filled in. */
export function writtenText(node: YamlNode | undefined, resource: Resource): string | undefined {
  if (node === undefined) return isOpen(resource) || resource.root.map('spec')?.partial === true ? undefined : '';
  return node.type === 'scalar' && node.value === null && !node.opaque ? '' : node.text();
}

export const serviceResolver = consulKind('ServiceResolver', (resource, emit) => {
  const { root, name } = resource;
  const redirect = root.map('spec.redirect');
  const target = redirect && targetIn(redirect, name);
  if (target) referTarget(emit, target);
  for (const { targets } of failoversOf(resource)) for (const it of targets) referTarget(emit, it);
  referPeers(emit, resource, 'spec.redirect.peer', 'spec.failover.*.targets.*.peer');
  referGroups(emit, resource, 'spec.redirect.samenessGroup', 'spec.failover.*.samenessGroup');
  if (name === '') return;
  defineEntry(resource, emit);
  defineName(resource, emit, nameNode(resource));
  const subsetMap = root.map('spec.subsets');
  for (const { key, keyRange, keyOpaque, value } of subsetMap?.entries ?? []) {
    if (keyOpaque) continue;
    emit.define(subsets, `${name}/${key}`, keyRange, {
      service: name,
      name: key,
      filter: value.text('filter') ?? '',
      onlyPassing: value.boolean('onlyPassing') === true,
    });
  }
  const byDefault = root.get('spec.defaultSubset');
  if (byDefault?.text()) emit.refer(subsetNamed, `${name}/${byDefault.text()}`, byDefault);
  for (const { key, keyRange, keyOpaque } of root.map('spec.failover')?.entries ?? [])
    if (key !== '*' && !keyOpaque) emit.refer(subsetNamed, `${name}/${key}`, keyRange);
  emit.define(resolversOf, name, nameNode(resource), {
    ...entryOf(resource),
    subsets: subsetMap?.entries.map((it) => it.key) ?? [],
    defaultSubset: root.text('spec.defaultSubset') ?? '',
    redirect: target && plainTarget(target),
    failover: failoversOf(resource).map(({ subset, targets }) => ({ subset, targets: targets.map(plainTarget) })),
    incomplete:
      isOpen(resource) ||
      root.map('spec')?.partial === true ||
      root
        .list('spec.subsets')
        .some((it) => (it.type === 'map' ? it.partial || it.entries.some((entry) => entry.keyOpaque) : hasOpaque(it))),
  });
});

/** Failovers of a resolver with their targets. */
export function failoversOf({
  root,
  name,
}: Resource): readonly { readonly subset: string; readonly node: YamlNode; readonly targets: readonly WrittenTarget[] }[] {
  return (root.map('spec.failover')?.entries ?? []).flatMap(({ key, keyOpaque, value }) =>
    keyOpaque ? [] : [{ subset: key, node: value, targets: failoverTargets(value, name) }],
  );
}

export const serviceRouter = consulKind('ServiceRouter', (resource, emit) => {
  const { root, name } = resource;
  const routes = root.list('spec.routes.*');
  for (const node of destinationsOf(resource)) referTarget(emit, targetIn(node, name));
  if (name === '') return;
  defineEntry(resource, emit);
  emit.refer(serviceNamed, name, nameNode(resource));
  emit.define(routersOf, name, nameNode(resource), {
    ...entryOf(resource),
    routes: routes.map((node) => {
      const destination = node.map('destination');
      return {
        match: matchText(node.get('match.http')),
        target: destination ? plainTarget(targetIn(destination, name)) : { service: name, subset: '', elsewhere: '' },
      };
    }),
  });
});

/** Maps of a router that name where requests go. */
export function destinationsOf({ root }: Resource): readonly YamlNode[] {
  return root.list('spec.routes.*.destination').filter((it) => it.type === 'map');
}

/** `/admin, GET`: what requests a route is for. */
export function matchText(http: YamlNode | undefined): string {
  if (http === undefined) return 'everything';
  const path = http.text('pathExact') ?? http.text('pathRegex');
  const prefix = http.text('pathPrefix');
  const parts = [
    path ?? (prefix === undefined ? '' : `${prefix}*`),
    http
      .list('methods.*')
      .flatMap((it) => it.text() ?? [])
      .join(' or '),
    ...http.list('header.*.name').map((it) => `header ${it.text() ?? ''}`),
    ...http.list('queryParam.*.name').map((it) => `parameter ${it.text() ?? ''}`),
  ].filter((it) => it !== '');
  return parts.length === 0 ? 'everything' : parts.join(', ');
}

export const serviceSplitter = consulKind('ServiceSplitter', (resource, emit) => {
  const { root, name } = resource;
  const splits = root.list('spec.splits.*');
  for (const node of splits) referTarget(emit, targetIn(node, name));
  if (name === '') return;
  defineEntry(resource, emit);
  emit.refer(serviceNamed, name, nameNode(resource));
  emit.define(splittersOf, name, nameNode(resource), {
    ...entryOf(resource),
    splits: splits.map((node) => ({ weight: node.number('weight'), target: plainTarget(targetIn(node, name)) })),
  });
});

/** Everything that a router, a splitter or a resolver leads to. */
export function targetsOf(resource: Resource): readonly WrittenTarget[] {
  const { root, name } = resource;
  const redirect = root.map('spec.redirect');
  return [
    ...root.list('spec.splits.*').map((it) => targetIn(it, name)),
    ...destinationsOf(resource).map((it) => targetIn(it, name)),
    ...(redirect ? [targetIn(redirect, name)] : []),
    ...failoversOf(resource).flatMap((it) => it.targets),
  ];
}

/** Those of them that this workspace can know, the service itself left out. */
export function otherServicesOf(resource: Resource): readonly WrittenTarget[] {
  return targetsOf(resource).filter((it) => !it.hidden && it.elsewhere === '' && it.service !== '' && it.service !== resource.name);
}
