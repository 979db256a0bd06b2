import { defineLookup, type Lookups } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { namespaceKey, type Resource, type Site } from '../../model/resource.js';
import type { EffectiveState, Lens, LensPart, StateLine } from '../../rules/editor.js';
import { routeState } from '../gateway-api/effective.js';
import { annotationSite, counted, listed, siteAt, workloadNames } from '../kubernetes/editor.js';
import { isMeshInUse } from '../kubernetes/lookups.js';
import { POD_KINDS, podTemplateOf } from '../kubernetes/pod-templates.js';
import { services, workloadKey, workloads, type Workload } from '../kubernetes/tables.js';
import { accessOfServer, clientsOf, grantsOf, type ServerAccess } from './access.js';
import { identityOf } from './identities.js';
import { injectionOf, namespaceInjection, type Injection } from './injection.js';
import { keyOf } from './kinds/shared.js';
import {
  externalWorkloadsOfServer,
  portsOfExternal,
  portsOfServer,
  rulingProfilesOf,
  serversOfExternal,
  serversOfWorkload,
  workloadsOfServer,
} from './lookups.js';
import { isOpaquePort, OPAQUE_PORTS, opaquePortsOfNamespace } from './opaque.js';
import { isOf, isPolicyTarget, targetKey, targetOf } from './references.js';
import { linkerdConfig } from './settings.js';
import {
  externalWorkloadsIn,
  meshTlsAuthentications,
  namespaceMarks,
  POLICY_GROUP,
  policiesOn,
  rateLimitsOn,
  routesOn,
  servers,
  type RouteFacts,
  type ServerFacts,
} from './tables.js';
import { accessText, DEFAULT_POLICY } from './words.js';

/** Who may reach ports of a workload that no Server covers, and what says so. */
const defaultPolicyOf = defineLookup<{ readonly policy: string; readonly site: Site | undefined }>(
  'linkerd/defaultPolicyOf',
  (look, key) => {
    const workload = look.get(workloads, key)[0];
    const own = workload?.data.annotations[DEFAULT_POLICY];
    if (workload && own !== undefined) return { policy: own, site: siteOf(workload) };
    const place = workload?.data.namespace === undefined ? undefined : look.get(namespaceInjection, workload.data.namespace);
    const around = place?.data.annotations[DEFAULT_POLICY];
    if (place && around !== undefined)
      return { policy: around, site: siteOf(look.get(namespaceMarks, `${place.data.name}/${DEFAULT_POLICY}`)[0] ?? place) };
    return { policy: look.get(linkerdConfig, '').defaultInboundPolicy, site: undefined };
  },
);

/** Whom everything that is said of a Server lets in. */
export function callersOf(access: ServerAccess, look: Lookups): readonly string[] {
  const ofRoutes = access.routes.flatMap(({ route, policies }) =>
    policies.flatMap((it) => grantsOf(it, look)).map((caller) => `${caller} by ${route.data.kind} "${route.data.name}"`),
  );
  return [...new Set([...access.policies.flatMap((it) => grantsOf(it, look)), ...access.authorizations.flatMap(clientsOf), ...ofRoutes])];
}

function accessLine(topic: string, server: Definition<ServerFacts>, look: Lookups): StateLine {
  const access = look.get(accessOfServer, keyOf(server.data));
  const callers = callersOf(access, look);
  const { accessPolicy } = server.data;
  const rest = accessPolicy === undefined ? '' : accessText(accessPolicy);
  const allowed = callers.length > 0 ? `allowed: ${listed(callers)}` : '';
  const text = accessPolicy === 'deny' && callers.length === 0 ? 'nobody is allowed' : [allowed, rest].filter((it) => it !== '').join('; ');
  return {
    topic,
    text,
    sites: [...access.policies, ...access.authorizations, ...access.routes.flatMap((it) => it.policies)].map(siteOf),
  };
}

