import { clusterDomain } from '../../../index/settings.js';
import type { Lookups } from '../../../index/tables.js';
import type { Definition } from '../../../model/facts.js';
import { displayHost, serviceHost } from '../../../model/hosts.js';
import { namespaceKey, type ResourceId, type Site } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import type { YamlNode } from '../../../yaml/node.js';
import type { EffectiveState, StateLine } from '../../../rules/editor.js';
import { counted, listed, workloadNames } from '../../kubernetes/editor.js';
import { selectedWorkloads } from '../../kubernetes/lookups.js';
import { services, workloadKey, type Service, type Workload } from '../../kubernetes/tables.js';
import { injectionOf } from '../injection.js';
import { destinationRulesFor, gatewaysNamed, workloadsOfHost } from '../lookups.js';
import { meshConfig } from '../mesh-config.js';
import { serverMtlsOf } from '../mtls.js';
import { isOutsideIstio } from '../usage.js';
import { authorizationPolicies, destinationRules, peerAuthentications, virtualServices } from '../tables.js';
import { canonicalHost } from '../hosts.js';
import { grantsOf } from './access.js';
import { podsOf, podsText, routeLines, routesOfHost } from './routes.js';
import { protocolLines } from './workload.js';

/** What a Service's host comes to. */
export const serviceState: EffectiveState = {
  kinds: ['Service'],
  describe({ namespace, name }, look) {
    const definition = look.get(services, `${namespaceKey(namespace)}/${name}`)[0];
    if (!definition) return { lines: [] };
    const host = serviceHost(name, namespace);
    const pods = look.get(workloadsOfHost, host) ?? [];
    const hostLine: StateLine = {
      topic: 'host',
      text: serviceHost(name, namespace, look.get(clusterDomain, '')),
      sites: [own(definition)],
    };
    const podsLine: StateLine = { topic: 'pods', text: podsText(host, undefined, look), sites: pods.map(own) };
    // What a Service picks is the same in every mesh; the rest is for that mesh to tell.
    if (look.get(isOutsideIstio, namespaceKey(namespace))) return { lines: [hostLine, podsLine] };
    const modes = [...new Set(pods.map((it) => modesText(it, definition.data, look)))];
    const rules = look.get(destinationRulesFor, host);
    return {
      lines: [
        hostLine,
        podsLine,
        ...rules.flatMap(({ data, resource, range }) =>
          data.subsets.map((it): StateLine => ({
            topic: 'subset',
            text: `${it.name} (${selectorText(it.labels) || 'no labels'}): ${podsText(host, it.name, look)}`,
            sites: [{ resource, range }, ...podsOf(host, it.name, look).map(own)],
          })),
        ),
        ...routesOfHost(host, look),
        ...(modes.length === 0 ? [] : [{ topic: 'mTLS', text: modes.join(' and '), sites: pods.flatMap((it) => deciding(it, look)) }]),
        ...protocolLines([definition]),
      ],
    };
  },
};

function own({ resource, range }: Definition<unknown>): Site {
  return { resource, range };
}

/** What decides the mTLS of a workload: the policy, or the place that keeps the proxy out. */
function deciding({ data }: Definition<Workload>, look: Lookups): readonly Site[] {
  const { state, decidedBy } = look.get(injectionOf, workloadKey(data));
  if (state === 'none') return decidedBy ? [decidedBy] : [];
  const { policy } = look.get(serverMtlsOf, workloadKey(data));
  return policy ? [own(policy)] : [];
}

function siteAt(resource: ResourceId, root: YamlNode, path: string): readonly Site[] {
  const node = root.get(path);
  return node ? [{ resource, range: { start: node.start, end: node.end } }] : [];
}

/** mTLS that a workload asks of callers of a Service, with the Service's ports for which it asks another. */
function modesText({ data }: Definition<Workload>, { ports }: Service, look: Lookups): string {
  const key = workloadKey(data);
  if (look.get(injectionOf, key).state === 'none') return 'none (no sidecar)';
  const { mode, ports: exceptions } = look.get(serverMtlsOf, key);
  const others = ports.flatMap(({ number, targetPort }) => {
    const own = exceptions[String(targetPort ?? number)];
    return own === undefined || own === mode ? [] : [`${number} ${own}`];
  });
  return [mode ?? 'not known', ...others].join('; ');
}

