import { defineLookup, type Lookups } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { namespaceKey, UNKNOWN_NAMESPACE, type ResourceId } from '../../model/resource.js';
import { ANY_NAMESPACE, pickedWorkloads, servicesNamed, splitKey } from '../kubernetes/lookups.js';
import { services, servicesIn, workloadsByLabel, type Service, type Workload } from '../kubernetes/tables.js';
import { controlPlane } from './control-plane.js';
import { serviceOfTag } from './names.js';
import {
  allMeshes,
  containerPatches,
  destinations,
  destinationsByName,
  destinationsIn,
  membersOfMesh,
  meshes,
  meshGateways,
  telemetryBackends,
  zones,
  type DestinationFacts,
  type DestinationPort,
  type MemberFacts,
  type MeshFacts,
} from './tables.js';

/** The Mesh of a name. */
export const meshNamed = defineLookup<readonly Definition<MeshFacts>[]>('kuma/meshNamed', (look, name) => look.get(meshes, name), {
  of: [meshes],
});

/** The Zone of a name. */
export const zoneNamed = defineLookup<readonly Definition<null>[]>('kuma/zoneNamed', (look, name) => look.get(zones, name), {
  of: [zones],
});

/** Names of all meshes at hand, sorted. */
export const meshNames = defineLookup<readonly string[]>('kuma/meshNames', (look) =>
  [...new Set(look.get(allMeshes, '').map((it) => it.data.name))].sort(),
);

export const containerPatchNamed = defineLookup('kuma/containerPatchNamed', (look, name) => look.get(containerPatches, name), {
  of: [containerPatches],
});
export const telemetryBackendNamed = defineLookup('kuma/telemetryBackendNamed', (look, name) => look.get(telemetryBackends, name), {
  of: [telemetryBackends],
});
export const meshGatewayNamed = defineLookup('kuma/meshGatewayNamed', (look, name) => look.get(meshGateways, name), {
  of: [meshGateways],
});

/** A destination, or the Service that Kuma makes a MeshService of. */
export type Target = Definition<DestinationFacts> | Definition<Service>;

/** What a ref by name may mean, by `Kind/namespace/name`. For a MeshService a Service will do; its tag `cart_shop_svc_80` is one, too. */
export const targetsNamed = defineLookup<readonly Target[]>(
  'kuma/targetsNamed',
  (look, key) => {
    const { kind, namespace, name } = partsOf(key);
    if (kind === 'MeshService') {
      const tag = serviceOfTag(name);
      if (tag) return [...destinationsAt(look, kind, tag.namespace, tag.name), ...look.get(servicesNamed, `${tag.namespace}/${tag.name}`)];
      return [...destinationsAt(look, kind, namespace, name), ...look.get(servicesNamed, `${namespace}/${name}`)];
    }
    const found = destinationsAt(look, kind, namespace, name);
    // They live in the system namespace, which refs leave out.
    return found.length > 0 || kind === 'MeshHTTPRoute' ? found : look.get(destinationsByName, `${kind}//${name}`);
  },
  {
    of: [destinations, services],
    keysLeadingTo: ({ key, data, table }) => {
      const { name, namespace } = data as { readonly name: string; readonly namespace: string | undefined };
      const kind = table === services.name ? 'MeshService' : key.slice(0, key.indexOf('/'));
      const places = new Set([namespaceKey(namespace), UNKNOWN_NAMESPACE]);
      const tags = (data as { readonly ports?: readonly DestinationPort[] }).ports ?? [];
      return [
        ...[...places].map((it) => `${kind}/${it}/${name}`),
        ...(kind === 'MeshService' && namespace !== undefined
          ? tags.map((it) => `${kind}/${namespace}/${name}_${namespace}_svc_${it.number ?? ''}`)
          : []),
      ];
    },
  },
);