/** What a workload comes to: proxy, identity, and for each port who may call. */
export const workloadState: EffectiveState = {
  kinds: POD_KINDS,
  describe(resource, look) {
    const key = workloadKey(resource);
    const workload = look.get(workloads, key)[0];
    const injected = look.get(injectionOf, key);
    if (!workload || !look.get(isMeshInUse, 'linkerd')) return { lines: [] };
    const lines: StateLine[] = [
      { topic: 'linkerd', text: injectionText(injected, workload.data), sites: injected.decidedBy ? [injected.decidedBy] : [] },
    ];
    if (injected.state === 'none') return { lines };
    const config = look.get(linkerdConfig, '');
    const pods = podTemplateOf(resource);
    if (workload.data.namespace !== undefined)
      lines.push({
        topic: 'identity',
        text: identityOf(workload.data.serviceAccount, workload.data.namespace, config),
        sites: siteAt(resource, pods?.spec?.get('serviceAccountName')),
      });
    const covered = new Set<number>();
    for (const server of look.get(serversOfWorkload, key)) {
      for (const port of portsOfServer(server.data, workload.data)) {
        if (covered.has(port)) continue;
        covered.add(port);
        const line = accessLine(`port ${port}`, server, look);
        lines.push({
          ...line,
          text: `Server "${server.data.name}", ${server.data.protocol}: ${line.text}`,
          sites: [siteOf(server), ...line.sites],
        });
      }
    }
    const { policy, site } = look.get(defaultPolicyOf, key);
    lines.push({
      topic: covered.size > 0 ? 'other ports' : 'ports',
      text: `${policy}: ${accessText(policy)}${site ? '' : ' (default)'}`,
      sites: site ? own(DEFAULT_POLICY, [site]) : [],
    });
    const opaque =
      workload.data.annotations[OPAQUE_PORTS] ?? (workload.data.namespace && look.get(opaquePortsOfNamespace, workload.data.namespace));
    if (opaque)
      lines.push({
        topic: 'opaque',
        text: `ports ${opaque}`,
        sites: own(OPAQUE_PORTS, look.get(namespaceMarks, `${workload.data.namespace ?? ''}/${OPAQUE_PORTS}`).map(siteOf)),
      });
    return { lines };

    /** The annotation of the pods, else what stands for it around them. */
    function own(name: string, around: readonly Site[]): readonly Site[] {
      const entry = pods?.annotations?.entry(name);
      return entry ? siteAt(resource, entry.value) : around;
    }
  },
};

function injectionText({ state, why, mode }: Injection, { namespace }: Workload): string {
  switch (why) {
    case 'own-proxy':
      return 'proxy in the manifest itself';
    case 'host-network':
      return 'no proxy (network of the host)';
    case 'excluded-namespace':
      return `no proxy (the injector leaves "${namespace}" alone)`;
    case 'webhooks-disabled':
      return `no proxy (webhooks are off for "${namespace}")`;
    case 'namespace':
      return `proxy${mode === 'ingress' ? ' for an ingress controller' : ''} (Namespace "${namespace}")`;
    case 'namespace-value':
      return `no proxy (Namespace "${namespace}" has a value that nobody knows)`;
    case 'namespace-silent':
      return `no proxy (neither the pod nor Namespace "${namespace}" asks for one)`;
    case 'pod':
      return `proxy${mode === 'ingress' ? ' for an ingress controller' : ''} (pod template)`;
    case 'pod-disabled':
      return 'no proxy (turned off by the pod template)';
    case 'pod-value':
      return 'no proxy (the pod template has a value that nobody knows)';
    case 'namespace-not-at-hand':
      return state === 'unknown' ? 'proxy or none: the Namespace is not in this workspace' : 'proxy';
  }
}

/** What a Server comes to: its pods, who may call, its routes and limits. */
const serverState: EffectiveState = {
  kinds: ['Server'],
  describe(resource, look) {
    const server = look.get(servers, keyOf(resource)).find((it) => it.resource === resource.id);
    if (!server) return { lines: [] };
    const pods = look.get(workloadsOfServer, keyOf(resource));
    const external = look.get(externalWorkloadsOfServer, keyOf(resource));
    const limits = look.get(rateLimitsOn, keyOf(resource));
    const access = look.get(accessOfServer, keyOf(resource));
    const lines: StateLine[] = [
      {
        topic: 'pods',
        text:
          pods.length + external.length === 0
            ? 'none at hand'
            : listed([...pods.map((it) => podText(server.data, it.data)), ...external.map((it) => it.data.name)]),
        sites: [...pods.map(siteOf), ...external.map(siteOf)],
      },
      unenforcedLine(pods, external.length, look) ??
        withSites(accessLine('callers', server, look), siteAt(resource, resource.root.get('spec.accessPolicy'))),
    ];
    if (access.routes.length > 0)
      lines.push({
        topic: 'routes',
        text: listed(access.routes.map((it) => `${it.route.data.kind} "${it.route.data.name}"`)),
        sites: access.routes.map((it) => siteOf(it.route)),
      });
    if (limits.length > 0) lines.push({ topic: 'limits', text: limits[0]!.data.limits || 'for some clients', sites: limits.map(siteOf) });
    return { summary: `port ${server.data.port ?? ''}, ${server.data.protocol}`, lines };
  },
};

