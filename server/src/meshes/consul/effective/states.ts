import type { Lookups } from '../../../index/tables.js';
import type { Resource } from '../../../model/resource.js';
import type { EffectiveState, StateLine } from '../../../rules/editor.js';
import { listed } from '../../kubernetes/editor.js';
import { POD_KINDS, podAnnotation, podTemplateOf, type PodTemplate } from '../../kubernetes/pod-templates.js';
import { INJECT, isConsulAnnotation, UPSTREAMS } from '../annotations.js';
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
import { chainLines } from './chain.js';

/** The way of traffic to a service, and who may send it; told where its entries stand. */
const entryState: EffectiveState = {
  kinds: ['ServiceDefaults', 'ServiceResolver', 'ServiceRouter', 'ServiceSplitter'],
  describe: ({ name }, look) => ({ lines: name === '' ? [] : [...chainLines(name, look), ...accessLines(name, look)] }),
};

const intentionState: EffectiveState = {
  kinds: ['ServiceIntentions'],
  describe({ root }, look) {
    const destination = root.text('spec.destination.name') ?? '';
    if (destination === '') return { lines: [] };
    return {
      lines: [{ topic: 'for', text: destination === ANY ? 'every service' : destination, sites: [] }, ...accessLines(destination, look)],
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
        { topic: 'proxy', text: proxyText(pods, resource, injected, look), sites: [] },
        ...(service === undefined || !injected
          ? []
          : [
              { topic: 'service', text: service, sites: [] },
              ...upstreamLines(pods, service, look),
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

function proxyText(pods: PodTemplate, { namespace }: Resource, injected: boolean, look: Lookups): string {
  if (namespace !== undefined && EXCLUDED_NAMESPACES.includes(namespace)) return `none, since pods of ${namespace} are left alone`;
  const reason = pods.annotations?.entry(INJECT) ? 'by annotation' : 'by default';
  if (!injected) return `none, ${reason}`;
  const ofNamespace = namespace === undefined ? undefined : look.get(namespaceTransparency, namespace);
  const transparent = isTransparent(pods, ofNamespace, look.get(isTransparentByDefault));
  return `injected, ${reason}${transparent === true ? '; takes all traffic of the pod' : transparent === false ? '; takes traffic to upstreams only' : ''}`;
}

function upstreamLines(pods: PodTemplate, service: string, look: Lookups): readonly StateLine[] {
  const upstreams = upstreamsIn(podAnnotation(pods, UPSTREAMS) ?? '', look.get(isEnterprise)).filter((it) => it.fault === undefined);
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
      sites:
        decision === undefined || decision === 'hidden' ? [] : [{ resource: decision.intention.resource, range: decision.intention.range }],
    };
  });
}
