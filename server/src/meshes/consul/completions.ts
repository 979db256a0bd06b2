import { UNKNOWN_NAMESPACE } from '../../model/resource.js';
import type { Candidate, CompletionContext, ValueCompletion } from '../../rules/editor.js';
import { gatewaysNamed } from '../gateway-api/lookups.js';
import { gatewaysIn } from '../gateway-api/tables.js';
import { isMeshInUse, splitKey } from '../kubernetes/lookups.js';
import { POD_KINDS } from '../kubernetes/pod-templates.js';
import { servicesByName } from '../kubernetes/tables.js';
import { namespaceKey } from '../../model/resource.js';
import { ANNOTATIONS, type AnnotationFacts } from './annotations.js';
import { ANY } from './names.js';
import { filters, jwtProviders, meshServicesIn, peers, resolversOf, samenessGroups, serviceNames, subsets } from './tables.js';

const JWT_PLACES = ['spec.jwt', 'spec.sources.*.permissions.*.jwt', 'spec.override.jwt', 'spec.default.jwt'];

/** Values that come from the workspace, by field. */
export const values: readonly ValueCompletion[] = [
  {
    kinds: ['ServiceSplitter', 'ServiceRouter', 'ServiceResolver'],
    paths: [
      'spec.splits.*.service',
      'spec.routes.*.destination.service',
      'spec.redirect.service',
      'spec.failover.*.service',
      'spec.failover.*.targets.*.service',
    ],
    complete: serviceCandidates,
  },
  {
    kinds: ['ServiceIntentions', 'IngressGateway'],
    paths: ['spec.destination.name', 'spec.sources.*.name', 'spec.listeners.*.services.*.name'],
    complete: withEverybody,
  },
  { kinds: ['TerminatingGateway', 'ExportedServices'], paths: ['spec.services.*.name'], complete: serviceCandidates },
  { kinds: ['ServiceDefaults'], paths: ['spec.upstreamConfig.overrides.*.name', 'metadata.name'], complete: serviceCandidates },
  { kinds: ['ServiceRouter', 'ServiceSplitter', 'ServiceResolver'], paths: ['metadata.name'], complete: serviceCandidates },
  {
    kinds: ['ServiceSplitter', 'ServiceRouter', 'ServiceResolver'],
    paths: [
      'spec.splits.*.serviceSubset',
      'spec.routes.*.destination.serviceSubset',
      'spec.redirect.serviceSubset',
      'spec.failover.*.serviceSubset',
      'spec.failover.*.targets.*.serviceSubset',
    ],
    complete: (context) => subsetsOf(context, context.textAt([...context.path.slice(0, -1), 'service']) || context.resource.name),
  },
  { kinds: ['ServiceResolver'], paths: ['spec.defaultSubset'], complete: (context) => subsetsOf(context, context.resource.name) },
  {
    kinds: ['ServiceResolver', 'ServiceIntentions', 'ExportedServices', 'SamenessGroup', 'MeshService'],
    paths: [
      'spec.redirect.peer',
      'spec.failover.*.targets.*.peer',
      'spec.sources.*.peer',
      'spec.services.*.consumers.*.peer',
      'spec.members.*.peer',
      'spec.peer',
    ],
    complete: (context) => named(context.keysOf(peers), 'peer'),
  },
  {
    kinds: ['ServiceResolver', 'ServiceIntentions', 'ExportedServices'],
    paths: [
      'spec.redirect.samenessGroup',
      'spec.failover.*.samenessGroup',
      'spec.sources.*.samenessGroup',
      'spec.services.*.consumers.*.samenessGroup',
    ],
    complete: (context) => named(context.keysOf(samenessGroups), 'sameness group'),
  },
  {
    kinds: ['ServiceIntentions', 'GatewayPolicy', 'RouteAuthFilter'],
    paths: JWT_PLACES.map((it) => `${it}.providers.*.name`),
    complete: (context) => named(context.keysOf(jwtProviders), 'JWTProvider'),
  },
  { kinds: ['GatewayPolicy'], paths: ['spec.targetRef.name'], complete: gatewayCandidates },
  { kinds: ['GatewayPolicy'], paths: ['spec.targetRef.sectionName'], complete: listenerCandidates },
  {
    kinds: ['gateway.networking.k8s.io/HTTPRoute'],
    paths: ['spec.rules.*.filters.*.extensionRef.name', 'spec.rules.*.backendRefs.*.filters.*.extensionRef.name'],
    complete: filterCandidates,
  },
  {
    kinds: ['gateway.networking.k8s.io/HTTPRoute', 'gateway.networking.k8s.io/TCPRoute'],
    paths: ['spec.rules.*.backendRefs.*.name'],
    complete: meshServiceCandidates,
  },
  {
    kinds: POD_KINDS,
    paths: ['metadata.annotations.*', 'spec.template.metadata.annotations.*', 'spec.jobTemplate.spec.template.metadata.annotations.*'],
    complete: (context) => annotationCandidates(context, context.path.includes('template') || context.resource.kind === 'Pod'),
  },
];