function destinationsAt(look: Lookups, kind: string, namespace: string, name: string): readonly Definition<DestinationFacts>[] {
  const exact = look.get(destinations, `${kind}/${namespace}/${name}`);
  if (exact.length > 0) return exact;
  return namespace === UNKNOWN_NAMESPACE
    ? look.get(destinationsByName, `${kind}//${name}`)
    : look.get(destinations, `${kind}/${UNKNOWN_NAMESPACE}/${name}`);
}

/** Names of what is of a kind in a namespace, by `Kind/namespace`, sorted; empty where nothing is known there. */
export const targetNamesIn = defineLookup<readonly string[]>('kuma/targetNamesIn', (look, key) => {
  const slash = key.indexOf('/');
  const kind = key.slice(0, slash);
  const namespace = key.slice(slash + 1);
  const system = look.get(controlPlane).systemNamespace;
  const places = kind === 'MeshService' || kind === 'MeshHTTPRoute' ? [namespace] : [...new Set([namespace, system, UNKNOWN_NAMESPACE])];
  const names = places.flatMap((place) => look.get(destinationsIn, `${kind}/${place}`).map((it) => it.data.name));
  const own = kind === 'MeshService' ? look.get(servicesIn, namespace).map((it) => it.data.name) : [];
  return [...new Set([...names, ...own])].sort();
});

/** Objects of a mesh by `mesh/Kind`, with those whose mesh a template fills in. */
export const membersOf = defineLookup<readonly Definition<MemberFacts>[]>('kuma/membersOf', (look, key) => {
  const kind = key.slice(key.indexOf('/') + 1);
  return key.startsWith('?/') ? look.get(membersOfMesh, key) : [...look.get(membersOfMesh, key), ...look.get(membersOfMesh, `?/${kind}`)];
});

/** Policies that change what callers meet. */
export const SHAPING_KINDS: readonly string[] = ['MeshFaultInjection', 'MeshHTTPRoute', 'MeshRateLimit', 'MeshRetry', 'MeshTimeout'];

/** Of the policies of a mesh that shape traffic, the first by name; undefined where there is none. */
export const firstShapingPolicy = defineLookup<ResourceId | undefined>('kuma/firstShapingPolicy', (look, mesh) => {
  let first: Definition<MemberFacts> | undefined;
  for (const kind of SHAPING_KINDS)
    for (const it of look.get(membersOfMesh, `${mesh}/${kind}`))
      if (first === undefined || it.data.name < first.data.name || (it.data.name === first.data.name && it.resource < first.resource))
        first = it;
  return first?.resource;
});

/** Whether a mesh has an object of a kind, by `mesh/Kind`. */
export const hasMember = defineLookup<boolean>('kuma/hasMember', (look, key) => look.get(membersOf, key).length > 0);

/** Workloads whose proxies a policy of a namespace may pick, by `namespace/a=1,b=2`: the system namespace picks from all. */
export const proxiesPicked = defineLookup<readonly Definition<Workload>[]>(
  'kuma/proxiesPicked',
  (look, key) => {
    const { namespace, name: pairs } = splitKey(key);
    const place = namespace === look.get(controlPlane).systemNamespace ? ANY_NAMESPACE : namespace;
    return look.get(pickedWorkloads, `${place}/${pairs}`);
  },
  {
    of: [workloadsByLabel],
    // Which namespace is the system one, settings say; here the usual one counts.
    keysLeadingTo: (definition) =>
      pickedWorkloads
        .keysLeadingTo(definition)
        .map((it) => (it.startsWith(`${ANY_NAMESPACE}/`) ? `kuma-system/${it.slice(ANY_NAMESPACE.length + 1)}` : it)),
  },
);

/** Parts of a `Kind/namespace/name` key. */
export function partsOf(key: string): { readonly kind: string; readonly namespace: string; readonly name: string } {
  const [kind = '', namespace = '', name = ''] = key.split('/');
  return { kind, namespace, name };
}

/** The port of a target that a section, by name or number, or a number means. */
export function portOf(target: Target, section: string | number): DestinationPort | undefined {
  return target.data.ports.find((it) => it.number === section || it.name === section || String(it.number ?? '') === String(section));
}
