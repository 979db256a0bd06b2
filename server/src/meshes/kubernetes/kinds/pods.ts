import type { Emit } from '../../../model/kind.js';
import { defineKind, type Kind } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { labelsIn, type Labels } from '../../../model/selectors.js';
import type { Range } from '../../../text/range.js';
import type { YamlMap, YamlNode } from '../../../yaml/node.js';
import { accountsNamed, servicesNamed } from '../lookups.js';
import { bytesOf, milliCpuOf } from '../quantities.js';
import {
  hiddenWorkloads,
  workloads,
  workloadsByLabel,
  workloadsOfAccount,
  type Container,
  type HttpProbe,
  type Workload,
} from '../tables.js';

/** States a pod template (or a Pod) as a workload. */
function extractPods(resource: Resource, emit: Emit, template: YamlMap | undefined): void {
  if (template === undefined || resource.name === '') return;
  const spec = template.map('spec');
  const labelMap = template.map('metadata.labels');
  const annotationMap = template.map('metadata.annotations');
  const labels = { ...labelsIn(labelMap), ...generatedLabels(resource) };
  const account = spec?.text('serviceAccountName') ?? spec?.text('serviceAccount');
  const namespace = namespaceKey(resource.namespace);
  const workload: Workload = {
    kind: resource.kind,
    name: resource.name,
    namespace: resource.namespace,
    labels,
    annotations: labelsIn(annotationMap),
    serviceAccount: account ?? 'default',
    hostNetwork: spec?.boolean('hostNetwork') === true,
    containers: [...containers(spec, 'containers', false), ...containers(spec, 'initContainers', true)],
    containersIncomplete: resource.partial || hidesContainers(spec),
    replicas: resource.root.number('spec.replicas') ?? 1,
    requests: { milliCpu: requested(spec, 'cpu', milliCpuOf), bytes: requested(spec, 'memory', bytesOf) },
    injectionRange: injectionRange(spec, labelMap, annotationMap),
    live: isLive(resource),
    incomplete: resource.partial || isOpen(template.get('metadata')) || isOpen(labelMap) || isOpen(annotationMap),
  };
  const at = resource.root.get('metadata.name') ?? resource.root;
  emit.define(workloads, `${namespace}/${resource.kind}/${resource.name}`, at, workload);
  for (const place of [namespace, '*']) {
    emit.define(workloadsByLabel, `${place}/`, at, workload);
    if (workload.incomplete) emit.define(hiddenWorkloads, place, at, workload);
    for (const [key, value] of Object.entries(labels)) emit.define(workloadsByLabel, `${place}/${key}=${value}`, at, workload);
  }
  if (labels['istio'] !== undefined) emit.define(workloadsByLabel, '*/istio', at, workload);
  emit.define(workloadsOfAccount, `${namespace}/${workload.serviceAccount}`, at, workload);
  referServices(resource, emit);
  const accountNode = spec?.get('serviceAccountName') ?? spec?.get('serviceAccount');
  if (account !== undefined && accountNode) emit.refer(accountsNamed, `${namespace}/${account}`, accountNode);
}

/** Services by which a controller tells its pods apart: of a StatefulSet, and those of a Rollout that it switches. */
const SERVICE_PATHS: Readonly<Record<string, readonly string[]>> = {
  StatefulSet: ['spec.serviceName'],
  Rollout: ['canary.canaryService', 'canary.stableService', 'blueGreen.activeService', 'blueGreen.previewService'].map(
    (it) => `spec.strategy.${it}`,
  ),
};

function referServices({ kind, root, namespace }: Resource, emit: Emit): void {
  for (const path of SERVICE_PATHS[kind] ?? []) {
    const node = root.get(path);
    const name = node?.text();
    if (node && name) emit.refer(servicesNamed, `${namespaceKey(namespace)}/${name}`, node);
  }
}

const AMOUNTS = {
  cpu: { request: 'resources.requests.cpu', limit: 'resources.limits.cpu' },
  memory: { request: 'resources.requests.memory', limit: 'resources.limits.memory' },
};

/** The sum over containers, which a quota counts, with init containers that keep running beside them; others run before and seldom ask for more. */
function requested(spec: YamlMap | undefined, name: 'cpu' | 'memory', read: (written: string) => number | undefined): number | undefined {
  const { request, limit } = AMOUNTS[name];
  let sum = 0;
  const beside = spec?.list('initContainers.*').filter((it) => it.text('restartPolicy') === 'Always') ?? [];
  for (const container of [...(spec?.list('containers.*') ?? []), ...beside]) {
    // Where only a limit is given, it is what is asked for.
    const node = container.get(request) ?? container.get(limit);
    const amount = read(node?.text() ?? String(node?.number() ?? ''));
    if (amount === undefined) return undefined;
    sum += amount;
  }
  return sum;
}

