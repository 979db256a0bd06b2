import type { Definition } from '../../../model/facts.js';
import { displayHost } from '../../../model/hosts.js';
import { displayName, namespaceKey, type Resource, type Site } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import type { EffectiveState, StateLine } from '../../../rules/editor.js';
import { listed, podNames, workloadNames } from '../../kubernetes/editor.js';
import { selectedWorkloads } from '../../kubernetes/lookups.js';
import { workloadKey } from '../../kubernetes/tables.js';
import { injectionOf, namespaceLabels } from '../injection.js';
import { destinationRulesFor } from '../lookups.js';
import { meshConfig } from '../mesh-config.js';
import { modeOfNamespace } from '../mtls.js';
import { authorizationPolicies, gateways, serviceEntriesIn, sidecars, virtualServicesByGateway } from '../tables.js';
import { isOutsideIstio } from '../usage.js';
import { podsText, routesOfHost } from './routes.js';

function siteAt({ id, root }: Resource, path: string): readonly Site[] {
  const node = root.get(path);
  return node ? [{ resource: id, range: { start: node.start, end: node.end } }] : [];
}

function siteOf({ resource, range }: Definition<unknown>): Site {
  return { resource, range };
}

/** Where a Gateway takes requests, on which pods, and who routes them. */
export const gatewayState: EffectiveState = {
  kinds: ['Gateway'],
  describe(resource, look) {
    const key = `${namespaceKey(resource.namespace)}/${resource.name}`;
    const data = look.get(gateways, key).find((it) => it.resource === resource.id)?.data;
    if (!data) return { lines: [] };
    const pods = Object.keys(data.selector).length === 0 ? [] : look.get(selectedWorkloads, `*/${selectorText(data.selector)}`);
    const routes = look.get(virtualServicesByGateway, key);
    return {
      lines: [
        { topic: 'pods', text: pods.length === 0 ? 'no workload at hand' : podNames(pods), sites: pods.map(siteOf) },
        ...data.servers.map((it, i): StateLine => ({
          topic: 'server',
          text: [
            [it.port, it.protocol].filter((part) => part !== undefined).join(' '),
            listed(it.hosts),
            it.tlsMode === undefined
              ? ''
              : `TLS ${it.tlsMode}${it.credentialName === undefined ? '' : ` with Secret "${it.credentialName}"`}`,
            it.httpsRedirect ? 'sends everybody to https' : '',
          ]
            .filter((part) => part !== '')
            .join('; '),
          sites: siteAt(resource, `spec.servers.${i}`),
        })),
        ...(routes.length === 0 ? [{ topic: 'routes', text: 'none: no VirtualService is bound to it, so it answers 404', sites: [] }] : []),
        ...routes.map((it): StateLine => ({
          topic: 'routes',
          text: `${listed(it.data.hosts.map((host) => displayHost(host)))} by VirtualService "${displayName(it.data)}"`,
          sites: [siteOf(it)],
        })),
      ],
    };
  },
};

/** What each host of a ServiceEntry comes to. */
export const serviceEntryState: EffectiveState = {
  kinds: ['ServiceEntry'],
  describe(resource, look) {
    const found = look.get(serviceEntriesIn, namespaceKey(resource.namespace)).filter((it) => it.resource === resource.id);
    const [first] = found;
    if (!first) return { lines: [] };
    const { location, resolution, ports, exportTo, workloadSelector } = first.data;
    const behind: StateLine = {
      topic: 'addresses',
      text: [location === 'MESH_INTERNAL' ? 'in the mesh' : 'outside the mesh', `resolution ${resolution ?? 'NONE'}`].join(', '),
      sites: [...siteAt(resource, 'spec.location'), ...siteAt(resource, 'spec.resolution')],
    };
    return {
      lines: [
        ...found.map((it): StateLine => ({ topic: 'host', text: it.data.host, sites: [siteOf(it)] })),
        behind,
        ...(workloadSelector === undefined
          ? []
          : [{ topic: 'pods', text: podsText(first.data.host, undefined, look), sites: siteAt(resource, 'spec.workloadSelector') }]),
        ...(exportTo.length === 0 ? [] : [{ topic: 'seen by', text: listed(exportTo), sites: siteAt(resource, 'spec.exportTo') }]),
        ...found.flatMap(({ data: { host } }) => [
          ...routesOfHost(host, look),
          ...look.get(destinationRulesFor, host).flatMap((rule): StateLine[] =>
            rule.data.tlsMode === undefined
              ? []
              : [
                  {
                    topic: 'clients',
                    text: `TLS ${rule.data.tlsMode} by DestinationRule "${displayName(rule.data)}"`,
                    sites: [siteOf(rule)],
                  },
                ],
          ),
        ]),
        {
          topic: 'protocol',
          text: ports.map((it) => `${it.number ?? ''} ${it.protocol?.toLowerCase() ?? 'not known'}`.trim()).join(', ') || 'no port',
          sites: siteAt(resource, 'spec.ports'),
        },
      ],
    };
  },
};

