import type { Lookups } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { displayName, namespaceKey, type Resource, type Site } from '../../model/resource.js';
import type { EffectiveState, StateLine } from '../../rules/editor.js';
import type { YamlNode } from '../../yaml/node.js';
import { listed, siteAt } from '../kubernetes/editor.js';
import { servicesNamed } from '../kubernetes/lookups.js';
import { namespaces } from '../kubernetes/tables.js';
import { admissionText, admitsKind, admitsNamespace, listenersMeant, sharesHostname } from './admission.js';
import { keyOf } from './kinds/shared.js';
import { gatewaysNamed, listenerSetsNamed } from './lookups.js';
import { isService, listenerHolder, objectRefIn, parentRefsOf, ROUTE_KINDS, type ParentRef } from './references.js';
import { gateways, listenerSets, routesByParent } from './tables.js';

function siteOf({ resource, range }: Definition<unknown>): Site {
  return { resource, range };
}

/** Where a route takes requests, and where each of its rules sends them. */
export const routeState: EffectiveState = {
  kinds: ROUTE_KINDS,
  describe(resource, look) {
    const { root } = resource;
    const hosts = root.list('spec.hostnames.*').flatMap((it) => it.text() ?? []);
    return {
      lines: [
        ...(hosts.length === 0 ? [] : [{ topic: 'hosts', text: listed(hosts), sites: siteAt(resource, root.get('spec.hostnames')) }]),
        ...parentRefsOf(resource).map((it) => parentLine(resource, it, look)),
        ...root.list('spec.rules.*').map((it, i) => ruleLine(resource, it, i, look)),
      ],
    };
  },
};

/** Which listeners of a parent take the route. */
function parentLine(resource: Resource, ref: ParentRef, look: Lookups): StateLine {
  const sites = siteAt(resource, ref.nameNode);
  const name = displayName(ref);
  if (isService(ref) || (ref.kind === 'Service' && ref.group === 'core'))
    return { topic: 'through', text: `calls to Service "${name}" in the mesh`, sites };
  const holder = listenerHolder(ref);
  // Of kinds that a mesh brings, that mesh tells.
  if (holder === undefined) return { topic: 'through', text: `${ref.kind} "${name}"`, sites };
  const [found] = look.get(holder === 'Gateway' ? gatewaysNamed : listenerSetsNamed, keyOf(ref));
  if (!found) return { topic: 'through', text: `${ref.kind} "${name}", which is not at hand`, sites };
  const places = resource.namespace === undefined ? [] : look.get(namespaces, resource.namespace);
  const hostnames = resource.root.list('spec.hostnames.*').flatMap((it) => it.text() ?? []);
  const taking = listenersMeant(found, ref).filter(
    (it) => admitsKind(it, resource.kind) && admitsNamespace(it, found.data, resource.namespace, places) && sharesHostname(it, hostnames),
  );
  const which =
    found.data.incomplete || ref.hidden ? 'some of its listeners, which a template fills in' : listed(taking.map((it) => it.name));
  return {
    topic: 'through',
    text: taking.length === 0 ? `no listener of ${ref.kind} "${name}" takes it` : `${ref.kind} "${name}", ${which}`,
    sites: [...sites, ...(taking.length === 0 ? [siteOf(found)] : taking.map(({ range }): Site => ({ resource: found.resource, range })))],
  };
}

function ruleLine(resource: Resource, rule: YamlNode, index: number, look: Lookups): StateLine {
  const backends = rule.list('backendRefs.*');
  const weights = backends.map((it) => (it.has('weight') ? it.number('weight') : 1));
  const sum = weights.reduce<number>((total, it) => total + (it ?? 0), 0);
  const to = backends.map((it, i) => {
    const ref = objectRefIn(it, resource, '', 'Service');
    if (!ref) return 'what a template fills in';
    const missing = isService(ref) && look.get(servicesNamed, keyOf(ref)).length === 0 ? ' (not at hand)' : '';
    const name = ref.namespace === resource.namespace ? ref.name : displayName(ref);
    const share = weights.includes(undefined) || backends.length === 1 || sum === 0 ? '' : ` ${Math.round((100 * weights[i]!) / sum)} %`;
    return `${name}${it.number('port') === undefined ? '' : ` port ${it.number('port')}`}${share}${missing}`;
  });
  const takes = [...new Set(rule.list('matches.*').map(matchText))].filter((it) => it !== '').join(' or ');
  const redirects = rule.list('filters.*').some((it) => it.text('type') === 'RequestRedirect');
  const leads = redirects
    ? 'redirects'
    : to.length === 0
      ? parentRefsOf(resource).some((it) => listenerHolder(it) !== undefined)
        ? 'answers 500: no backend'
        : 'goes where it was sent'
      : sum === 0
        ? 'answers 500: every weight is 0'
        : `to ${to.join(', ')}`;
  return {
    topic: 'routes',
    text: `${takes === '' ? (index === 0 ? 'all' : 'all else') : takes} ${leads}`,
    sites: backends.length === 0 ? siteAt(resource, rule) : backends.flatMap((it) => siteAt(resource, it)),
  };
}

function matchText(match: YamlNode): string {
  const path = match.text('path.value');
  const isPrefix = (match.text('path.type') ?? 'PathPrefix') === 'PathPrefix';
  const method =
    match.text('method') ?? [match.text('method.service'), match.text('method.method')].filter((it) => it !== undefined).join('/');
  return [
    method,
    path === undefined || (isPrefix && path === '/') ? '' : isPrefix && path.endsWith('/') ? `${path}*` : path,
    ...match.list('headers.*').map((it) => `${it.text('name') ?? '…'}: ${it.text('value') ?? '…'}`),
    ...match.list('queryParams.*').map((it) => `?${it.text('name') ?? '…'}=${it.text('value') ?? '…'}`),
  ]
    .filter((it) => it !== '')
    .join(' ');
}

/** Where a Gateway listens, and the routes that attach to it. */
const holderState: EffectiveState = {
  kinds: ['Gateway', 'ListenerSet', 'XListenerSet'],
  describe(resource, look) {
    const key = `${namespaceKey(resource.namespace)}/${resource.name}`;
    const found = look.get(resource.kind === 'Gateway' ? gateways : listenerSets, key).find((it) => it.resource === resource.id);
    if (!found) return { lines: [] };
    const { data } = found;
    const routes = look.get(routesByParent, `${data.kind}/${keyOf(data)}`);
    return {
      lines: [
        ...(data.className === undefined
          ? []
          : [{ topic: 'class', text: data.className, sites: siteAt(resource, resource.root.get('spec.gatewayClassName')) }]),
        ...data.listeners.map((it): StateLine => ({
          topic: 'listener',
          text: [
            it.name,
            [it.protocol, it.port].filter((part) => part !== undefined).join(' '),
            it.hostname ?? 'every hostname',
            it.from === 'All'
              ? 'admits routes of all namespaces'
              : it.from === undefined
                ? 'a template says whom it admits'
                : admissionText(it),
          ]
            .filter((part) => part !== '')
            .join('; '),
          sites: [{ resource: resource.id, range: it.range }],
        })),
        ...(routes.length === 0 ? [{ topic: 'routes', text: 'none at hand', sites: [] }] : []),
        ...routes.map((it): StateLine => ({ topic: 'routes', text: `${it.data.kind} "${displayName(it.data)}"`, sites: [siteOf(it)] })),
      ],
    };
  },
};

export const states: readonly EffectiveState[] = [routeState, holderState];