/** `cart 8080`, or that the pods have no port of the name. */
function podText(server: ServerFacts, workload: Workload): string {
  const ports = portsOfServer(server, workload);
  if (ports.length > 0) return `${workload.name} ${ports.join(', ')}`;
  return typeof server.port === 'string' && !workload.incomplete ? `${workload.name} (no port "${server.port}")` : workload.name;
}

/** Nothing guards pods without a proxy, whatever is said of them; undefined where some may have one. */
function unenforcedLine(pods: readonly Definition<Workload>[], external: number, look: Lookups): StateLine | undefined {
  const found = pods.map((it) => look.get(injectionOf, workloadKey(it.data)));
  if (external > 0 || pods.length === 0 || found.some((it) => it.state !== 'none')) return undefined;
  return {
    topic: 'callers',
    text: 'everybody: its pods have no proxy, so nothing is enforced',
    sites: found.flatMap((it) => it.decidedBy ?? []),
  };
}

function withSites(line: StateLine, more: readonly Site[]): StateLine {
  return { ...line, sites: [...line.sites, ...more] };
}

/** What calls to a Service come to: which of profile, routes and annotations rules, and which ports are opaque. */
export const serviceState: EffectiveState = {
  kinds: ['Service'],
  describe(resource, look) {
    const service = look.get(services, keyOf(resource)).find((it) => it.resource === resource.id)?.data;
    if (!service || !look.get(isMeshInUse, 'linkerd')) return { lines: [] };
    const lines: StateLine[] = [];
    const profiles = look.get(rulingProfilesOf, keyOf(resource));
    const routes = look.get(routesOn, `Service/${keyOf(resource)}`);
    if (profiles.length > 0)
      lines.push({ topic: 'calls', text: `ServiceProfile "${profiles[0]!.data.name}" decides`, sites: profiles.map(siteOf) });
    else if (routes.length > 0)
      lines.push({ topic: 'calls', text: listed(routes.map((it) => routeText(it.data, resource.namespace))), sites: routes.map(siteOf) });
    const settings = [
      'timeout.linkerd.io/request',
      'retry.linkerd.io/http',
      'retry.linkerd.io/grpc',
      'retry.linkerd.io/limit',
      'retry.linkerd.io/timeout',
    ].filter((key) => resource.annotations.has(key));
    if (settings.length > 0)
      lines.push({
        topic: 'settings',
        text: `${settings.map((key) => `${key.replace('.linkerd.io/', ' ')} ${resource.annotations.get(key)}`).join(', ')}${profiles.length > 0 ? ' (overruled by the profile)' : ''}`,
        sites: settings.flatMap((key) => annotationSite(resource, key)),
      });
    const breaker = resource.annotations.get('balancer.linkerd.io/failure-accrual');
    if (breaker !== undefined)
      lines.push({ topic: 'breaker', text: breaker, sites: annotationSite(resource, 'balancer.linkerd.io/failure-accrual') });
    const list =
      resource.annotations.get(OPAQUE_PORTS) ??
      (resource.namespace === undefined ? undefined : look.get(opaquePortsOfNamespace, resource.namespace));
    const opaque = service.ports.filter((it) => isOpaquePort(it, list)).flatMap((it) => it.number ?? []);
    if (opaque.length > 0)
      lines.push({
        topic: 'opaque',
        text: `${opaque.length === 1 ? 'port' : 'ports'} ${opaque.join(', ')}`,
        sites: opaqueSites(resource, look),
      });
    return { lines };
  },
};

