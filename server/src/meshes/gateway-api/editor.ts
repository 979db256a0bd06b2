import type { Definition } from '../../model/facts.js';
import { namespaceKey, UNKNOWN_NAMESPACE, type Resource } from '../../model/resource.js';
import {
  defineHover,
  type Candidate,
  type CompletionContext,
  type EditorSupport,
  type HoverContext,
  type OutlineItem,
} from '../../rules/editor.js';
import type { YamlNode } from '../../yaml/node.js';
import { counted, listed, namespaceCandidates } from '../kubernetes/editor.js';
import { servicesNamed } from '../kubernetes/lookups.js';
import { namespaces, secretsIn, services, servicesIn } from '../kubernetes/tables.js';
import { admissionText, admitsKind, admitsNamespace, listenersMeant, sharesHostname } from './admission.js';
import { KNOWN_CLASSES } from './classes.js';
import { refactorings } from './refactorings.js';
import { states } from './effective.js';
import { keyOf } from './kinds/shared.js';
import { gatewaysNamed, listenerSetsNamed } from './lookups.js';
import { isService, listenerHolder, parentRefsOf, ROUTE_KINDS } from './references.js';
import {
  allGatewayClasses,
  gatewayClasses,
  gateways,
  gatewaysIn,
  listeners,
  listenerSets,
  listenerSetsIn,
  routesByParent,
  type GatewayFacts,
  type ListenerFacts,
} from './tables.js';

const ROUTES: readonly string[] = ROUTE_KINDS;
const BACKENDS = [
  'spec.rules.*.backendRefs.*',
  'spec.rules.*.filters.*.requestMirror.backendRef',
  'spec.rules.*.backendRefs.*.filters.*.requestMirror.backendRef',
];
const HOLDERS = ['Gateway', 'ListenerSet', 'XListenerSet'];
const POLICIES = ['BackendTLSPolicy', 'XBackendTrafficPolicy'];

export const editor: EditorSupport = {
  values: [
    { kinds: ROUTES, paths: ['spec.parentRefs.*.name'], complete: parents },
    { kinds: ['ListenerSet', 'XListenerSet'], paths: ['spec.parentRef.name'], complete: parents },
    { kinds: ROUTES, paths: ['spec.parentRefs.*.sectionName'], complete: sections },
    { kinds: ROUTES, paths: ['spec.parentRefs.*.port'], complete: parentPorts },
    { kinds: ROUTES, paths: BACKENDS.map((it) => `${it}.name`), complete: servicesBeside },
    { kinds: ROUTES, paths: BACKENDS.map((it) => `${it}.port`), complete: servicePortsBeside },
    {
      kinds: ROUTES,
      paths: ['spec.parentRefs.*.namespace', ...BACKENDS.map((it) => `${it}.namespace`)],
      complete: namespaceCandidates,
    },
    {
      kinds: HOLDERS,
      paths: ['spec.listeners.*.tls.certificateRefs.*.namespace', 'spec.parentRef.namespace'],
      complete: namespaceCandidates,
    },
    { kinds: HOLDERS, paths: ['spec.listeners.*.tls.certificateRefs.*.name'], complete: certificates },
    { kinds: ['Gateway'], paths: ['spec.gatewayClassName'], complete: classes },
    { kinds: ['ReferenceGrant'], paths: ['spec.from.*.namespace'], complete: namespaceCandidates },
    { kinds: POLICIES, paths: ['spec.targetRefs.*.name'], complete: servicesBeside },
    { kinds: POLICIES, paths: ['spec.targetRefs.*.sectionName'], complete: portNames },
  ],
  definitions: [
    defineHover(gateways, describeHolder),
    defineHover(listenerSets, describeHolder),
    defineHover(listeners, ({ data, key }, { escape }) => ({
      title: `Listener ${escape(data.name)}`,
      context: `of ${escape(key.split('/').slice(1, -1).join('/'))}`,
      lines: [listenerLine(data, escape)],
    })),
    defineHover(gatewayClasses, ({ data }, { escape, referrers }) => ({
      title: `GatewayClass ${escape(data.name)}`,
      lines: [
        [
          data.controller === undefined ? '' : `carried out by \`${escape(data.controller)}\``,
          `${counted(referrers('Gateway'), 'Gateway')} at hand`,
        ]
          .filter((it) => it !== '')
          .join(' · '),
      ],
    })),
    defineHover(services, ({ data }, { escape, referrers }) => {
      const routes = ROUTE_KINDS.flatMap((kind) => (referrers(kind) === 0 ? [] : [counted(referrers(kind), kind)]));
      return { title: `Service ${escape(data.name)}`, lines: routes.length === 0 ? [] : [`Named by ${routes.join(', ')}`] };
    }),
  ],
  fields: [{ kinds: ROUTES, paths: ['spec.parentRefs.*.name'], describe: attachment }],
  states,
  refactorings,
  outlines: [
    {
      kinds: HOLDERS,
      items: ({ root }) =>
        root.list('spec.listeners.*').map((it) => ({
          name: it.text('name') ?? 'listener',
          detail: [it.text('protocol'), it.number('port'), it.text('hostname')].filter((part) => part !== undefined).join(' '),
          sort: 'server',
          range: it,
          selection: it.get('name') ?? it,
        })),
    },
    {
      kinds: ROUTES,
      items: ({ root }) => [
        ...root.list('spec.hostnames.*').map((it): OutlineItem => ({ name: it.text() ?? 'hostname', sort: 'host', range: it })),
        ...root.list('spec.rules.*').map(ruleItem),
      ],
    },
  ],
};

