import { namespaceKey } from '../../model/resource.js';
import type { Candidate, CompletionContext, ValueCompletion } from '../../rules/editor.js';
import { labelCandidates, namespaceCandidates } from '../kubernetes/editor.js';
import { ANY_NAMESPACE, isMeshInUse } from '../kubernetes/lookups.js';
import { POD_KINDS } from '../kubernetes/pod-templates.js';
import { secretsIn } from '../kubernetes/tables.js';
import { controlPlane } from './control-plane.js';
import { actsOn, KEYS, type KeyFacts } from './keys.js';
import { meshNames, portOf, targetNamesIn, targetsNamed, type Target } from './lookups.js';
import { FIELD_KINDS, MESH_LABEL, RESOURCE_KINDS, ZONE_LABEL } from './names.js';
import { allowedKinds } from './places.js';
import { containerPatches, telemetryBackends, zones } from './tables.js';
import { POLICY_KINDS, ROUTE_KINDS } from './target-refs.js';
import { HTTP_RETRY_ON } from './validation/traffic.js';

const TO = ['spec.to.*.targetRef'];
const BACKENDS = ['spec.to.*.rules.*.default.backendRefs.*', 'spec.to.*.rules.*.default.filters.*.requestMirror.backendRef'];
const OWN_KINDS = [...POLICY_KINDS, ...RESOURCE_KINDS, 'Dataplane'];
const TELEMETRY = [
  'spec.default.backends.*.openTelemetry.backendRef.labels.*',
  ...['from', 'to', 'rules'].map((it) => `spec.${it}.*.default.backends.*.openTelemetry.backendRef.labels.*`),
];

/** Values that come from the workspace or from the tables of Kuma, by field. */
export const values: readonly ValueCompletion[] = [
  {
    kinds: POLICY_KINDS,
    paths: ['spec.targetRef.kind', 'spec.from.*.targetRef.kind', ...[...TO, ...BACKENDS].map((it) => `${it}.kind`)],
    isWhole: true,
    complete: kinds,
  },
  { kinds: POLICY_KINDS, paths: [...TO, ...BACKENDS].map((it) => `${it}.name`), complete: names },
  { kinds: POLICY_KINDS, paths: [...TO, ...BACKENDS].map((it) => `${it}.namespace`), complete: namespaceCandidates },
  { kinds: POLICY_KINDS, paths: TO.map((it) => `${it}.sectionName`), complete: sections },
  { kinds: ROUTE_KINDS, paths: BACKENDS.map((it) => `${it}.port`), complete: ports },
  { kinds: POLICY_KINDS, paths: ['spec.targetRef.labels.*', 'spec.targetRef.tags.*'], complete: podLabels },
  { kinds: POLICY_KINDS, paths: TELEMETRY, complete: backends },
  {
    kinds: ['MeshLoadBalancingStrategy'],
    paths: ['from', 'to'].map((it) => `spec.to.*.default.localityAwareness.crossZone.failover.*.${it}.zones.*`),
    complete: zoneCandidates,
  },
  { kinds: ['MeshRetry'], paths: ['spec.to.*.default.http.retryOn.*'], complete: conditions },
  { kinds: FIELD_KINDS, paths: ['mesh'], complete: meshCandidates },
  { kinds: ['Mesh'], paths: ['spec.mtls.enabledBackend', 'spec.metrics.enabledBackend'], complete: ownBackends },
  {
    kinds: ['MeshExternalService'],
    paths: ['caCert', 'clientCert', 'clientKey'].map((it) => `spec.tls.verification.${it}.secret`),
    complete: secrets,
  },
  {
    kinds: [...OWN_KINDS, 'MeshGatewayInstance', 'Workload', 'Namespace', 'Service', 'Pod'],
    paths: ['metadata.labels.*'],
    complete: (it) => keys(it, 'labels'),
  },
  { kinds: ['Namespace', 'Service', 'Pod'], paths: ['metadata.annotations.*'], complete: (it) => keys(it, 'annotations') },
  ...(['labels', 'annotations'] as const).map((field) => ({
    kinds: POD_KINDS,
    paths: [`spec.template.metadata.${field}.*`, `spec.jobTemplate.spec.template.metadata.${field}.*`],
    complete: (it: CompletionContext) => keys(it, field),
  })),
];

/** What stands in a field beside the one that is completed. */
function beside({ path, textAt }: CompletionContext, field: string): string {
  return textAt([...path.slice(0, -1), field]);
}

/** Kinds that the policy may point at in this place, by its kind, namespace and the version. */
function* kinds({ resource, look, path }: CompletionContext): Iterable<Candidate> {
  const place = path[1] === 'targetRef' ? 'top' : path[1] === 'from' ? 'from' : path.length <= 5 ? 'to' : 'backend';
  const allowed = allowedKinds(
    resource,
    { place, holder: resource.root.get(path.slice(0, 3).join('.')) ?? resource.root },
    look.get(controlPlane),
  );
  for (const label of allowed ?? []) yield { label, rank: 0, sort: 'name' };
}

