import type { Lookups } from '../../../index/tables.js';
import type { Definition } from '../../../model/facts.js';
import { serviceHost } from '../../../model/hosts.js';
import { displayName, namespaceKey, type Site } from '../../../model/resource.js';
import { selects } from '../../../model/selectors.js';
import type { EffectiveState, StateLine } from '../../../rules/editor.js';
import { counted, listed, workloadNames } from '../../kubernetes/editor.js';
import { selectedWorkloads, servicesOfWorkload } from '../../kubernetes/lookups.js';
import { workloads, type Service, type ServicePort, type Workload, workloadKey } from '../../kubernetes/tables.js';
import { injectionOf, isControlPlane, isOfAnotherMesh, type Injection } from '../injection.js';
import { destinationRulesFor } from '../lookups.js';
import { meshConfig } from '../mesh-config.js';
import { serverMtlsOf } from '../mtls.js';
import { protocolOf } from '../protocols.js';
import { sidecars } from '../tables.js';
import { accessOf, type Access, type Policy } from './access.js';
import { routesOfHost } from './routes.js';
import { waypointLines } from './waypoint.js';

export const WORKLOAD_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob', 'Rollout', 'Pod'];

/** What a workload comes to: sidecar, mTLS, callers, routes, what it sees, protocols. */
export const workloadState: EffectiveState = {
  kinds: WORKLOAD_KINDS,
  describe({ namespace, kind, name }, look) {
    const definition = look.get(workloads, `${namespaceKey(namespace)}/${kind}/${name}`)[0];
    if (!definition || look.get(isOfAnotherMesh, workloadKey(definition.data))) return { lines: [] };
    const services = look.get(servicesOfWorkload, workloadKey(definition.data));
    const injection = look.get(injectionOf, workloadKey(definition.data));
    return {
      summary: counted(definition.data.replicas, 'pod'),
      lines: [
        sidecarLine(definition, look),
        mtlsLine(definition, look),
        ...(services.length === 0 ? [] : [clientsLine(definition, look)]),
        injection.state === 'none'
          ? {
              topic: 'callers',
              text: 'everybody: without a sidecar no AuthorizationPolicy is enforced',
              sites: injection.decidedBy ? [injection.decidedBy] : [],
            }
          : callersLine(look.get(accessOf, workloadKey(definition.data))),
        ...(injection.state === 'ambient' ? waypointLines(services, look, callersLine) : []),
        ...services.flatMap(({ data }) => routesOfHost(serviceHost(data.name, data.namespace), look)),
        seesLine(definition, look),
        ...protocolLines(services),
      ],
    };
  },
};

export function sidecarLine(definition: Definition<Workload>, look: Lookups): StateLine {
  const injection = look.get(injectionOf, workloadKey(definition.data));
  const states = { injected: 'injected', none: 'none', ambient: 'ambient, no sidecar', unknown: 'not known' };
  const revision = injection.revision === undefined ? '' : ` by revision ${injection.revision}`;
  return {
    topic: 'sidecar',
    text: `${states[injection.state]}${revision}: ${reasonOf(injection, definition.data)}`,
    sites: injection.decidedBy ? [injection.decidedBy] : [],
  };
}

function reasonOf({ why, revision }: Injection, { namespace, labels }: Workload): string {
  const place = namespace === undefined ? 'the namespace' : `Namespace "${namespace}"`;
  switch (why) {
    case 'own-proxy':
      return 'its containers hold an istio-proxy';
    case 'host-network':
      return 'its pods use the host network';
    case 'ignored-namespace':
      return `${place} is one that the injector passes over`;
    case 'namespace-label':
      return `${place} has istio-injection=enabled`;
    case 'namespace-revision':
      return `${place} has istio.io/rev=${revision ?? ''}`;
    case 'namespace-disabled':
      return `${place} has another istio-injection than enabled`;
    case 'namespace-unlabelled':
      return `${place} has no label that injects`;
    case 'pod-label':
      return `its pods have the label sidecar.istio.io/inject=${labels['sidecar.istio.io/inject'] ?? ''}`;
    case 'pod-annotation':
      return 'its pods have the annotation sidecar.istio.io/inject=false';
    case 'pod-revision':
      return `its pods have istio.io/rev=${revision ?? ''}`;
    case 'dataplane-mode':
      return 'istio.io/dataplane-mode=ambient';
    case 'namespace-not-at-hand':
      return `${place} is not in this workspace, or a template decides`;
  }
}

