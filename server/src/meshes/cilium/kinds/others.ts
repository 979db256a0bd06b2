import { defineKind, type Emit, type Kind } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { selectorText, toLabels } from '../../../model/selectors.js';
import { hasOpaque, textsAt } from '../../kubernetes/fields.js';
import { labelSelectorIn } from '../../kubernetes/label-selectors.js';
import { ANY_NAMESPACE, pickedWorkloads, secretsNamed, servicesNamed } from '../../kubernetes/lookups.js';
import { meshSigns } from '../../kubernetes/tables.js';
import { bgpPeerConfigNamed } from '../lookups.js';
import {
  allCidrGroups,
  bgpPeerConfigs,
  cidrGroups,
  envoyConfigs,
  envoyConfigsOfKind,
  listeners,
  podPools,
  type CidrGroupFacts,
  type EnvoyConfigFacts,
} from '../tables.js';

export const LISTENER_TYPE = 'type.googleapis.com/envoy.config.listener.v3.Listener';

function kind(name: string, versions: readonly string[], more: Partial<Kind> = {}): Kind {
  return defineKind({
    group: 'cilium.io',
    kind: name,
    versions,
    namespaced: false,
    system: 'cilium',
    ...more,
    extract(resource, emit) {
      emit.define(meshSigns, 'cilium', resource.root.get('metadata.name') ?? resource.root, null);
      more.extract?.(resource, emit);
    },
  });
}

export const ciliumCidrGroup = kind('CiliumCIDRGroup', ['v2', 'v2alpha1'], {
  shortNames: ['ccg'],
  extract(resource, emit) {
    if (resource.name === '') return;
    const at = resource.root.get('metadata.name')!;
    const facts: CidrGroupFacts = {
      name: resource.name,
      labels: toLabels(resource.labels),
      cidrs: textsAt(resource.root, 'spec.externalCIDRs'),
    };
    emit.define(cidrGroups, resource.name, at, facts);
    emit.define(allCidrGroups, '', at, facts);
  },
});

export const ciliumEnvoyConfig = kind('CiliumEnvoyConfig', ['v2'], { namespaced: true, shortNames: ['cec'], extract: extractEnvoyConfig });
export const ciliumClusterwideEnvoyConfig = kind('CiliumClusterwideEnvoyConfig', ['v2'], {
  shortNames: ['ccec'],
  extract: extractEnvoyConfig,
});

function extractEnvoyConfig(resource: Resource, emit: Emit): void {
  const { root } = resource;
  for (const service of [...root.list('spec.services.*'), ...root.list('spec.backendServices.*')]) {
    const at = service.get('name');
    const name = at?.text();
    if (at && name !== undefined) emit.refer(servicesNamed, `${service.text('namespace') ?? namespaceKey(resource.namespace)}/${name}`, at);
  }
  if (resource.name === '') return;
  const at = root.get('metadata.name')!;
  const found = root.list('spec.resources.*').filter((it) => it.text('@type') === LISTENER_TYPE);
  const facts: EnvoyConfigFacts = {
    kind: resource.kind,
    name: resource.name,
    namespace: resource.namespace,
    listeners: found.flatMap((it) => it.text('name') ?? []),
    incomplete: resource.partial || root.list('spec.resources').some(hasOpaque),
  };
  const key = `${resource.kind}/${namespaceKey(resource.namespace)}/${resource.name}`;
  emit.define(envoyConfigs, key, at, facts);
  emit.define(envoyConfigsOfKind, resource.kind, at, facts);
  for (const listener of found) {
    const name = listener.text('name');
    if (name !== undefined) emit.define(listeners, `${key}/${name}`, listener.get('name')!, facts);
  }
}

export const ciliumLocalRedirectPolicy = kind('CiliumLocalRedirectPolicy', ['v2'], {
  namespaced: true,
  shortNames: ['clrp'],
  extract(resource, emit) {
    const own = namespaceKey(resource.namespace);
    const at = resource.root.get('spec.redirectFrontend.serviceMatcher.serviceName');
    const name = at?.text();
    if (at && name !== undefined)
      emit.refer(servicesNamed, `${resource.root.text('spec.redirectFrontend.serviceMatcher.namespace') ?? own}/${name}`, at);
    referToPods(resource, emit, 'spec.redirectBackend.localEndpointSelector', own);
  },
});

