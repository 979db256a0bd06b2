import { defineKind } from '../../../model/kind.js';
import { namespaceKey } from '../../../model/resource.js';
import { labelsIn, toLabels } from '../../../model/selectors.js';
import type { YamlNode } from '../../../yaml/node.js';
import { pickedWorkloads, servicesNamed } from '../lookups.js';
import { selectorText } from '../../../model/selectors.js';
import {
  generatedServices,
  servicePorts,
  services,
  servicesByName,
  servicesBySelector,
  servicesIn,
  type Service,
  type ServicePort,
} from '../tables.js';

export const service = defineKind({
  group: '',
  kind: 'Service',
  versions: ['v1'],
  shortNames: ['svc'],
  system: 'kubernetes',
  extract(resource, emit) {
    if (resource.name === '') return;
    const { root } = resource;
    const namespace = namespaceKey(resource.namespace);
    const selectorNode = root.map('spec.selector');
    const selector = selectorNode && labelsIn(selectorNode);
    const at = root.get('metadata.name')!;
    const ports = root.list('spec.ports.*');
    const exportTo = (resource.annotations.get('networking.istio.io/exportTo') ?? '')
      .split(',')
      .map((it) => it.trim())
      .filter((it) => it !== '');
    const facts: Service = {
      name: resource.name,
      namespace: resource.namespace,
      ports: ports.map(servicePortIn),
      selector: selector && Object.keys(selector).length > 0 ? selector : undefined,
      serviceType: root.text('spec.type') ?? 'ClusterIP',
      headless: root.text('spec.clusterIP') === 'None',
      labels: toLabels(resource.labels),
      exportTo,
      incomplete:
        resource.partial ||
        ports.some((port) => port.type !== 'map' || isOpaque(port.get('port'))) ||
        (selectorNode?.entries.some((it) => it.keyOpaque || isOpaque(it.value)) ?? false),
    };
    emit.define(services, `${namespace}/${resource.name}`, at, facts);
    const [firstPair] = Object.entries(facts.selector ?? {});
    if (firstPair) emit.define(servicesBySelector, `${namespace}/${firstPair.join('=')}`, at, facts);
    emit.define(servicesByName, resource.name, at, { name: resource.name, namespace: resource.namespace });
    emit.define(servicesIn, namespace, at, { name: resource.name, namespace: resource.namespace, selectedBy: firstPair?.[0] });
    for (const port of ports) {
      const number = port.number('port');
      if (number !== undefined)
        emit.define(servicePorts, `${namespace}/${resource.name}:${number}`, port.get('port')!, servicePortIn(port));
    }
    if (selector && selectorNode && Object.keys(selector).length > 0)
      emit.refer(pickedWorkloads, `${namespace}/${selectorText(selector)}`, selectorNode);
  },
});

/** A port as its map says. */
export function servicePortIn(port: YamlNode): ServicePort {
  return {
    name: port.text('name'),
    number: port.number('port'),
    protocol: port.text('protocol') ?? 'TCP',
    appProtocol: port.text('appProtocol'),
    targetPort: port.number('targetPort') ?? port.text('targetPort'),
  };
}

function isOpaque(node: YamlNode | undefined): boolean {
  return node?.type === 'scalar' && node.opaque;
}

export const endpointSlice = defineKind({ group: 'discovery.k8s.io', kind: 'EndpointSlice', versions: ['v1'], system: 'kubernetes' });

export const ingress = defineKind({
  group: 'networking.k8s.io',
  kind: 'Ingress',
  versions: ['v1'],
  shortNames: ['ing'],
  system: 'kubernetes',
  extract(resource, emit) {
    const namespace = namespaceKey(resource.namespace);
    for (const node of [
      resource.root.get('spec.defaultBackend.service.name'),
      ...resource.root.list('spec.rules.*.http.paths.*.backend.service.name'),
    ]) {
      const name = node?.text();
      if (node && name !== undefined) emit.refer(servicesNamed, `${namespace}/${name}`, node);
    }
  },
});

/** Flagger makes three Services from a Canary: its own, and those of the stable and the new version. */
export const canary = defineKind({
  group: 'flagger.app',
  kind: 'Canary',
  versions: ['v1beta1'],
  system: 'kubernetes',
  extract(resource, emit) {
    const { root, namespace } = resource;
    const node = root.get('spec.service.name') ?? root.get('spec.targetRef.name') ?? root.get('metadata.name');
    const name = node?.text();
    if (node === undefined || name === undefined || name === '') return;
    for (const suffix of ['', '-primary', '-canary']) {
      const made = { name: name + suffix, namespace };
      emit.define(generatedServices, `${namespaceKey(namespace)}/${made.name}`, node, made);
    }
  },
});