/** What holds for the pods of a Namespace that say nothing themselves. */
export const namespaceState: EffectiveState = {
  kinds: ['Namespace'],
  describe(resource, look) {
    const { name } = resource;
    if (look.get(isOutsideIstio, name)) return { lines: [] };
    const labels = look.get(namespaceLabels, name)?.data.labels ?? {};
    const label = ['istio-injection', 'istio.io/rev', 'istio.io/dataplane-mode'].find((it) => labels[it] !== undefined);
    const { mode, policy } = look.get(modeOfNamespace, name);
    const { rootNamespace } = look.get(meshConfig, '');
    const workloads = look.get(selectedWorkloads, `${name}/`);
    const bare = workloads.filter((it) => look.get(injectionOf, workloadKey(it.data)).state === 'none');
    const policies = [...new Set([rootNamespace, name])]
      .flatMap((it) => look.get(authorizationPolicies, it))
      .filter((it) => Object.keys(it.data.selector ?? {}).length === 0 && !it.data.hasTargetRef);
    const sidecar = look.get(sidecars, name).find((it) => Object.keys(it.data.selector ?? {}).length === 0);
    return {
      lines: [
        {
          topic: 'sidecar',
          text: label === undefined ? 'none, but where pods ask for one: no label injects' : `${label}=${labels[label] ?? ''}`,
          sites: label === undefined ? [] : siteAt(resource, 'metadata.labels'),
        },
        { topic: 'mTLS', text: `${mode ?? 'not known'}${policy ? '' : ' (the default)'}`, sites: policy ? [siteOf(policy)] : [] },
        {
          topic: 'callers',
          text:
            policies.length === 0
              ? 'everybody: no AuthorizationPolicy is for the whole namespace'
              : listed(policies.map((it) => `${it.data.action} "${displayName(it.data)}"${it.data.dryRun ? ' (dry run)' : ''}`)),
          sites: policies.map(siteOf),
        },
        ...(sidecar === undefined
          ? []
          : [
              {
                topic: 'sees',
                text: `${listed(sidecar.data.egress ?? [])} (Sidecar "${displayName(sidecar.data)}")`,
                sites: [siteOf(sidecar)],
              },
            ]),
        ...(bare.length === 0 ? [] : [{ topic: 'without', text: `${workloadNames(bare)}: no sidecar`, sites: bare.map(siteOf) }]),
      ],
    };
  },
};

/** Whose view a Sidecar narrows, and to what. */
export const sidecarState: EffectiveState = {
  kinds: ['Sidecar'],
  describe(resource, look) {
    const data = look.get(sidecars, namespaceKey(resource.namespace)).find((it) => it.resource === resource.id)?.data;
    if (!data) return { lines: [] };
    const everywhere = data.selector === undefined && resource.namespace === look.get(meshConfig, '').rootNamespace;
    const place = everywhere ? '*' : namespaceKey(resource.namespace);
    const pods = look.get(selectedWorkloads, `${place}/${selectorText(data.selector ?? {})}`);
    const hosts = data.egress ?? [];
    return {
      lines: [
        { topic: 'for', text: pods.length === 0 ? 'no workload at hand' : workloadNames(pods), sites: pods.map(siteOf) },
        { topic: 'sees', text: hosts.length === 0 ? 'everything' : listed(hosts), sites: siteAt(resource, 'spec.egress') },
      ],
    };
  },
};
