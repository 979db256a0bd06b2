import { defineLookup, type Lookups } from '../../../index/tables.js';
import type { Definition } from '../../../model/facts.js';
import type { Site } from '../../../model/resource.js';
import type { StateLine } from '../../../rules/editor.js';
import { listed } from '../../kubernetes/editor.js';
import { protocolOf } from '../lookups.js';
import { resolversOf, routersOf, splittersOf, subsets, type Target } from '../tables.js';
import { targetText } from '../targets.js';

/** One step on the way of traffic to a service. */
export interface ChainStep {
  readonly topic: 'router' | 'splitter' | 'resolver' | 'redirect' | 'failover' | 'subset';
  /** Whose step it is. */
  readonly service: string;
  readonly text: string;
  readonly site: Site;
}

/** How many services a chain is followed through. */
const LONGEST = 12;

/**
 * The way of traffic to a service, by its name: its router, then the splitters of what that leads to, then their resolvers with subsets,
 * redirects and failovers. Empty where nothing stands between the name and its instances.
 */
const discoveryChain = defineLookup<readonly ChainStep[]>('consul/discoveryChain', (look, service) => {
  const steps: ChainStep[] = [];
  const [router] = look.get(routersOf, service);
  let targets: readonly Target[] = [{ service, subset: '', elsewhere: '' }];
  if (router) {
    const { routes } = router.data;
    for (const { match, target } of routes.slice(0, LONGEST))
      steps.push({ topic: 'router', service, text: `${match} to ${targetText(target)}`, site: siteOf(router) });
    // What no route takes goes to the service itself.
    targets = distinct([...routes.map((it) => it.target), ...targets]);
  }
  const resolved: Target[] = [];
  const split = new Set<string>();
  const queue = [...targets];
  for (let target = queue.shift(); target !== undefined && steps.length < LONGEST * 4; target = queue.shift()) {
    const [splitter] = target.elsewhere === '' && target.subset === '' ? look.get(splittersOf, target.service) : [];
    if (!splitter || split.has(target.service)) {
      resolved.push(target);
      continue;
    }
    split.add(target.service);
    const parts = splitter.data.splits.map((it) => `${it.weight ?? 0} % to ${targetText(it.target)}`);
    steps.push({ topic: 'splitter', service: target.service, text: parts.join(', '), site: siteOf(splitter) });
    queue.push(...splitter.data.splits.map((it) => it.target));
  }
  for (const target of distinct(resolved)) if (steps.length < LONGEST * 4) resolve(target, look, steps);
  return steps;
});

function resolve(target: Target, look: Lookups, steps: ChainStep[]): void {
  const seen = new Set<string>();
  let { service, subset } = target;
  if (target.elsewhere !== '') return;
  while (!seen.has(service)) {
    seen.add(service);
    const [resolver] = look.get(resolversOf, service);
    if (!resolver) return;
    const { redirect, failover, defaultSubset } = resolver.data;
    const site = siteOf(resolver);
    if (redirect) {
      steps.push({ topic: 'redirect', service, text: targetText(redirect), site });
      if (redirect.elsewhere !== '') return;
      ({ service, subset } = redirect);
      continue;
    }
    const chosen = subset === '' ? defaultSubset : subset;
    if (chosen !== '') {
      const [found] = look.get(subsets, `${service}/${chosen}`);
      const filter = found === undefined ? 'not defined' : found.data.filter === '' ? 'all instances' : found.data.filter;
      steps.push({ topic: 'subset', service, text: `${chosen}: ${filter}`, site: found ? siteOf(found) : site });
    }
    const fallback = failover.find((it) => it.subset === chosen) ?? failover.find((it) => it.subset === '*');
    if (fallback) steps.push({ topic: 'failover', service, text: listed(fallback.targets.map(targetText)), site });
    return;
  }
}

/** The chain as lines, with the protocol before it. */
export function chainLines(service: string, look: Lookups): readonly StateLine[] {
  const { name, decidedBy } = look.get(protocolOf, service);
  return [
    {
      topic: 'protocol',
      text: `${name ?? 'not known'}${decidedBy ? `, by ${decidedBy.data.kind} ${decidedBy.data.name}` : ', as nothing says otherwise'}`,
      sites: decidedBy ? [siteOf(decidedBy)] : [],
    },
    ...look
      .get(discoveryChain, service)
      .map((it) => ({ topic: it.topic, text: it.service === service ? it.text : `${it.service}: ${it.text}`, sites: [it.site] })),
  ];
}

function distinct(targets: readonly Target[]): readonly Target[] {
  return [...new Map(targets.map((it) => [targetText(it), it])).values()];
}

export function siteOf({ resource, range }: Definition): Site {
  return { resource, range };
}
