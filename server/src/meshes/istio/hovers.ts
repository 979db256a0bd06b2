import type { Lookups } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { displayHost, serviceHost } from '../../model/hosts.js';
import { displayName, namespaceKey } from '../../model/resource.js';
import { selects, selectorText } from '../../model/selectors.js';
import { defineHover, type DefinitionHover, type FieldHover, type HoverContext } from '../../rules/editor.js';
import { counted, listed, podNames, workloadNames } from '../kubernetes/editor.js';
import { selectedWorkloads } from '../kubernetes/lookups.js';
import { services, workloads, type Workload, workloadKey } from '../kubernetes/tables.js';
import { accessOf, type Policy } from './effective/access.js';
import { destinationRulesFor, workloadsOfHost } from './lookups.js';
import { injectionOf, isOfAnotherMesh } from './injection.js';
import { meshConfig } from './mesh-config.js';
import { serverMtlsOf, type ServerMtls } from './mtls.js';
import { destinationRules, gateways, serviceEntryHosts, serviceEntryPorts, subsets, virtualServices } from './tables.js';
import { isOutsideIstio } from './usage.js';

/** How Istio's definitions are told, and what it adds to those of Kubernetes. */
export const definitions: readonly DefinitionHover<never>[] = [
  defineHover(services, ({ data }, { look, escape, referrers }) => {
    if (look.get(isOutsideIstio, namespaceKey(data.namespace))) return { title: `Service ${escape(data.name)}`, lines: [] };
    const host = serviceHost(data.name, data.namespace);
    const names = look.get(destinationRulesFor, host).flatMap((it) => it.data.subsets.map((subset) => subset.name));
    const pods = look.get(workloadsOfHost, host) ?? [];
    const routes = referrers('VirtualService');
    const modes = [...new Set(pods.flatMap((it) => look.get(serverMtlsOf, workloadKey(it.data)).mode ?? []))];
    return {
      title: `Service ${escape(data.name)}`,
      lines: [
        [
          names.length === 0 ? '' : `Subsets ${[...new Set(names)].map(escape).join(', ')}`,
          routes === 0 ? 'Routed by no VirtualService' : `Routed by ${counted(routes, 'VirtualService')}`,
          modes.length === 0 ? '' : `mTLS ${modes.join(' and ')}`,
        ]
          .filter((it) => it !== '')
          .join(' · '),
      ],
    };
  }),
  defineHover(workloads, (definition, context) => ({
    title: `${definition.data.kind} ${context.escape(definition.data.name)}`,
    lines: workloadLines(definition, context),
  })),
  defineHover(subsets, ({ data }, { look, escape, referrers }) => {
    const pods = look.get(workloadsOfHost, data.host)?.filter((it) => selects(data.labels, it.data.labels));
    const behind = pods === undefined ? 'pods not at hand' : pods.length === 0 ? 'no pod carries these labels' : podNames(pods);
    const routes = referrers('VirtualService');
    return {
      title: `Subset ${escape(data.name)}`,
      context: `of ${escape(displayHost(data.host))}`,
      lines: [
        [Object.keys(data.labels).length === 0 ? 'no labels' : escape(selectorText(data.labels)), behind].join(' · '),
        routes === 0
          ? 'No VirtualService sends requests to it'
          : `${counted(routes, 'VirtualService')} ${routes === 1 ? 'sends' : 'send'} requests to it`,
      ],
    };
  }),
  defineHover(destinationRules, ({ data }, { escape }) => ({
    title: `DestinationRule ${escape(data.name)}`,
    ...(data.namespace === undefined ? {} : { context: escape(data.namespace) }),
    lines: [
      [
        `For ${escape(displayHost(data.host))}`,
        data.subsets.length === 0 ? '' : `subsets ${data.subsets.map((it) => escape(it.name)).join(', ')}`,
        data.tlsMode === undefined ? '' : `TLS ${escape(data.tlsMode)}`,
      ]
        .filter((it) => it !== '')
        .join(' · '),
    ],
  })),
  defineHover(gateways, ({ data }, { look, escape, referrers }) => {
    const pods = Object.keys(data.selector).length === 0 ? [] : look.get(selectedWorkloads, `*/${selectorText(data.selector)}`);
    const servers = data.servers.map(
      ({ port, protocol, hosts, tlsMode }) =>
        `- ${port ?? ''} ${escape(protocol ?? '')} ${listed(hosts.map(escape))}${tlsMode === undefined ? '' : `, TLS ${escape(tlsMode)}`}`,
    );
    return {
      title: `Gateway ${escape(data.name)}`,
      ...(data.namespace === undefined ? {} : { context: escape(data.namespace) }),
      lines: [
        [
          pods.length === 0 ? 'No workload at hand runs it' : `Runs on ${podNames(pods)}`,
          `${counted(referrers('VirtualService'), 'VirtualService')} bound to it`,
        ].join(' · '),
        ...(servers.length === 0 ? [] : [`\n${servers.slice(0, 6).join('\n')}`]),
      ],
    };
  }),
  defineHover(virtualServices, ({ data }, { escape }) => ({
    title: `VirtualService ${escape(data.name)}`,
    ...(data.namespace === undefined ? {} : { context: escape(data.namespace) }),
    lines: [
      data.hosts.length === 0
        ? 'Without hosts: others may delegate to it'
        : `Routes ${listed(data.hosts.map((it) => escape(displayHost(it))))}`,
      `Through ${listed(data.gateways.map((it) => (it === 'mesh' ? 'the mesh' : escape(it))))}`,
    ],
  })),
  defineHover(serviceEntryHosts, ({ data }, { escape, referrers }) => ({
    title: escape(displayHost(data.host)),
    context: `ServiceEntry ${escape(data.entry)}`,
    lines: [
      [
        data.ports.length === 0
          ? ''
          : `Ports ${data.ports.map((it) => `${it.number ?? ''} ${escape(it.protocol ?? '')}`.trim()).join(', ')}`,
        data.location === undefined ? '' : escape(data.location),
        data.resolution === undefined ? '' : `resolution ${escape(data.resolution)}`,
      ]
        .filter((it) => it !== '')
        .join(' · '),
      referrers('VirtualService') === 0 ? '' : `Routed by ${counted(referrers('VirtualService'), 'VirtualService')}`,
    ].filter((it) => it !== ''),
  })),
  defineHover(serviceEntryPorts, ({ data }, { escape }) => ({
    title: `Port ${data.number ?? ''}`,
    context: [data.name, data.protocol].flatMap((it) => (it === undefined ? [] : escape(it))).join(' · '),
    lines: [],
  })),
];