/** What makes ports of a Service opaque: its own list, that of its namespace, else its ports. */
function opaqueSites(resource: Resource, look: Lookups): readonly Site[] {
  const own = annotationSite(resource, OPAQUE_PORTS);
  if (own.length > 0) return own;
  const around = look.get(namespaceMarks, `${resource.namespace ?? ''}/${OPAQUE_PORTS}`).map(siteOf);
  return around.length > 0 ? around : siteAt(resource, resource.root.get('spec.ports'));
}

function routeText({ kind, name, namespace, port }: RouteFacts, own: string | undefined): string {
  const where = port === undefined ? '' : ` on port ${port}`;
  const who = namespace === own || namespace === undefined || own === undefined ? '' : `, for clients in ${namespace} only`;
  return `${kind} "${name}"${where}${who}`;
}

/** Whom a policy lets in, and to what. */
export const policyState: EffectiveState = {
  kinds: ['AuthorizationPolicy'],
  describe(resource, look) {
    const target = targetOf(resource);
    if (!target) return { lines: [] };
    const key = targetKey(target.group, target.kind, namespaceKey(resource.namespace), target.name);
    const policy = look.get(policiesOn, key).find((it) => it.resource === resource.id);
    if (!policy || policy.data.incomplete) return { lines: [] };
    // The webhook refuses such a policy.
    if (!isPolicyTarget(target))
      return {
        lines: [
          {
            topic: 'lets in',
            text: `nobody: a policy cannot be about ${target.kind} of ${target.group === '' ? 'the core group' : `group "${target.group}"`}`,
            sites: siteAt(resource, target.node),
          },
        ],
      };
    const callers = grantsOf(policy, look);
    const named = isOf(target, POLICY_GROUP, 'Server') ? look.get(servers, `${namespaceKey(resource.namespace)}/${target.name}`) : [];
    return {
      summary: policy.data.target,
      lines: [
        {
          topic: 'lets in',
          text: callers.length === 0 ? 'nobody: something that it asks for is not at hand' : listed(callers),
          sites: resource.root.list('spec.requiredAuthenticationRefs.*').flatMap((it) => siteAt(resource, it)),
        },
        ...named.map((it): StateLine => {
          const pods = look.get(workloadsOfServer, keyOf(it.data));
          return {
            topic: 'to',
            text: pods.length === 0 ? 'no pod at hand' : workloadNames(pods),
            sites: [siteOf(it), ...pods.map(siteOf)],
          };
        }),
      ],
    };
  },
};

/** Where a route of Linkerd's own takes requests and sends them, and whom policies about it let in. */
const ownRouteState: EffectiveState = {
  kinds: ['HTTPRoute'],
  describe(resource, look) {
    const policies = look.get(policiesOn, targetKey(POLICY_GROUP, 'HTTPRoute', namespaceKey(resource.namespace), resource.name));
    const callers = [...new Set(policies.flatMap((it) => grantsOf(it, look)))];
    const lines = routeState.describe(resource, look).lines;
    return {
      lines:
        callers.length === 0 ? lines : [...lines, { topic: 'callers', text: `allowed: ${listed(callers)}`, sites: policies.map(siteOf) }],
    };
  },
};

/** Which identities an authentication stands for, and which policies ask for it. */
const authenticationState: EffectiveState = {
  kinds: ['MeshTLSAuthentication'],
  describe(resource, look) {
    const found = look.get(meshTlsAuthentications, keyOf(resource)).find((it) => it.resource === resource.id)?.data;
    if (!found) return { lines: [] };
    const config = look.get(linkerdConfig, '');
    const written = resource.root.list('spec.identities.*');
    const refs = siteAt(resource, resource.root.get('spec.identityRefs'));
    const identities = [
      ...found.identities.map((text) => ({
        text,
        sites: siteAt(
          resource,
          written.find((it) => it.text() === text),
        ),
      })),
      ...found.accounts.flatMap((it) =>
        it.namespace === undefined ? [] : { text: identityOf(it.name, it.namespace, config), sites: refs },
      ),
      ...found.namespaces.map((it) => ({ text: identityOf('*', it, config), sites: refs })),
    ];
    return { lines: identities.map((it) => ({ topic: 'identity', ...it })) };
  },
};

