import { namespaceKey } from '../../model/resource.js';
import type { Table } from '../../index/tables.js';
import type { Candidate, CompletionContext, ValueCompletion } from '../../rules/editor.js';
import { quoteIfNeeded } from '../../yaml/edit.js';
import { labelCandidates, namespaceCandidates, workloadNames } from '../kubernetes/editor.js';
import { isMeshInUse, servicesNamed } from '../kubernetes/lookups.js';
import { POD_KINDS } from '../kubernetes/pod-templates.js';
import { serviceAccountsIn, servicesIn, workloadsByLabel, workloadsOfAccount, type Named } from '../kubernetes/tables.js';
import { ANNOTATIONS, valuesOf, type AnnotationFacts } from './annotations.js';
import { identityOf } from './identities.js';
import { PROXY_PORTS } from './lookups.js';
import { ALL_ROUTES, REQUEST_ROUTES } from './references.js';
import { linkerdConfig } from './settings.js';
import { egressNetworksIn, externalWorkloadsIn, meshTlsIn, networkAuthenticationsIn, POLICY_GROUP, routesIn, serversIn } from './tables.js';

const ANNOTATED = [...POD_KINDS, 'Namespace', 'Service', 'EgressNetwork', ...REQUEST_ROUTES];

/** Where values of fields come from what the workspace holds. */
export const values: readonly ValueCompletion[] = [
  {
    kinds: ['Server'],
    paths: ['spec.podSelector.matchLabels.*'],
    complete: (context) => labelCandidates(context, namespaceKey(context.resource.namespace)),
  },
  { kinds: ['Server'], paths: ['spec.port'], complete: podPorts },
  { kinds: ['AuthorizationPolicy'], paths: ['spec.targetRef.name'], complete: targets },
  { kinds: ['AuthorizationPolicy'], paths: ['spec.requiredAuthenticationRefs.*.name'], complete: authentications },
  { kinds: ['HTTPLocalRateLimitPolicy'], paths: ['spec.targetRef.name'], complete: (context) => named(context, serversIn, 'Server') },
  { kinds: ['ServerAuthorization'], paths: ['spec.server.name'], complete: (context) => named(context, serversIn, 'Server') },
  {
    kinds: ['MeshTLSAuthentication'],
    paths: ['spec.identityRefs.*.name'],
    complete: (context) => (beside(context, 'kind') === 'Namespace' ? namespaceCandidates(context) : accounts(context)),
  },
  {
    kinds: ['HTTPLocalRateLimitPolicy', 'ServerAuthorization'],
    paths: ['spec.overrides.*.clientRefs.*.name', 'spec.client.meshTLS.serviceAccounts.*.name'],
    complete: accounts,
  },
  {
    kinds: ['MeshTLSAuthentication', 'AuthorizationPolicy', 'ServerAuthorization', 'HTTPLocalRateLimitPolicy'],
    paths: [
      'spec.identityRefs.*.namespace',
      'spec.requiredAuthenticationRefs.*.namespace',
      'spec.client.meshTLS.serviceAccounts.*.namespace',
      'spec.overrides.*.clientRefs.*.namespace',
    ],
    complete: namespaceCandidates,
  },
  {
    kinds: ['MeshTLSAuthentication', 'ServerAuthorization'],
    paths: ['spec.identities.*', 'spec.client.meshTLS.identities.*'],
    complete: identities,
  },
  { kinds: ALL_ROUTES, paths: ['spec.parentRefs.*.name'], complete: parents },
  { kinds: ['HTTPRoute'], paths: ['spec.parentRefs.*.port'], complete: servicePorts },
  { kinds: ['HTTPRoute'], paths: ['spec.rules.*.backendRefs.*.name'], complete: servicesBeside },
  { kinds: ['HTTPRoute'], paths: ['spec.rules.*.backendRefs.*.port'], complete: servicePorts },
  {
    kinds: ['HTTPRoute'],
    paths: ['spec.parentRefs.*.namespace', 'spec.rules.*.backendRefs.*.namespace'],
    complete: namespaceCandidates,
  },
  { kinds: ['ServiceProfile'], paths: ['metadata.name'], complete: profileNames },
  {
    kinds: ANNOTATED,
    paths: ['metadata.annotations.*', 'spec.template.metadata.annotations.*', 'spec.jobTemplate.spec.template.metadata.annotations.*'],
    complete: annotations,
  },
];