/** Sidecar, mTLS and callers of a workload, each with what decides it. */
function workloadLines(definition: Definition<Workload>, context: HoverContext): readonly string[] {
  const { look } = context;
  const key = workloadKey(definition.data);
  if (look.get(isOfAnotherMesh, key)) return [];
  const injection = look.get(injectionOf, key);
  const decided = injection.decidedBy ? ` (${context.link(injection.decidedBy)})` : '';
  const sidecar = {
    injected: `Sidecar injected${decided}`,
    none: `No sidecar${decided}`,
    ambient: `Ambient, no sidecar${decided}`,
    unknown: 'Sidecar not known from these files',
  }[injection.state];
  const mtls = look.get(serverMtlsOf, key);
  return [sidecar, callersLine(look, definition.data, context), ...mtlsLines(mtls, context)].filter((it) => it !== '');
}

function mtlsLines({ mode, ports, steps }: ServerMtls, { link, escape }: HoverContext): readonly string[] {
  const byPort = Object.entries(ports).map(([port, portMode]) => `, port ${escape(port)} **${portMode ?? 'not known'}**`);
  const head = `mTLS **${mode ?? 'not known'}**${byPort.join('')}`;
  if (steps.length === 0) return [`${head}, the default`];
  const levels = { workload: 'Workload', namespace: 'Namespace', mesh: 'Mesh' };
  const items = steps.map(({ level, policy, decides }, i) => {
    const site = { resource: policy.resource, range: policy.range };
    return `${i + 1}. ${levels[level]}: ${link(site, displayName(policy.data))}, ${escape(policy.data.mode ?? 'not known')} · ${decides ? 'decides' : policy.data.mode === 'UNSET' ? 'inherits' : 'overridden'}`;
  });
  return [head, `\n${items.join('\n')}`];
}

