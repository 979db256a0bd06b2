import type { Lookups } from '../../../index/tables.js';
import type { Resource, Site } from '../../../model/resource.js';
import type { EffectiveState, StateLine } from '../../../rules/editor.js';
import { listed, siteAt } from '../../kubernetes/editor.js';
import { namespaceNamed } from '../../kubernetes/lookups.js';
import { POD_KINDS, podAnnotation, podTemplateOf, type PodTemplate } from '../../kubernetes/pod-templates.js';
import { INJECT, isConsulAnnotation, SERVICE, TRANSPARENT, UPSTREAMS } from '../annotations.js';
import { concernsConsul, decisionOn } from '../lookups.js';
import { ANY } from '../names.js';
import { injectsByDefault, isEnterprise, isTransparentByDefault } from '../settings.js';
import { upstreamsIn } from '../upstreams.js';
import {
  EXCLUDED_NAMESPACES,
  hidesLabels,
  isInjected,
  isTransparent,
  namespaceTransparency,
  selectingKey,
  servicesSelecting,
  statedServices,
} from '../workloads.js';
import { accessLines } from './access.js';
import { chainLines, siteOf } from './chain.js';

/** The way of traffic to a service, and who may send it; told where its entries stand. */
const entryState: EffectiveState = {
  kinds: ['ServiceDefaults', 'ServiceResolver', 'ServiceRouter', 'ServiceSplitter'],
  describe: ({ name }, look) => ({ lines: name === '' ? [] : [...chainLines(name, look), ...accessLines(name, look)] }),
};

const intentionState: EffectiveState = {
  kinds: ['ServiceIntentions'],
  describe(resource, look) {
    const name = resource.root.get('spec.destination.name');
    const destination = name?.text() ?? '';
    if (destination === '') return { lines: [] };
    return {
      lines: [
        { topic: 'for', text: destination === ANY ? 'every service' : destination, sites: siteAt(resource, name) },
        ...accessLines(destination, look),
      ],
    };
  },
};

/** A Service says something of Consul's where Consul has something to say of it. */
const serviceState: EffectiveState = {
  kinds: ['Service'],
  describe({ name }, look) {
    return { lines: look.get(concernsConsul, name) ? [...chainLines(name, look), ...accessLines(name, look)] : [] };
  },
};

/** What a workload is to Consul: its proxy, its service, whom it calls and who calls it. */
const workloadState: EffectiveState = {
  kinds: POD_KINDS,
  describe(resource, look) {
    const pods = podTemplateOf(resource);
    const byDefault = look.get(injectsByDefault);
    const concerns = pods?.annotations?.entries.some((it) => isConsulAnnotation(it.key)) ?? false;
    if (!pods || (!concerns && !byDefault)) return { lines: [] };
    const injected = isInjected(pods, byDefault);
    const service = serviceOf(pods, resource, look);
    return {
      lines: [
        { topic: 'proxy', text: proxyText(pods, resource, injected, look), sites: proxySites(pods, resource, injected, look) },
        ...(service === undefined || !injected
          ? []
          : [
              { topic: 'service', text: service, sites: serviceSites(pods, resource, look) },
              ...upstreamLines(pods, service, resource, look),
              ...chainLines(service, look),
              ...accessLines(service, look),
            ]),
      ],
    };
  },
};

export const states: readonly EffectiveState[] = [entryState, intentionState, serviceState, workloadState];

/** Name of the service that pods are; undefined where it cannot be told. */
export function serviceOf(pods: PodTemplate, resource: Resource, look: Lookups): string | undefined {
  const [stated] = statedServices(pods);
  if (stated !== undefined) return stated;
  const selecting = hidesLabels(pods) ? [] : look.get(servicesSelecting, selectingKey(pods, resource));
  return selecting[0]?.data.name;
}

function serviceSites(pods: PodTemplate, resource: Resource, look: Lookups): readonly Site[] {
  const stated = pods.annotations?.entry(SERVICE);
  if (stated) return siteAt(resource, stated.value);
  return look.get(servicesSelecting, selectingKey(pods, resource)).slice(0, 1).map(siteOf);
}

/** What asks for a proxy, or turns it down, then what says which traffic it takes. */
function proxySites(pods: PodTemplate, resource: Resource, injected: boolean, look: Lookups): readonly Site[] {
  const { namespace } = resource;
  if (namespace !== undefined && EXCLUDED_NAMESPACES.includes(namespace)) return siteAt(resource, resource.root.get('metadata.namespace'));
  const asks = siteAt(resource, pods.annotations?.entry(INJECT)?.value);
  if (!injected) return asks;
  const own = siteAt(resource, pods.annotations?.entry(TRANSPARENT)?.value);
  if (own.length > 0 || namespace === undefined || look.get(namespaceTransparency, namespace) === undefined) return [...asks, ...own];
  return [...asks, ...look.get(namespaceNamed, namespace).slice(0, 1).map(siteOf)];
}

function proxyText(pods: PodTemplate, { namespace }: Resource, injected: boolean, look: Lookups): string {
  if (namespace !== undefined && EXCLUDED_NAMESPACES.includes(namespace)) return `none, since pods of ${namespace} are left alone`;
  const reason = pods.annotations?.entry(INJECT) ? 'by annotation' : 'by default';
  if (!injected) return `none, ${reason}`;
  const ofNamespace = namespace === undefined ? undefined : look.get(namespaceTransparency, namespace);
  const transparent = isTransparent(pods, ofNamespace, look.get(isTransparentByDefault));
  return `injected, ${reason}${transparent === true ? '; takes all traffic of the pod' : transparent === false ? '; takes traffic to upstreams only' : ''}`;
}

function upstreamLines(pods: PodTemplate, service: string, resource: Resource, look: Lookups): readonly StateLine[] {
  const upstreams = upstreamsIn(podAnnotation(pods, UPSTREAMS) ?? '', look.get(isEnterprise)).filter((it) => it.fault === undefined);
  const written = siteAt(resource, pods.annotations?.entry(UPSTREAMS)?.value);
  return upstreams.slice(0, 8).map((it): StateLine => {
    const isHere = !it.isQuery && it.peer === undefined && it.datacenter === undefined;
    const decision = isHere ? look.get(decisionOn, `${service}>${it.name}`) : undefined;
    const answer =
      decision === undefined || decision === 'hidden' ? '' : decision.allows ? ', allowed by an intention' : ', denied by an intention';
    const place = [it.peer === undefined ? '' : `peer ${it.peer}`, it.datacenter === undefined ? '' : `datacenter ${it.datacenter}`].filter(
      (part) => part !== '',
    );
    return {
      topic: 'upstream',
      text: `${it.name}${place.length === 0 ? '' : ` (${listed(place)})`} at port ${it.port}${answer}`,
      sites: [...(decision === undefined || decision === 'hidden' ? [] : [siteOf(decision.intention)]), ...written],
    };
  });
}