/** What the kind beside names in the namespace beside. */
function* names(context: CompletionContext): Iterable<Candidate> {
  const kind = beside(context, 'kind') || 'MeshService';
  const place = beside(context, 'namespace') || namespaceKey(context.resource.namespace);
  for (const label of context.look.get(targetNamesIn, `${kind}/${place}`)) {
    const numbers = context.look
      .get(targetsNamed, `${kind}/${place}/${label}`)
      .flatMap((it) => it.data.ports.flatMap((port) => port.number ?? []));
    yield { label, detail: numbers.length === 0 ? kind : `${kind}, port ${[...new Set(numbers)].join(', ')}`, rank: 0, sort: 'host' };
  }
}

function targetsBeside(context: CompletionContext): readonly Target[] {
  const place = beside(context, 'namespace') || namespaceKey(context.resource.namespace);
  return context.look.get(targetsNamed, `${beside(context, 'kind')}/${place}/${beside(context, 'name')}`);
}

function* sections(context: CompletionContext): Iterable<Candidate> {
  const [target] = targetsBeside(context);
  for (const { name, number, appProtocol } of target?.data.ports ?? []) {
    const label = name ?? String(number ?? '');
    yield {
      label,
      detail: [`port ${number ?? ''}`, appProtocol].filter((it) => it !== undefined).join(', '),
      rank: 0,
      sort: 'port',
      quoted: true,
    };
  }
}

function* ports(context: CompletionContext): Iterable<Candidate> {
  const [target] = targetsBeside(context);
  for (const { number, name, appProtocol } of target?.data.ports ?? []) {
    if (number === undefined || portOf(target!, number) === undefined) continue;
    yield {
      label: String(number),
      detail: [name, appProtocol].filter((it) => it !== undefined).join(', '),
      rank: 0,
      sort: 'port',
      quoted: false,
    };
  }
}

/** Labels of pods that the policy can see. */
function podLabels(context: CompletionContext): Iterable<Candidate> {
  const { namespace } = context.resource;
  const isWide = namespace === undefined || namespace === context.look.get(controlPlane).systemNamespace;
  return labelCandidates(context, isWide ? ANY_NAMESPACE : namespace);
}

function* backends({ keysOf }: CompletionContext): Iterable<Candidate> {
  for (const name of [...keysOf(telemetryBackends)].sort())
    yield { label: `kuma.io/display-name: ${name}`, detail: 'MeshOpenTelemetryBackend', rank: 0, sort: 'label' };
}

function* conditions(): Iterable<Candidate> {
  for (const label of HTTP_RETRY_ON) yield { label, rank: 0, sort: 'name' };
}

function* meshCandidates({ look }: CompletionContext): Iterable<Candidate> {
  for (const label of new Set([...look.get(meshNames), 'default'])) yield { label, detail: 'Mesh', rank: 0, sort: 'name' };
}

function* zoneCandidates({ keysOf }: CompletionContext): Iterable<Candidate> {
  for (const label of [...keysOf(zones)].sort()) yield { label, detail: 'Zone', rank: 0, sort: 'name' };
}

function* ownBackends({ path, resource }: CompletionContext): Iterable<Candidate> {
  for (const node of resource.root.list(`spec.${String(path[1])}.backends.*`)) {
    const label = node.text('name');
    if (label !== undefined) yield { label, detail: node.text('type') ?? 'backend', rank: 0, sort: 'name' };
  }
}

function* secrets({ look, resource }: CompletionContext): Iterable<Candidate> {
  for (const { data } of look.get(secretsIn, namespaceKey(resource.namespace)))
    yield { label: data.name, detail: data.secretType, rank: data.secretType === 'system.kuma.io/secret' ? 0 : 1, sort: 'secret' };
}

/** Keys that act where the cursor is, each with the values that it takes. */
function* keys(context: CompletionContext, field: 'labels' | 'annotations'): Iterable<Candidate> {
  const { look, resource, path, written, keysOf } = context;
  if (!look.get(isMeshInUse, 'kuma') && !written.includes('kuma')) return;
  const carrier = path[0] === 'metadata' ? resource.kind : 'Pod';
  for (const [key, facts] of Object.entries(KEYS)) {
    if (facts.computed || facts.removed === '2' || !actsOn(facts, { carrier, field })) continue;
    if (facts.removed === '3.0' && look.get(controlPlane).version === '3.0') continue;
    const rank = facts.deprecated === undefined && facts.removed === undefined ? 0 : 1;
    const offered =
      key === MESH_LABEL
        ? [...new Set([...look.get(meshNames), 'default'])]
        : key === 'kuma.io/container-patches'
          ? [...keysOf(containerPatches)].sort()
          : key === ZONE_LABEL && [...keysOf(zones)].length > 0
            ? [...keysOf(zones)].sort()
            : valuesOf(facts);
    for (const value of offered) yield { label: `${key}: ${value}`, detail: 'Kuma', rank, sort: 'label', docs: facts.docs };
  }
}

/** Values to offer; words that YAML reads as something else are left out, since there are others for the same. */
function valuesOf({ value }: KeyFacts): readonly string[] {
  if (typeof value === 'object') return value.filter((it) => !['true', 'false', 'yes', 'no', 'off'].includes(it));
  switch (value) {
    case 'duration':
      return ['30s'];
    case 'addresses':
      return ['10.0.0.0/8'];
    case 'variables':
      return ['NAME=value'];
    default:
      return ['""'];
  }
}