/** Names of services, those of Kubernetes first. */
function* serviceCandidates({ keysOf, resource }: CompletionContext): Iterable<Candidate> {
  const known = new Set<string>();
  for (const name of keysOf(servicesByName)) {
    known.add(name);
    yield { label: name, detail: 'Service', rank: name === resource.name ? 0 : 1, sort: 'host' };
  }
  for (const name of keysOf(serviceNames)) if (!known.has(name)) yield { label: name, detail: 'service of Consul', rank: 2, sort: 'host' };
}

function* withEverybody(context: CompletionContext): Iterable<Candidate> {
  yield* serviceCandidates(context);
  yield { label: ANY, detail: 'every service', rank: 3, sort: 'host', quoted: true };
}

function* subsetsOf({ look }: CompletionContext, service: string): Iterable<Candidate> {
  for (const { data } of look.get(resolversOf, service))
    for (const name of data.subsets) {
      const [found] = look.get(subsets, `${service}/${name}`);
      yield { label: name, detail: found?.data.filter || 'all instances', rank: 0, sort: 'subset' };
    }
}

function* named(names: Iterable<string>, detail: string): Iterable<Candidate> {
  for (const label of names) yield { label, detail, rank: 0, sort: 'name' };
}

function* gatewayCandidates({ look, resource }: CompletionContext): Iterable<Candidate> {
  for (const { data } of look.get(gatewaysIn, namespaceKey(resource.namespace)))
    yield { label: data.name, detail: data.className ?? 'Gateway', rank: data.className === 'consul' ? 0 : 1, sort: 'gateway' };
}

function* listenerCandidates({ look, resource, textAt }: CompletionContext): Iterable<Candidate> {
  const name = textAt(['spec', 'targetRef', 'name']);
  for (const { data } of look.get(gatewaysNamed, `${namespaceKey(resource.namespace)}/${name}`))
    for (const listener of data.listeners)
      yield { label: listener.name, detail: [listener.port ?? '', listener.protocol ?? ''].join(' ').trim(), rank: 0, sort: 'name' };
}

function* filterCandidates({ keysOf, resource, textAt, path }: CompletionContext): Iterable<Candidate> {
  const wanted = textAt([...path.slice(0, -1), 'kind']);
  for (const key of keysOf(filters)) {
    const { namespace: kind, name: rest } = splitKey(key);
    const { namespace, name } = splitKey(rest);
    if ((wanted === '' || kind === wanted) && [namespaceKey(resource.namespace), UNKNOWN_NAMESPACE].includes(namespace))
      yield { label: name, detail: kind, rank: 0, sort: 'name' };
  }
}

function* meshServiceCandidates({ look, resource, textAt, path }: CompletionContext): Iterable<Candidate> {
  if (textAt([...path.slice(0, -1), 'kind']) !== 'MeshService') return;
  for (const { data } of look.get(meshServicesIn, namespaceKey(resource.namespace)))
    yield { label: data.name, detail: 'MeshService', rank: 0, sort: 'name' };
}

/** Annotations with a value to begin with. */
function* annotationCandidates({ look, resource, path, written }: CompletionContext, onPods: boolean): Iterable<Candidate> {
  if (!onPods || (!look.get(isMeshInUse, 'consul') && ![String(path.at(-1)), written].some((it) => it.includes('consul')))) return;
  for (const [name, facts] of Object.entries(ANNOTATIONS)) {
    if (!facts.on.includes('Pod') || facts.writtenBySystem === true) continue;
    for (const value of valuesOf(facts, resource.name)) {
      // A value alone is put into quotes by whoever writes it; beside its key it has to bring them.
      const shown = path.at(-1) === '*' ? value : value.replaceAll("'", '');
      yield { label: `${name}: ${shown}`, detail: facts.docs, rank: name.endsWith('/connect-inject') ? 0 : 1, sort: 'label' };
    }
  }
}

function valuesOf({ type, values: listedValues, byDefault }: AnnotationFacts, name: string): readonly string[] {
  if (listedValues) return listedValues;
  switch (type) {
    case 'bool':
      return byDefault === 'true' ? ["'false'", "'true'"] : ["'true'", "'false'"];
    case 'port':
    case 'unprivilegedPort':
    case 'uint':
      return [`'${/^\d+$/.test(byDefault ?? '') ? byDefault! : '8080'}'`];
    case 'int':
      return ["'10'"];
    case 'intList':
      return ["'1000'"];
    case 'portList':
      return ["'8080'"];
    case 'cidrList':
      return ['10.0.0.0/8'];
    case 'quantity':
      return ['100m'];
    case 'jsonMap':
      return ["'{}'"];
    case 'jsonList':
      return ["'[]'"];
    case 'upstreams':
      return ["'name:1234'"];
    case 'text':
      return [byDefault?.startsWith('/') === true ? byDefault : name === '' ? 'name' : name];
  }
}