function ruleItem(rule: YamlNode): OutlineItem {
  const first = rule.get('matches.0');
  const match = first?.text('path.value') ?? first?.text('method.service') ?? '';
  const backends = rule.list('backendRefs.*.name').flatMap((it) => it.text() ?? []);
  return {
    name: rule.text('name') ?? (match === '' ? 'rule' : match),
    detail: backends.length === 0 ? '' : `to ${listed(backends)}`,
    sort: 'route',
    range: rule,
  };
}

/** What stands in a field beside the one that is completed. */
function beside({ path, textAt }: CompletionContext, field: string): string {
  return textAt([...path.slice(0, -1), field]);
}

function placeBeside(context: CompletionContext): string {
  return beside(context, 'namespace') || namespaceKey(context.resource.namespace);
}

/** Gateways (or what `kind` beside says) of the namespace, then those that need `namespace`. */
function* parents(context: CompletionContext): Iterable<Candidate> {
  const kind = beside(context, 'kind') || 'Gateway';
  if (kind === 'Service') {
    yield* servicesBeside(context);
    return;
  }
  const { look, keysOf } = context;
  const table = kind === 'Gateway' ? gatewaysIn : listenerSetsIn;
  const place = placeBeside(context);
  const isWritten = beside(context, 'namespace') !== '';
  for (const key of [...keysOf(table)].sort()) {
    const isHere = key === place || key === UNKNOWN_NAMESPACE;
    if (isWritten && !isHere) continue;
    for (const { data } of look.get(table, key))
      yield {
        label: data.name,
        detail: isHere ? listenersText(data) : `needs namespace: ${key}`,
        rank: isHere ? 0 : 1,
        sort: 'gateway',
      };
  }
}

function holdersBeside(context: CompletionContext): readonly Definition<GatewayFacts>[] {
  const key = `${placeBeside(context)}/${beside(context, 'name')}`;
  return context.look.get((beside(context, 'kind') || 'Gateway') === 'Gateway' ? gatewaysNamed : listenerSetsNamed, key);
}

/** Listeners of the parent, those that take this kind of route first. */
function* sections(context: CompletionContext): Iterable<Candidate> {
  for (const { data } of holdersBeside(context))
    for (const listener of data.listeners) {
      if (listener.name === '') continue;
      const takes = admitsKind(listener, context.resource.kind);
      yield {
        label: listener.name,
        detail: [listener.protocol, listener.port, listener.hostname].filter((it) => it !== undefined).join(' '),
        rank: takes ? 0 : 1,
        sort: 'name',
      };
    }
}

function* parentPorts(context: CompletionContext): Iterable<Candidate> {
  if (beside(context, 'kind') === 'Service') {
    yield* servicePortsBeside(context);
    return;
  }
  const seen = new Set<number>();
  for (const { port, protocol } of holdersBeside(context).flatMap((it) => it.data.listeners)) {
    if (port === undefined || seen.has(port)) continue;
    seen.add(port);
    yield { label: String(port), detail: protocol ?? '', rank: 0, sort: 'port', quoted: false };
  }
}

/** Services of the namespace that stands beside, else of the own one. */
function* servicesBeside(context: CompletionContext): Iterable<Candidate> {
  const kind = beside(context, 'kind');
  if (kind !== '' && kind !== 'Service') return;
  for (const { data } of context.look.get(servicesIn, placeBeside(context))) {
    const ports = context.look.get(services, `${namespaceKey(data.namespace)}/${data.name}`).flatMap((it) => it.data.ports);
    const numbers = ports.flatMap((it) => it.number ?? []);
    yield { label: data.name, detail: numbers.length === 0 ? 'Service' : `Service, port ${numbers.join(', ')}`, rank: 0, sort: 'host' };
  }
}

function portsBeside(context: CompletionContext): readonly { number: number | undefined; name: string | undefined; detail: string }[] {
  return context.look.get(servicesNamed, `${placeBeside(context)}/${beside(context, 'name')}`).flatMap(({ data }) =>
    data.ports.map((it) => ({
      number: it.number,
      name: it.name,
      detail: [it.appProtocol ?? it.name ?? '', it.targetPort === undefined ? '' : `to ${it.targetPort}`]
        .filter((part) => part !== '')
        .join(', '),
    })),
  );
}