/** What stands in a field beside the one that is completed. */
function beside({ path, textAt }: CompletionContext, field: string): string {
  return textAt([...path.slice(0, -1), field]);
}

function placeBeside(context: CompletionContext): string {
  return beside(context, 'namespace') || namespaceKey(context.resource.namespace);
}

function* named(
  { look, resource }: CompletionContext,
  table: Table<Named>,
  detail: string,
  place = namespaceKey(resource.namespace),
): Iterable<Candidate> {
  for (const { data } of look.get(table, place)) yield { label: data.name, detail, rank: 0, sort: 'name' };
}

/** Ports of the containers in the namespace, those with names first. */
function* podPorts({ look, resource }: CompletionContext): Iterable<Candidate> {
  const seen = new Set<string>();
  for (const { data } of look.get(workloadsByLabel, `${namespaceKey(resource.namespace)}/`))
    for (const { name, number, protocol } of data.containers.flatMap((it) => it.ports)) {
      const label = name ?? String(number ?? '');
      if (protocol !== 'TCP' || label === '' || seen.has(label)) continue;
      seen.add(label);
      const detail = name === undefined ? data.name : `${number ?? ''} of ${data.name}`;
      yield { label, detail, rank: name === undefined ? 1 : 0, sort: 'port', quoted: name !== undefined };
    }
  for (const { data } of look.get(externalWorkloadsIn, namespaceKey(resource.namespace)))
    for (const { name } of data.ports)
      if (name !== undefined && !seen.has(name)) yield { label: name, detail: `of ${data.name}`, rank: 1, sort: 'port' };
  for (const [name, number] of Object.entries(PROXY_PORTS)) yield { label: name, detail: `${number} of the proxy`, rank: 2, sort: 'port' };
}

/** What a policy may be about, by the kind and group beside. */
function* targets(context: CompletionContext): Iterable<Candidate> {
  const kind = beside(context, 'kind') || 'Server';
  const group = beside(context, 'group') || POLICY_GROUP;
  const place = namespaceKey(context.resource.namespace);
  if (kind === 'Namespace') {
    if (context.resource.namespace !== undefined)
      yield { label: context.resource.namespace, detail: 'the own namespace', rank: 0, sort: 'namespace' };
  } else if (kind === 'Server') yield* named(context, serversIn, 'Server');
  else yield* named(context, routesIn, kind, `${group}/${kind}/${place}`);
}

function* authentications(context: CompletionContext): Iterable<Candidate> {
  const kind = beside(context, 'kind');
  if (kind === 'ServiceAccount') yield* accounts(context);
  if (kind === 'MeshTLSAuthentication' || kind === '') yield* named(context, meshTlsIn, 'MeshTLSAuthentication', placeBeside(context));
  if (kind === 'NetworkAuthentication' || kind === '')
    yield* named(context, networkAuthenticationsIn, 'NetworkAuthentication', placeBeside(context));
}

/** Service accounts of the namespace beside, with what runs as them. */
function* accounts(context: CompletionContext): Iterable<Candidate> {
  const place = placeBeside(context);
  for (const { data } of context.look.get(serviceAccountsIn, place)) {
    const users = context.look.get(workloadsOfAccount, `${place}/${data.name}`);
    yield { label: data.name, detail: users.length === 0 ? 'ServiceAccount' : workloadNames(users), rank: 0, sort: 'name' };
  }
}