/** Mode for all ports, then those of single ones; the policies that decide, and what they go before. */
function mtlsLine({ data }: Definition<Workload>, look: Lookups): StateLine {
  const key = workloadKey(data);
  const injection = look.get(injectionOf, key);
  if (injection.state === 'none')
    return {
      topic: 'mTLS',
      text: 'none: without a sidecar its ports take plaintext only',
      sites: injection.decidedBy ? [injection.decidedBy] : [],
    };
  const { mode, policy, ports, steps } = look.get(serverMtlsOf, key);
  const byPort = Object.entries(ports).map(([port, it]) => `; ${port} ${it ?? 'not known'}`);
  const overridden = steps.filter((it) => !it.decides && it.policy.data.mode !== 'UNSET' && it.policy.data.mode !== undefined);
  const before = overridden.map((it) => `${it.policy.data.mode} of ${displayName(it.policy.data)}`);
  const portSites = steps.flatMap(({ level, policy: { resource, data: facts } }) =>
    level === 'workload' ? facts.portModes.filter((it) => it.port in ports).map(({ range }): Site => ({ resource, range })) : [],
  );
  return {
    topic: 'mTLS',
    text: [mode ?? 'not known', policy ? '' : ' (the default)', ...byPort, before.length === 0 ? '' : `, before ${listed(before)}`].join(
      '',
    ),
    sites: [
      ...(policy ? [{ resource: policy.resource, range: policy.range }] : []),
      ...portSites,
      ...overridden.map((it): Site => ({ resource: it.policy.resource, range: it.policy.range })),
    ],
  };
}

/** What its callers send, and which of them cannot. */
function clientsLine({ data }: Definition<Workload>, look: Lookups): StateLine {
  const hosts = look.get(servicesOfWorkload, workloadKey(data)).map((it) => serviceHost(it.data.name, it.data.namespace));
  const rules = [...new Set(hosts)].flatMap((host) => look.get(destinationRulesFor, host)).filter((it) => it.data.tlsMode !== undefined);
  const sends =
    rules.length > 0
      ? listed(rules.map((it) => `${it.data.tlsMode} by DestinationRule "${displayName(it.data)}"`))
      : look.get(meshConfig, '').enableAutoMtls
        ? 'auto mTLS, no DestinationRule sets "tls"'
        : 'plaintext, no DestinationRule sets "tls" and auto mTLS is off';
  const injection = look.get(injectionOf, workloadKey(data));
  const { mode, ports } = look.get(serverMtlsOf, workloadKey(data));
  const others = data.namespace === undefined ? [] : look.get(selectedWorkloads, `${namespaceKey(data.namespace)}/`);
  const bare = others.filter(
    (it) => it.data.name !== data.name && !isControlPlane(it.data.labels) && look.get(injectionOf, workloadKey(it.data)).state === 'none',
  );
  const open = Object.entries(ports).flatMap(([port, it]) => (it === 'PERMISSIVE' || it === 'DISABLE' ? [port] : []));
  const effect = open.length === 0 ? 'refused' : `refused but on ${open.join(', ')}`;
  const refused =
    injection.state !== 'injected' || mode !== 'STRICT' || bare.length === 0 ? '' : `; ${workloadNames(bare)} without a sidecar: ${effect}`;
  const told = [...rules, ...(refused === '' ? [] : bare)];
  return { topic: 'clients', text: sends + refused, sites: told.map((it): Site => ({ resource: it.resource, range: it.range })) };
}