function* servicePortsBeside(context: CompletionContext): Iterable<Candidate> {
  for (const { number, detail } of portsBeside(context))
    if (number !== undefined) yield { label: String(number), detail, rank: 0, sort: 'port', quoted: false };
}

function* portNames(context: CompletionContext): Iterable<Candidate> {
  for (const { number, name } of portsBeside(context))
    if (name !== undefined) yield { label: name, detail: `port ${number ?? ''}`, rank: 0, sort: 'port' };
}

function* certificates(context: CompletionContext): Iterable<Candidate> {
  for (const { data } of context.look.get(secretsIn, placeBeside(context))) {
    const isCertificate = data.secretType === 'kubernetes.io/tls' || data.keys.includes('tls.crt');
    const detail = data.generatedBy === undefined ? data.secretType : `made by ${data.generatedBy}`;
    yield { label: data.name, detail, rank: isCertificate ? 0 : 1, sort: 'secret' };
  }
}

/** Classes at hand, then well-known ones. */
function* classes({ look }: CompletionContext): Iterable<Candidate> {
  const found = new Map(look.get(allGatewayClasses, '').map((it) => [it.data.name, it.data]));
  for (const { name, controller } of found.values()) yield { label: name, detail: controller ?? 'GatewayClass', rank: 0, sort: 'name' };
  for (const name of KNOWN_CLASSES) if (!found.has(name)) yield { label: name, detail: 'well-known class', rank: 1, sort: 'name' };
}

function describeHolder({ data }: Definition<GatewayFacts>, { look, escape }: HoverContext) {
  const routes = look.get(routesByParent, `${data.kind}/${keyOf(data)}`);
  return {
    title: `${data.kind} ${escape(data.name)}`,
    ...(data.namespace === undefined ? {} : { context: escape(data.namespace) }),
    lines: [
      [data.className === undefined ? '' : `class ${escape(data.className)}`, ...data.addresses.map(escape)]
        .filter((it) => it !== '')
        .join(' · '),
      ...data.listeners.slice(0, 5).map((it) => `${escape(it.name)}: ${listenerLine(it, escape)}`),
      routes.length === 0 ? 'No route at hand' : `Routes ${escape(listed(routes.map((it) => it.data.name)))}`,
    ].filter((it) => it !== ''),
  };
}

function listenerLine(listener: ListenerFacts, escape: (text: string) => string): string {
  const { protocol, port, hostname, from } = listener;
  return [
    [protocol, port].filter((it) => it !== undefined).join(' '),
    hostname === undefined ? 'every hostname' : escape(hostname),
    from === 'All' ? 'admits routes of all namespaces' : from === undefined ? '' : admissionText(listener),
  ]
    .filter((it) => it !== '')
    .join(' · ');
}

function listenersText({ listeners: found }: GatewayFacts): string {
  return listed(found.map((it) => [it.protocol, it.port].filter((part) => part !== undefined).join(' ')));
}

/** Which listeners take this route. */
function attachment(resource: Resource, node: YamlNode, { look, escape }: HoverContext): readonly string[] {
  const ref = parentRefsOf(resource).find((it) => it.nameNode.start === node.start);
  if (ref && isService(ref)) return meshAttachment(resource, ref.namespace, escape);
  const holder = ref && listenerHolder(ref);
  if (ref === undefined || holder === undefined || ref.hidden) return [];
  const [gateway] = look.get(holder === 'Gateway' ? gatewaysNamed : listenerSetsNamed, keyOf(ref));
  if (!gateway || gateway.data.incomplete) return [];
  const places = resource.namespace === undefined ? [] : look.get(namespaces, resource.namespace);
  const hostnames = resource.root.list('spec.hostnames.*').flatMap((it) => it.text() ?? []);
  const taking = listenersMeant(gateway, ref).filter(
    (it) => admitsKind(it, resource.kind) && admitsNamespace(it, gateway.data, resource.namespace, places) && sharesHostname(it, hostnames),
  );
  const names = taking.map((it) => escape(it.name));
  return [
    names.length === 0 ? 'No listener takes this route' : `Taken by ${names.length === 1 ? 'listener' : 'listeners'} ${listed(names)}`,
  ];
}

/** Whose calls a route with a Service as its parent changes: those of all clients, or those of its own namespace only. */
function meshAttachment(
  { namespace }: Resource,
  serviceNamespace: string | undefined,
  escape: (text: string) => string,
): readonly string[] {
  if (namespace === undefined || serviceNamespace === undefined) return [];
  return [
    namespace === serviceNamespace
      ? 'This route is for clients of every namespace that are in the mesh'
      : `This route is for clients in ${escape(namespace)} only, since the Service is in another namespace`,
  ];
}
