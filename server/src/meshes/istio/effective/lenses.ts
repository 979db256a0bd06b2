import type { Definition } from '../../../model/facts.js';
import { displayHost, serviceHost } from '../../../model/hosts.js';
import { namespaceKey, type Site } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import type { Lens, LensPart } from '../../../rules/editor.js';
import { counted, listed } from '../../kubernetes/editor.js';
import { selectedWorkloads } from '../../kubernetes/lookups.js';
import { services, workloads, workloadKey } from '../../kubernetes/tables.js';
import { injectionOf, isOfAnotherMesh } from '../injection.js';
import { gatewaysNamed, ownersOfHost, workloadsOfHost } from '../lookups.js';
import { meshConfig } from '../mesh-config.js';
import { serverMtlsOf } from '../mtls.js';
import { authorizationPolicies, peerAuthentications, virtualServices } from '../tables.js';
import { accessOf, grantsOf } from './access.js';
import { virtualServicesFor } from './routes.js';
import { WORKLOAD_KINDS } from './workload.js';

/** One line above a resource: what it is to others. */
export const lenses: readonly Lens[] = [
  {
    kinds: ['VirtualService'],
    describe({ namespace, name }, { look }) {
      const data = look.get(virtualServices, `${namespaceKey(namespace)}/${name}`)[0]?.data;
      if (!data) return [];
      const gateways = data.gateways.filter((it) => it !== 'mesh');
      const hosts = [...new Set(data.destinations.filter((it) => !it.mirror).map((it) => it.host))];
      const parts: LensPart[] = [];
      if (gateways.length > 0) {
        const sites = gateways.flatMap((it) => sitesOf(look.get(gatewaysNamed, it)));
        parts.push({ group: 'references', text: counted(gateways.length, 'gateway'), sites });
      }
      if (hosts.length > 0) {
        const sites = hosts.flatMap((it) => sitesOf<unknown>(look.get(ownersOfHost, it)));
        // The own namespace goes without saying.
        const shown = hosts.map((it) => displayHost(it).replace(new RegExp(`\\.${namespace ?? '\\?'}$`), ''));
        parts.push({ group: 'references', text: `routes to ${listed(shown)}`, sites });
      }
      return parts;
    },
  },
  {
    kinds: ['DestinationRule'],
    describe(_resource, { referrers }) {
      const sites = referrers('VirtualService');
      return sites.length === 0 ? [] : [{ group: 'references', text: `used by ${counted(sites.length, 'VirtualService')}`, sites }];
    },
  },
  {
    kinds: ['Gateway'],
    describe(_resource, { referrers }) {
      const sites = referrers('VirtualService');
      return sites.length === 0 ? [] : [{ group: 'references', text: counted(sites.length, 'VirtualService'), sites }];
    },
  },
  {
    kinds: ['Service'],
    describe({ namespace, name }, { look }) {
      const definition = look.get(services, `${namespaceKey(namespace)}/${name}`)[0];
      if (!definition) return [];
      const host = serviceHost(name, namespace);
      const pods = look.get(workloadsOfHost, host);
      const routes = virtualServicesFor(host, look);
      const parts: LensPart[] = [];
      if (pods !== undefined) parts.push({ group: 'workloads', text: counted(pods.length, 'workload'), sites: sitesOf(pods) });
      if (routes.length > 0) parts.push({ group: 'references', text: counted(routes.length, 'VirtualService'), sites: sitesOf(routes) });
      return parts;
    },
  },
  {
    kinds: ['AuthorizationPolicy'],
    describe(resource, { look }) {
      const { rootNamespace } = look.get(meshConfig, '');
      const found = look.get(authorizationPolicies, namespaceKey(resource.namespace)).find((it) => it.resource === resource.id);
      if (!found || found.data.hasTargetRef || found.data.incomplete) return [];
      const { selector, action, dryRun } = found.data;
      const place = resource.namespace === rootNamespace ? '*' : namespaceKey(resource.namespace);
      const picked = look.get(selectedWorkloads, `${place}/${selectorText(selector ?? {})}`);
      if (picked.length === 0) return [];
      const names = listed(picked.map((it) => it.data.name));
      const callers = grantsOf(found).length;
      const what: Readonly<Record<string, string>> = {
        ALLOW: 'default deny for',
        DENY: 'denies for',
        AUDIT: 'logs for',
        CUSTOM: 'asks for',
      };
      const parts: LensPart[] = [
        { group: 'callers', text: `${dryRun ? 'dry run: ' : ''}${what[action] ?? 'for'} ${names}`, sites: sitesOf(picked) },
      ];
      if (action === 'ALLOW') {
        parts.push({
          group: 'callers',
          text:
            callers === 0
              ? 'nobody allowed'
              : grantsOf(found).some((it) => it.startsWith('everybody'))
                ? 'everybody allowed'
                : `${counted(callers, 'caller')} allowed`,
          sites: [],
        });
      }
      return parts;
    },
  },
  {
    kinds: ['PeerAuthentication'],
    describe(resource, { look }) {
      const found = look.get(peerAuthentications, namespaceKey(resource.namespace)).find((it) => it.resource === resource.id);
      const mode = found?.data.mode;
      if (!found || mode === undefined) return [];
      const everywhere = found.data.selector === undefined && resource.namespace === look.get(meshConfig, '').rootNamespace;
      const place = everywhere ? '*' : namespaceKey(resource.namespace);
      const picked = look.get(selectedWorkloads, `${place}/${selectorText(found.data.selector ?? {})}`);
      if (picked.length === 0) return [];
      if (mode === 'UNSET') return [{ group: 'workloads', text: `for ${counted(picked.length, 'workload')}`, sites: sitesOf(picked) }];
      const ruled = picked.filter((it) => look.get(serverMtlsOf, workloadKey(it.data)).policy?.resource === resource.id);
      const bare = ruled.filter((it) => look.get(injectionOf, workloadKey(it.data)).state === 'none');
      const parts: LensPart[] = [{ group: 'workloads', text: `${mode} for ${counted(ruled.length, 'workload')}`, sites: sitesOf(ruled) }];
      if (bare.length > 0) parts.push({ group: 'workloads', text: `${bare.length} without sidecar`, sites: sitesOf(bare) });
      return parts;
    },
  },
  {
    kinds: WORKLOAD_KINDS,
    describe({ namespace, kind, name }, { look }) {
      const key = `${namespaceKey(namespace)}/${kind}/${name}`;
      if (look.get(workloads, key).length === 0 || look.get(isOfAnotherMesh, key)) return [];
      const { state, decidedBy } = look.get(injectionOf, key);
      if (state === 'unknown') return [];
      const { mode, policy } = look.get(serverMtlsOf, key);
      const access = look.get(accessOf, key);
      const states = { injected: 'sidecar', none: 'no sidecar', ambient: 'ambient' };
      const parts: LensPart[] = [{ group: 'workloads', text: states[state], sites: decidedBy ? [decidedBy] : [] }];
      // Without a proxy nobody enforces anything.
      if (state === 'none') return parts;
      if (mode !== undefined) parts.push({ group: 'workloads', text: mode, sites: policy ? sitesOf([policy]) : [] });
      if (access.rest === 'denied')
        parts.push({ group: 'callers', text: counted(access.callers.length, 'caller'), sites: sitesOf(access.allow) });
      return parts;
    },
  },
];

function sitesOf<D>(definitions: readonly Definition<D>[]): readonly Site[] {
  return definitions.map(({ resource, range }) => ({ resource, range }));
}