function injectionRange(spec: YamlMap | undefined, labels: YamlMap | undefined, annotations: YamlMap | undefined): Range | undefined {
  const hostNetwork = spec?.get('hostNetwork');
  const node =
    (hostNetwork?.boolean() === true ? hostNetwork : undefined) ??
    labels?.entry('sidecar.istio.io/inject')?.value ??
    annotations?.entry('sidecar.istio.io/inject')?.value ??
    labels?.entry('istio.io/rev')?.value;
  return node && { start: node.start, end: node.end };
}

/** Whether keys of a map may be hidden by a template. */
function isOpen(node: YamlNode | undefined): boolean {
  if (node === undefined) return false;
  if (node.type === 'scalar') return node.opaque;
  return node.type === 'map' && node.entries.some((entry) => entry.keyOpaque || (entry.value.type === 'scalar' && entry.value.opaque));
}

function hidesContainers(spec: YamlMap | undefined): boolean {
  if (spec === undefined || spec.partial) return true;
  const containers = spec.get('containers');
  if (containers === undefined || (containers.type === 'scalar' && containers.opaque)) return true;
  if (containers.type === 'list' && containers.partial) return true;
  return spec.list('containers.*').some((container) => {
    if (container.type !== 'map' || container.partial) return true;
    const ports = container.get('ports');
    if (ports === undefined) return false;
    if (ports.type !== 'list' || ports.partial) return true;
    return ports.items.some((port) => isOpen(port) || isOpen(port.get('containerPort')));
  });
}

/** Labels that controllers add to the pods they make. */
function generatedLabels(resource: Resource): Labels {
  if (resource.kind === 'StatefulSet') return {};
  if (resource.kind === 'Job') return { 'job-name': resource.name, 'batch.kubernetes.io/job-name': resource.name };
  return {};
}

function containers(spec: YamlMap | undefined, field: string, init: boolean): readonly Container[] {
  return (spec?.listIn(field) ?? []).map((container) => ({
    name: container.text('name') ?? '',
    image: container.text('image') ?? '',
    init,
    ports: container.list('ports.*').map((port) => ({
      name: port.text('name'),
      number: port.number('containerPort'),
      protocol: port.text('protocol') ?? 'TCP',
    })),
    probes: probesIn(container),
    hasReadinessProbe: container.has('readinessProbe'),
  }));
}

const PROBES = ['livenessProbe.httpGet', 'readinessProbe.httpGet', 'startupProbe.httpGet'];
const NO_PROBES: readonly HttpProbe[] = [];

function probesIn(container: YamlNode): readonly HttpProbe[] {
  let probes: HttpProbe[] | undefined;
  for (const path of PROBES) {
    const check = container.get(path);
    const port = check?.number('port') ?? check?.text('port');
    if (check !== undefined && port !== undefined) (probes ??= []).push({ path: check.text('path') ?? '/', port });
  }
  return probes ?? NO_PROBES;
}

function isLive({ kind, root }: Resource): boolean {
  return (
    kind === 'Pod' &&
    (root.has('status.phase') || root.has('metadata.uid') || root.has('metadata.ownerReferences') || root.has('spec.nodeName'))
  );
}

function podKind(group: string, kind: string, versions: readonly string[], shortNames: readonly string[], templatePath: string): Kind {
  return defineKind({
    group,
    kind,
    versions,
    shortNames,
    system: 'kubernetes',
    extract: (resource, emit) => extractPods(resource, emit, templatePath === '' ? resource.root : resource.root.map(templatePath)),
  });
}

export const deployment = podKind('apps', 'Deployment', ['v1'], ['deploy'], 'spec.template');
export const statefulSet = podKind('apps', 'StatefulSet', ['v1'], ['sts'], 'spec.template');
export const daemonSet = podKind('apps', 'DaemonSet', ['v1'], ['ds'], 'spec.template');
export const replicaSet = podKind('apps', 'ReplicaSet', ['v1'], ['rs'], 'spec.template');
export const replicationController = podKind('', 'ReplicationController', ['v1'], ['rc'], 'spec.template');
export const job = podKind('batch', 'Job', ['v1'], [], 'spec.template');
export const cronJob = podKind('batch', 'CronJob', ['v1'], ['cj'], 'spec.jobTemplate.spec.template');
export const rollout = podKind('argoproj.io', 'Rollout', ['v1alpha1'], ['ro'], 'spec.template');
export const pod = podKind('', 'Pod', ['v1'], ['po'], '');