function callersLine(look: Lookups, workload: Workload, { escape, link }: HoverContext): string {
  const { rest, custom, deny, allow, audit, dryRun, callers, blind, passedOver } = look.get(accessOf, workloadKey(workload));
  const names = (found: readonly Policy[]): string =>
    listed(found.map((it) => link({ resource: it.resource, range: it.range }, it.data.name)));
  const others = Object.entries({ CUSTOM: custom, DENY: deny, AUDIT: audit }).filter(([, found]) => found.length > 0);
  if (allow.length + others.length + dryRun.length + passedOver.length === 0)
    return 'Everyone may call it: no AuthorizationPolicy at hand selects it';
  return [
    rest === 'allowed'
      ? 'Everyone may call it'
      : `ALLOW ${names(allow)}${callers.length === 0 ? '' : `: ${listed(callers.map(escape))}`}, all else gets 403`,
    ...others.map(([action, found]) => `${action} ${names(found)}`),
    ...(dryRun.length === 0 ? [] : [`not enforced: ${names(dryRun)}, dry run`]),
    ...(blind.length === 0 ? [] : [`ztunnel sees no requests: ${names(blind)} allows less and refuses more than it says`]),
    ...(passedOver.length === 0 ? [] : [`passed over by ztunnel: ${names(passedOver)}`]),
  ].join(' · ');
}

/** What policies mean for the workloads they pick. */
export const fields: readonly FieldHover[] = [
  {
    kinds: ['PeerAuthentication'],
    paths: ['spec.mtls.mode'],
    describe(resource, _node, { look }) {
      const found = picked(look, resource.namespace, resource.root.map('spec.selector.matchLabels')?.texts());
      if (found.length === 0) return ['Picks no workload at hand'];
      const without = found.filter((it) => look.get(injectionOf, workloadKey(it.data)).state === 'none');
      const tail = without.length === 0 ? '' : `, ${without.length} without a sidecar: ${workloadNames(without)}`;
      return [`Picks ${counted(found.length, 'workload')}${tail}`];
    },
  },
  {
    kinds: ['AuthorizationPolicy', 'RequestAuthentication', 'PeerAuthentication', 'Telemetry', 'WasmPlugin'],
    paths: ['spec.selector', 'spec.selector.matchLabels'],
    describe(resource, _node, context) {
      const found = picked(context.look, resource.namespace, resource.root.map('spec.selector.matchLabels')?.texts());
      if (found.length === 0) return ['Picks no workload at hand'];
      const lines = [`Picks ${podNames(found)}`];
      if (resource.kind === 'AuthorizationPolicy' && found.length === 1) {
        lines.unshift(`**Calls to ${context.escape(found[0]!.data.name)}**`);
        lines.push(callersLine(context.look, found[0]!.data, context));
      }
      return lines;
    },
  },
];

function picked(
  look: Lookups,
  namespace: string | undefined,
  labels: ReadonlyMap<string, string> | undefined,
): readonly Definition<Workload>[] {
  const place = namespace === look.get(meshConfig, '').rootNamespace ? '*' : namespaceKey(namespace);
  return look.get(selectedWorkloads, `${place}/${selectorText(Object.fromEntries(labels ?? []))}`);
}