/** What a machine outside of the cluster comes to: its identity, and for each port who may call. */
const externalState: EffectiveState = {
  kinds: ['ExternalWorkload'],
  describe(resource, look) {
    const external = look.get(externalWorkloadsIn, namespaceKey(resource.namespace)).find((it) => it.resource === resource.id)?.data;
    if (!external) return { lines: [] };
    const lines: StateLine[] =
      external.identity === ''
        ? []
        : [{ topic: 'identity', text: external.identity, sites: siteAt(resource, resource.root.get('spec.meshTLS.identity')) }];
    const covered = new Set<number>();
    for (const server of look.get(serversOfExternal, keyOf(external))) {
      for (const port of portsOfExternal(server.data, external)) {
        if (covered.has(port)) continue;
        covered.add(port);
        const line = accessLine(`port ${port}`, server, look);
        const text = `Server "${server.data.name}", ${server.data.protocol}: ${line.text}`;
        lines.push({ ...line, text, sites: [siteOf(server), ...line.sites] });
      }
    }
    return { lines };
  },
};

export const states: readonly EffectiveState[] = [
  workloadState,
  externalState,
  serverState,
  serviceState,
  ownRouteState,
  policyState,
  authenticationState,
];

export const lenses: readonly Lens[] = [
  {
    kinds: ['Server'],
    describe(resource, { look }) {
      const server = look.get(servers, keyOf(resource)).find((it) => it.resource === resource.id);
      if (!server) return [];
      const pods = look.get(workloadsOfServer, keyOf(resource));
      const access = look.get(accessOfServer, keyOf(resource));
      const policies = [...access.policies, ...access.authorizations, ...access.routes.flatMap((it) => it.policies)];
      const callers = callersOf(access, look);
      const parts: LensPart[] = [{ group: 'workloads', text: counted(pods.length, 'workload'), sites: pods.map(siteOf) }];
      if (access.routes.length > 0)
        parts.push({
          group: 'references',
          text: counted(access.routes.length, 'route'),
          sites: access.routes.map((it) => siteOf(it.route)),
        });
      parts.push({
        group: 'callers',
        text:
          policies.length === 0
            ? server.data.accessPolicy === 'deny'
              ? 'nobody allowed'
              : (server.data.accessPolicy ?? '')
            : callers.some((it) => it.startsWith('everybody'))
              ? 'everybody allowed'
              : `${counted(callers.length, 'caller')} allowed`,
        sites: policies.map(siteOf),
      });
      return parts.filter((it) => it.text !== '');
    },
  },
  {
    kinds: ['Service'],
    describe(resource, { look }) {
      const profiles = look.get(rulingProfilesOf, keyOf(resource));
      const routes = look.get(routesOn, `Service/${keyOf(resource)}`);
      if (profiles.length > 0) return [{ group: 'references', text: 'ServiceProfile decides', sites: profiles.map(siteOf) }];
      if (routes.length === 0 || !look.get(isMeshInUse, 'linkerd')) return [];
      return [{ group: 'references', text: counted(routes.length, 'route'), sites: routes.map(siteOf) }];
    },
  },
  {
    kinds: ['MeshTLSAuthentication', 'NetworkAuthentication'],
    describe(_resource, { referrers }) {
      const sites = referrers('AuthorizationPolicy');
      return [
        {
          group: 'references',
          text: sites.length === 0 ? 'asked for by nothing' : `asked for by ${counted(sites.length, 'policy', 'policies')}`,
          sites,
        },
      ];
    },
  },
  {
    kinds: POD_KINDS,
    describe(resource, { look }) {
      const key = workloadKey(resource);
      if (look.get(workloads, key).length === 0 || !look.get(isMeshInUse, 'linkerd')) return [];
      const { state, decidedBy } = look.get(injectionOf, key);
      if (state === 'unknown') return [];
      const parts: LensPart[] = [
        { group: 'workloads', text: state === 'injected' ? 'Linkerd proxy' : 'no Linkerd proxy', sites: decidedBy ? [decidedBy] : [] },
      ];
      const found = look.get(serversOfWorkload, key);
      if (state === 'injected')
        parts.push({
          group: 'callers',
          text: found.length === 0 ? look.get(defaultPolicyOf, key).policy : `authorized by ${listed(found.map((it) => it.data.name))}`,
          sites: found.map(siteOf),
        });
      return parts;
    },
  },
];

function siteOf({ resource, range }: Definition): Site {
  return { resource, range };
}