/** Where a VirtualService takes requests, and where it sends them. */
export const virtualServiceState: EffectiveState = {
  kinds: ['VirtualService'],
  describe({ namespace, name, id, root }, look) {
    const found = look.get(virtualServices, `${namespaceKey(namespace)}/${name}`);
    const definition = found.find((it) => it.resource === id) ?? found[0];
    if (!definition) return { lines: [] };
    const { data } = definition;
    const at = (path: string): readonly Site[] => siteAt(id, root, path);
    const targets = new Map(data.destinations.map((it) => [`${it.host}/${it.subset ?? ''}`, it]));
    return {
      lines: [
        { topic: 'hosts', text: data.hosts.length === 0 ? 'none: others may delegate to it' : listed(data.hosts), sites: at('spec.hosts') },
        {
          topic: 'through',
          text: listed(data.gateways.map((it) => (it === 'mesh' ? 'the mesh' : it))),
          sites: [...at('spec.gateways'), ...data.gateways.flatMap((it) => look.get(gatewaysNamed, it)).map(own)],
        },
        ...routeLines(definition),
        ...[...targets.values()].map(({ host, subset }) => ({
          topic: 'pods',
          text: `${displayHost(host)}${subset === undefined ? '' : ` ${subset}`}: ${podsText(host, subset, look)}`,
          sites: podsOf(host, subset, look).map(own),
        })),
      ],
    };
  },
};

export const destinationRuleState: EffectiveState = {
  kinds: ['DestinationRule'],
  describe(resource, look) {
    const host = resource.root.text('spec.host');
    const found = host === undefined ? [] : look.get(destinationRules, canonicalHost(host, resource.namespace));
    const data = found.find((it) => it.resource === resource.id)?.data;
    if (!data) return { lines: [] };
    return {
      lines: [
        { topic: 'host', text: data.host, sites: siteAt(resource.id, resource.root, 'spec.host') },
        ...data.subsets.map((it, i) => ({
          topic: 'subset',
          text: `${it.name} (${selectorText(it.labels) || 'no labels'}): ${podsText(data.host, it.name, look)}`,
          sites: [...siteAt(resource.id, resource.root, `spec.subsets.${i}`), ...podsOf(data.host, it.name, look).map(own)],
        })),
      ],
    };
  },
};

/** Whom an AuthorizationPolicy lets in, and to what. */
export const authorizationState: EffectiveState = {
  kinds: ['AuthorizationPolicy'],
  describe(resource, look) {
    const found = look.get(authorizationPolicies, namespaceKey(resource.namespace)).find((it) => it.resource === resource.id);
    if (!found) return { lines: [] };
    const { data } = found;
    const everywhere = resource.namespace === look.get(meshConfig, '').rootNamespace;
    const picked = look.get(selectedWorkloads, `${everywhere ? '*' : namespaceKey(data.namespace)}/${selectorText(data.selector ?? {})}`);
    const grants = grantsOf(found);
    return {
      lines: [
        {
          topic: 'for',
          text: data.hasTargetRef ? 'what its targetRefs name' : picked.length === 0 ? 'no workload at hand' : workloadNames(picked),
          sites: picked.map(own),
        },
        {
          topic: data.action.toLowerCase(),
          text: grants.length === 0 ? 'nobody' : listed(grants),
          sites: siteAt(resource.id, resource.root, 'spec.rules'),
        },
        ...(data.dryRun
          ? [{ topic: 'enforced', text: 'no: a dry run', sites: siteAt(resource.id, resource.root, 'metadata.annotations') }]
          : []),
      ],
    };
  },
};

/** Which workloads a PeerAuthentication reaches. */
export const peerState: EffectiveState = {
  kinds: ['PeerAuthentication'],
  describe(resource, look) {
    const found = look.get(peerAuthentications, namespaceKey(resource.namespace)).find((it) => it.resource === resource.id);
    if (!found) return { lines: [] };
    const everywhere = found.data.selector === undefined && resource.namespace === look.get(meshConfig, '').rootNamespace;
    const picked = look.get(
      selectedWorkloads,
      `${everywhere ? '*' : namespaceKey(resource.namespace)}/${selectorText(found.data.selector ?? {})}`,
    );
    const ruled = picked.filter((it) => look.get(serverMtlsOf, workloadKey(it.data)).policy?.resource === resource.id);
    const bare = ruled.filter((it) => look.get(injectionOf, workloadKey(it.data)).state === 'none');
    return {
      lines: [
        {
          topic: 'mTLS',
          text:
            found.data.mode === 'UNSET'
              ? `not set here, for ${picked.length === 0 ? 'no workload at hand' : workloadNames(picked)}: the namespace or the mesh decides`
              : `${found.data.mode ?? 'not known'} for ${ruled.length === 0 ? 'no workload at hand' : workloadNames(ruled)}`,
          sites: ruled.map(own),
        },
        ...(found.data.portModes.length === 0
          ? []
          : [
              {
                topic: 'ports',
                text:
                  listed(found.data.portModes.map((it) => `${it.port} ${it.mode ?? 'not known'}`)) +
                  ` for ${picked.length === 0 ? 'no workload at hand' : workloadNames(picked)}`,
                sites: found.data.portModes.map(({ range }): Site => ({ resource: resource.id, range })),
              },
            ]),
        ...(bare.length === 0
          ? []
          : [
              {
                topic: 'without',
                text: `${counted(bare.length, 'workload')} without a sidecar: ${workloadNames(bare)}`,
                sites: bare.map((it) => ({ resource: it.resource, range: it.range })),
              },
            ]),
      ],
    };
  },
};
