import type { Emit } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { toLabels } from '../../../model/selectors.js';
import type { KindExtension } from '../../../rules/module.js';
import type { YamlNode } from '../../../yaml/node.js';
import { servicesNamed } from '../../kubernetes/lookups.js';
import { podTemplateOf, QUALIFIED_POD_KINDS } from '../../kubernetes/pod-templates.js';
import { meshSigns, workloadKey } from '../../kubernetes/tables.js';
import { isLinkerdAnnotation } from '../annotations.js';
import { INJECT } from '../injection.js';
import { OPAQUE_PORTS } from '../opaque.js';
import { DEFAULT_POLICY } from '../words.js';
import { externalWorkloadsIn, namespaceInjectionMarks, namespaceMarks, podInjectionMarks, serviceProfiles } from '../tables.js';
import { linkerdKind, nameRange } from './shared.js';

/** Service and namespace in a name such as `web.shop.svc.cluster.local`, whatever the domain of the cluster. */
export function serviceOfProfile(name: string): { readonly name: string; readonly namespace: string; readonly domain: string } | undefined {
  const [service, namespace, mark, ...domain] = name.split('.');
  return service && namespace && mark === 'svc' && domain.length > 0 ? { name: service, namespace, domain: domain.join('.') } : undefined;
}

export const serviceProfile = linkerdKind(
  'ServiceProfile',
  ['v1alpha2', 'v1alpha1'],
  (resource, emit) => {
    const { root, name, namespace } = resource;
    referHost(root.get('metadata.name'), emit);
    for (const node of root.list('spec.dstOverrides.*.authority')) referHost(node, emit);
    if (name === '') return;
    emit.define(serviceProfiles, name, nameRange(resource), {
      name,
      namespace,
      routes: root.list('spec.routes.*').length,
      overrides: root.list('spec.dstOverrides.*').length,
    });
  },
  { group: 'linkerd.io', shortNames: ['sp'] },
);

function referHost(node: YamlNode | undefined, emit: Emit): void {
  const found = serviceOfProfile((node?.text() ?? '').replace(/:\d+$/, ''));
  if (node === undefined || found === undefined) return;
  const start = node.type === 'scalar' && node.style !== 'plain' ? node.start + 1 : node.start;
  emit.refer(servicesNamed, `${found.namespace}/${found.name}`, node, { start, end: start + found.name.length });
}

export const externalWorkload = linkerdKind(
  'ExternalWorkload',
  ['v1beta1', 'v1alpha1'],
  (resource, emit) => {
    const { root, name, namespace } = resource;
    if (name === '') return;
    emit.define(externalWorkloadsIn, namespaceKey(namespace), nameRange(resource), {
      name,
      namespace,
      labels: toLabels(resource.labels),
      identity: root.text('spec.meshTLS.identity') ?? root.text('spec.meshTls.identity') ?? '',
      ports: root.list('spec.ports.*').map((it) => ({
        name: it.text('name'),
        number: it.number('port'),
        protocol: it.text('protocol') ?? 'TCP',
      })),
    });
  },
  { group: 'workload.linkerd.io' },
);

export const link = linkerdKind('Link', ['v1alpha3', 'v1alpha2', 'v1alpha1'], () => undefined, { group: 'multicluster.linkerd.io' });

export const trafficSplit = linkerdKind(
  'TrafficSplit',
  ['v1alpha2', 'v1alpha1'],
  ({ root, namespace }, emit) => {
    for (const node of [...root.list('spec.service'), ...root.list('spec.backends.*.service')]) {
      const name = node.text();
      if (name !== undefined) emit.refer(servicesNamed, `${namespaceKey(namespace)}/${name}`, node);
    }
  },
  { group: 'split.smi-spec.io', shortNames: ['ts'] },
);

/** What pods, Namespaces and Services say of Linkerd. */
export const pods: KindExtension = {
  kinds: QUALIFIED_POD_KINDS,
  mentions: ['linkerd'],
  extract(resource, emit) {
    const annotations = podTemplateOf(resource)?.annotations;
    if (!annotations?.entries.some((it) => isLinkerdAnnotation(it.key))) return;
    emit.define(meshSigns, 'linkerd', nameRange(resource), null);
    const mark = annotations.entry(INJECT);
    if (mark && resource.name !== '') emit.define(podInjectionMarks, workloadKey(resource), mark.value, { value: mark.value.text() });
  },
};

export const namespaces: KindExtension = { kinds: ['/Namespace'], mentions: ['linkerd'], extract: extractNamespace };

function extractNamespace(resource: Resource, emit: Emit): void {
  if (!hasSign(resource)) return;
  emit.define(meshSigns, 'linkerd', nameRange(resource), null);
  const annotations = resource.root.map('metadata.annotations');
  if (!annotations || resource.name === '') return;
  const mark = annotations.entry(INJECT);
  if (mark) emit.define(namespaceInjectionMarks, resource.name, mark.value, { value: mark.value.text() });
  for (const name of [DEFAULT_POLICY, OPAQUE_PORTS]) {
    const entry = annotations.entry(name);
    if (entry) emit.define(namespaceMarks, `${resource.name}/${name}`, entry.value, null);
  }
}

export const services: KindExtension = {
  kinds: ['/Service'],
  mentions: ['linkerd'],
  extract: (resource, emit) => {
    if (hasSign(resource)) emit.define(meshSigns, 'linkerd', nameRange(resource), null);
  },
};

function hasSign({ annotations }: Resource): boolean {
  for (const key of annotations.keys()) if (isLinkerdAnnotation(key)) return true;
  return false;
}