export const ciliumEgressGatewayPolicy = kind('CiliumEgressGatewayPolicy', ['v2'], {
  shortNames: ['cegp'],
  extract(resource, emit) {
    for (const [index] of resource.root.list('spec.selectors.*').entries())
      referToPods(resource, emit, `spec.selectors.${index}.podSelector`, ANY_NAMESPACE);
  },
});

function referToPods(resource: Resource, emit: Emit, path: string, place: string): void {
  const node = resource.root.get(path);
  const { matchLabels, matchExpressions } = labelSelectorIn(node);
  const map = node?.map('matchLabels');
  if (map && matchExpressions.length === 0 && Object.keys(matchLabels).length > 0)
    emit.refer(pickedWorkloads, `${place}/${selectorText(matchLabels)}`, map);
}

export const ciliumBgpClusterConfig = kind('CiliumBGPClusterConfig', ['v2', 'v2alpha1'], {
  extract(resource, emit) {
    for (const at of resource.root.list('spec.bgpInstances.*.peers.*.peerConfigRef.name')) {
      const name = at.text();
      if (name !== undefined) emit.refer(bgpPeerConfigNamed, name, at);
    }
  },
});

export const ciliumBgpPeerConfig = kind('CiliumBGPPeerConfig', ['v2', 'v2alpha1'], {
  extract(resource, emit) {
    const at = resource.root.get('spec.authSecretRef');
    if (at?.text() !== undefined) emit.refer(secretsNamed, `kube-system/${at.text()}`, at);
    if (resource.name === '') return;
    emit.define(bgpPeerConfigs, resource.name, resource.root.get('metadata.name')!, {
      name: resource.name,
      labels: toLabels(resource.labels),
    });
  },
});

export const ciliumPodIpPool = kind('CiliumPodIPPool', ['v2alpha1'], {
  extract(resource, emit) {
    if (resource.name === '') return;
    emit.define(podPools, resource.name, resource.root.get('metadata.name')!, { name: resource.name, labels: toLabels(resource.labels) });
  },
});

/** Kinds that name nothing and that nothing names. */
export const plainKinds: readonly Kind[] = [
  kind('CiliumLoadBalancerIPPool', ['v2', 'v2alpha1'], { shortNames: ['ippools', 'ippool', 'lbippool', 'lbippools'] }),
  kind('CiliumL2AnnouncementPolicy', ['v2alpha1'], { shortNames: ['l2announcement'] }),
  kind('CiliumBGPAdvertisement', ['v2', 'v2alpha1'], { shortNames: ['cbgpadvert'] }),
  kind('CiliumBGPNodeConfigOverride', ['v2', 'v2alpha1'], { shortNames: ['cbgpnodeoverride'] }),
  kind('CiliumBGPPeeringPolicy', ['v2alpha1'], { shortNames: ['bgpp'] }),
  kind('CiliumNodeConfig', ['v2', 'v2alpha1'], { namespaced: true }),
  kind('CiliumGatewayClassConfig', ['v2alpha1'], { namespaced: true, shortNames: ['cgcc'] }),
  kind('CiliumExternalWorkload', ['v2'], { shortNames: ['cew'] }),
  kind('CiliumEndpoint', ['v2'], { namespaced: true, shortNames: ['cep', 'ciliumep'] }),
  kind('CiliumEndpointSlice', ['v2alpha1'], { shortNames: ['ces'] }),
  kind('CiliumIdentity', ['v2'], { shortNames: ['ciliumid'] }),
  kind('CiliumNode', ['v2'], { shortNames: ['cn', 'ciliumn'] }),
  kind('CiliumBGPNodeConfig', ['v2', 'v2alpha1'], { shortNames: ['cbgpnode'] }),
];