/** `default deny; allowed: shop/checkout POST /charge`. */
export function callersLine(access: Access): StateLine {
  const { allow, deny, custom, audit, dryRun, callers, rest, refused, blind, passedOver } = access;
  const names = (found: readonly Policy[]): string => listed(found.map((it) => `"${displayName(it.data)}"`));
  const parts: string[] = [];
  if (custom.length > 0) parts.push(`asked first: ${names(custom)}`);
  if (deny.length > 0) parts.push(refused.length === 0 ? `${names(deny)} denies nothing` : `denied: ${listed(refused)}`);
  if (rest === 'denied') parts.push('default deny', callers.length === 0 ? 'nobody is allowed' : `allowed: ${listed(callers)}`);
  else parts.push(custom.length + deny.length === 0 ? 'everybody: no AuthorizationPolicy selects it' : 'everybody else is allowed');
  if (audit.length > 0) parts.push(`written to the log: ${names(audit)}`);
  if (dryRun.length > 0) parts.push(`not enforced, dry run: ${names(dryRun)}`);
  const narrowed = blind.filter((it) => it.data.action === 'ALLOW');
  const widened = blind.filter((it) => it.data.action === 'DENY');
  if (narrowed.length > 0) parts.push(`ztunnel sees no requests and allows nothing by the rules of ${names(narrowed)} about them`);
  if (widened.length > 0) parts.push(`ztunnel sees no requests: ${names(widened)} refuses whatever they are`);
  if (passedOver.length > 0) parts.push(`passed over by ztunnel: ${names(passedOver)}`);
  return {
    topic: 'callers',
    text: parts.join('; '),
    sites: [...custom, ...deny, ...allow, ...audit, ...dryRun, ...passedOver].map((it) => ({ resource: it.resource, range: it.range })),
  };
}

/** The Sidecar in force: one that selects it, else its namespace's, else that of the root namespace. */
function seesLine({ data }: Definition<Workload>, look: Lookups): StateLine {
  const own = look.get(sidecars, namespaceKey(data.namespace));
  const all = [...own, ...look.get(sidecars, look.get(meshConfig, '').rootNamespace).filter((it) => it.data.selector === undefined)];
  const found =
    own.find((it) => it.data.selector !== undefined && selects(it.data.selector, data.labels)) ??
    all.find((it) => Object.keys(it.data.selector ?? {}).length === 0);
  if (look.get(injectionOf, workloadKey(data)).state === 'none')
    return { topic: 'sees', text: 'what DNS tells it: without a sidecar no route, subset or Sidecar holds for its calls', sites: [] };
  if (!found) return { topic: 'sees', text: 'everything (no Sidecar)', sites: [] };
  const hosts = found.data.egress ?? [];
  return {
    topic: 'sees',
    text: `${hosts.length === 0 ? 'everything' : listed(hosts)} (Sidecar "${displayName(found.data)}")`,
    sites: [{ resource: found.resource, range: found.range }],
  };
}

/** `8080 http (name http-api), 9090 grpc (appProtocol)`, by Service. */
export function protocolLines(services: readonly Definition<Service>[]): readonly StateLine[] {
  return services
    .filter((it) => it.data.ports.length > 0)
    .map(({ data, resource, range }) => ({
      topic: 'protocol',
      text: data.ports.map((port) => `${port.number ?? ''} ${protocolText(port)}`.trim()).join(', '),
      sites: [{ resource, range }],
    }));
}

/** The protocol of a port, and what says so. */
function protocolText(port: ServicePort): string {
  const protocol = protocolOf(port);
  if (protocol === undefined) {
    return port.name === undefined
      ? 'guessed from traffic (no name, no appProtocol)'
      : `guessed from traffic (name ${port.name} tells no protocol)`;
  }
  if (protocol === 'udp') return 'udp (protocol)';
  if (port.appProtocol !== undefined && protocolOf({ ...port, name: undefined }) === protocol) return `${protocol} (appProtocol)`;
  return protocolOf({ ...port, name: undefined }) === undefined ? `${protocol} (name ${port.name ?? ''})` : `${protocol} (port number)`;
}