/** Identities of service accounts at hand, of whole namespaces, and of the mesh. */
function* identities({ look, keysOf }: CompletionContext): Iterable<Candidate> {
  const config = look.get(linkerdConfig, '');
  for (const place of [...keysOf(serviceAccountsIn)].sort()) {
    if (place === '?') continue;
    for (const { data } of look.get(serviceAccountsIn, place))
      yield { label: identityOf(data.name, place, config), detail: `${place}/${data.name}`, rank: 0, sort: 'principal' };
    yield { label: identityOf('*', place, config), detail: `everything in ${place}`, rank: 1, sort: 'principal', quoted: true };
  }
  yield { label: '*', detail: 'every client in the mesh', rank: 2, sort: 'principal', quoted: true };
}

/** Servers, EgressNetworks and Services, as the kind beside says; of routes of the Gateway API only what it does not offer itself. */
function* parents(context: CompletionContext): Iterable<Candidate> {
  const kind = beside(context, 'kind');
  if (kind === 'Server') yield* named(context, serversIn, 'Server');
  else if (kind === 'EgressNetwork') yield* named(context, egressNetworksIn, 'EgressNetwork', placeBeside(context));
  else if (kind === 'Service' && context.resource.group === POLICY_GROUP) yield* servicesBeside(context);
}

function* servicesBeside(context: CompletionContext): Iterable<Candidate> {
  const kind = beside(context, 'kind');
  if (kind === 'EgressNetwork') yield* named(context, egressNetworksIn, 'EgressNetwork', placeBeside(context));
  if (kind !== '' && kind !== 'Service') return;
  for (const { data } of context.look.get(servicesIn, placeBeside(context)))
    yield { label: data.name, detail: 'Service', rank: 0, sort: 'host' };
}

function* servicePorts(context: CompletionContext): Iterable<Candidate> {
  for (const { data } of context.look.get(servicesNamed, `${placeBeside(context)}/${beside(context, 'name')}`))
    for (const { number, name } of data.ports)
      if (number !== undefined) yield { label: String(number), detail: name ?? '', rank: 0, sort: 'port', quoted: false };
}

function* profileNames({ look, keysOf, resource }: CompletionContext): Iterable<Candidate> {
  const { clusterDomain } = look.get(linkerdConfig, '');
  for (const place of [...keysOf(servicesIn)].sort()) {
    if (place === '?') continue;
    for (const { data } of look.get(servicesIn, place))
      yield {
        label: `${data.name}.${place}.svc.${clusterDomain}`,
        detail: 'Service',
        rank: place === resource.namespace ? 0 : 1,
        sort: 'host',
      };
  }
}

/** Annotations with a value each, where Linkerd reads them. */
function* annotations({ look, resource, path, written }: CompletionContext): Iterable<Candidate> {
  if (!look.get(isMeshInUse, 'linkerd') && !written.includes('linkerd')) return;
  const carrier = path[0] === 'metadata' ? resource.kind : 'Pod';
  for (const [name, facts] of Object.entries(ANNOTATIONS)) {
    if (facts.writtenBySystem || facts.removed || facts.replacedBy !== undefined || !facts.on.includes(carrier)) continue;
    for (const value of samplesOf(facts))
      yield {
        label: `${name}: ${quoteIfNeeded(value)}`,
        detail: 'Linkerd',
        rank: name === 'linkerd.io/inject' ? 0 : 1,
        sort: 'label',
        docs: facts.docs,
      };
  }
}

/** Values to offer: all of a few, else the default or one that shows the form. */
function samplesOf({ value, byDefault }: AnnotationFacts): readonly string[] {
  const known = valuesOf(value);
  if (known.length > 0) return known;
  switch (value?.type) {
    case 'portList':
      return [byDefault ?? '8080'];
    case 'cidrList':
      return ['10.0.0.0/8'];
    case 'quantity':
      return ['100m'];
    case 'linkerdDuration':
    case 'goDuration':
      return [byDefault ?? '5s'];
    case 'envList':
      return ['[{"name": "NAME", "value": "value"}]'];
    case 'number':
      return [byDefault ?? '0.5'];
    default:
      return [byDefault !== undefined && /^\S+$/.test(byDefault) ? byDefault : '1'];
  }
}
