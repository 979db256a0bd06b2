import type { Emit } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import type { KindExtension } from '../../../rules/module.js';
import { GROUP as GATEWAY_GROUP } from '../../gateway-api/references.js';
import { podTemplateOf, QUALIFIED_POD_KINDS } from '../../kubernetes/pod-templates.js';
import { servicesNamed } from '../../kubernetes/lookups.js';
import { goBoolean, INJECT, KUBERNETES_SERVICE, SERVICE, UPSTREAMS } from '../annotations.js';
import { CONTROLLER } from '../classes.js';
import { partOf } from '../fields.js';
import { filterNamed, gatewayClassConfigNamed, meshServiceNamed, serviceNamed } from '../lookups.js';
import { GROUP } from '../names.js';
import { presence, serviceNames } from '../tables.js';
import { upstreamsIn } from '../upstreams.js';
import { nameNode } from './shared.js';

/** What annotations of pods define and name. */
function extractPods(resource: Resource, emit: Emit): void {
  const annotations = podTemplateOf(resource)?.annotations;
  if (annotations === undefined) return;
  const inject = annotations.entry(INJECT)?.value;
  if (inject && goBoolean(inject.text() ?? '') === true) emit.define(presence, '', inject, null);
  const service = annotations.entry(SERVICE)?.value;
  let at = 0;
  for (const raw of service?.text()?.split(',') ?? []) {
    const name = raw.trim();
    const start = at + raw.length - raw.trimStart().length;
    if (service && name !== '') emit.define(serviceNames, name, partOf(service, start, start + name.length), { name, by: 'workload' });
    at += raw.length + 1;
  }
  const upstreams = annotations.entry(UPSTREAMS)?.value;
  for (const it of upstreamsIn(upstreams?.text() ?? '', false)) {
    const isHere = !it.isQuery && it.peer === undefined && it.datacenter === undefined && it.fault === undefined;
    if (upstreams && isHere) emit.refer(serviceNamed, it.name, partOf(upstreams, it.start, it.start + it.name.length));
  }
  const registered = annotations.entry(KUBERNETES_SERVICE)?.value;
  if (registered?.text()) emit.refer(servicesNamed, `${namespaceKey(resource.namespace)}/${registered.text()}`, registered);
}

/** Filters and backends of Consul that routes name. */
function extractRoute({ root, namespace }: Resource, emit: Emit): void {
  const extensions = [
    ...root.list('spec.rules.*.filters.*.extensionRef'),
    ...root.list('spec.rules.*.backendRefs.*.filters.*.extensionRef'),
  ];
  for (const ref of extensions) {
    const name = ref.get('name');
    if (ref.text('group') === GROUP && name?.text())
      emit.refer(filterNamed, `${ref.text('kind') ?? ''}/${namespaceKey(namespace)}/${name.text()}`, name);
  }
  for (const ref of root.list('spec.rules.*.backendRefs.*')) {
    const name = ref.get('name');
    if (ref.text('group') === GROUP && ref.text('kind') === 'MeshService' && name?.text())
      emit.refer(meshServiceNamed, `${namespaceKey(ref.text('namespace') ?? namespace)}/${name.text()}`, name);
  }
}

/** What this system reads in kinds of others. */
export const extensions: readonly KindExtension[] = [
  { kinds: QUALIFIED_POD_KINDS, mentions: ['consul'], extract: extractPods },
  { kinds: ['/Service'], extract: (resource, emit) => emit.define(presence, '', nameNode(resource), null) },
  { kinds: [`${GATEWAY_GROUP}/HTTPRoute`, `${GATEWAY_GROUP}/TCPRoute`], mentions: ['consul'], extract: extractRoute },
  {
    kinds: [`${GATEWAY_GROUP}/GatewayClass`],
    extract: ({ root }, emit) => {
      const name = root.get('spec.parametersRef.name');
      if (root.text('spec.controllerName') === CONTROLLER && name?.text()) emit.refer(gatewayClassConfigNamed, name.text()!, name);
    },
  },
];
