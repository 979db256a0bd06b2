import type { Lookups } from '../../../index/tables.js';
import type { Definition } from '../../../model/facts.js';
import { displayName, namespaceKey, type Resource, type Site } from '../../../model/resource.js';
import type { EffectiveState, StateLine } from '../../../rules/editor.js';
import { annotationSite, counted, listed, siteAt, workloadNames } from '../../kubernetes/editor.js';
import { ANY_NAMESPACE, selectedWorkloads } from '../../kubernetes/lookups.js';
import { services, workloadKey, type Workload } from '../../kubernetes/tables.js';
import { selectorText } from '../../../model/selectors.js';
import { controlPlane } from '../control-plane.js';
import { injectionOf, meshOfWorkload } from '../injection.js';
import { membersOf, meshNamed } from '../lookups.js';
import { mtlsOfMesh } from '../mtls.js';
import { meshNode, meshOf, serviceOfTag } from '../names.js';
import { POLICY_KINDS, ROUTE_KINDS } from '../target-refs.js';
import { bindsTo, roleOf, type Policy } from './policies.js';
import { callersLine, siteOf } from './workload.js';

/** Workloads with a sidecar that a policy binds to. */
export function proxiesOf(resource: Resource, look: Lookups): readonly Definition<Workload>[] {
  const mesh = meshOf(resource);
  const policy = mesh === undefined ? undefined : look.get(membersOf, `${mesh}/${resource.kind}`).find((it) => it.resource === resource.id);
  if (policy === undefined) return [];
  const { top, namespace } = policy.data;
  const isWide =
    namespace === undefined ||
    roleOf(policy.data, look.get(controlPlane)) === 'system' ||
    roleOf(policy.data, look.get(controlPlane)) === 'producer';
  const labels = top.kind === 'Dataplane' && top.name === undefined ? selectorText(top.labels) : '';
  return look.get(selectedWorkloads, `${isWide ? ANY_NAMESPACE : namespace}/${labels}`).filter(({ data }) => {
    const key = workloadKey(data);
    return look.get(injectionOf, key).state !== 'none' && look.get(meshOfWorkload, key) === mesh && bindsTo(policy.data, data, key, look);
  });
}

const ROLES = {
  system: 'for proxies of every namespace, since it is in the system namespace',
  'workload-owner': 'for the workloads of its namespace',
  producer: 'for clients of every namespace that call its service',
  consumer: 'for what the workloads of its namespace send',
};

/** Whom a policy is for. */
export const policyState: EffectiveState = {
  kinds: POLICY_KINDS,
  describe(resource, look) {
    const mesh = meshOf(resource);
    const policy =
      mesh === undefined ? undefined : look.get(membersOf, `${mesh}/${resource.kind}`).find((it) => it.resource === resource.id);
    if (policy === undefined) return { lines: [] };
    const proxies = proxiesOf(resource, look);
    const role = roleOf(policy.data, look.get(controlPlane));
    const lines: StateLine[] = [
      { topic: 'mesh', text: mesh!, sites: [...siteAt(resource, meshNode(resource)), ...look.get(meshNamed, mesh!).map(siteOf)] },
    ];
    if (role !== undefined)
      lines.push({ topic: 'role', text: `${role}: ${ROLES[role]}`, sites: siteAt(resource, resource.root.get('metadata.namespace')) });
    lines.push({
      topic: 'proxies',
      text: proxies.length === 0 ? 'no workload at hand' : workloadNames(proxies),
      sites: proxies.length === 0 ? siteAt(resource, resource.root.get('spec.targetRef')) : proxies.map(siteOf),
    });
    if (policy.data.shadow)
      lines.push({
        topic: 'effect',
        text: 'none: it is computed and not applied (kuma.io/effect: shadow)',
        sites: [
          ...siteAt(resource, resource.root.map('metadata.labels')?.entry('kuma.io/effect')?.value),
          ...annotationSite(resource, 'kuma.io/effect'),
        ],
      });
    return { summary: counted(proxies.length, 'workload'), lines };
  },
};

/** What a mesh as a whole comes to. */
export const meshState: EffectiveState = {
  kinds: ['Mesh'],
  describe({ name }, look) {
    const { mode, sites, by } = look.get(mtlsOfMesh, name);
    const count = (kind: string): number => look.get(membersOf, `${name}/${kind}`).length;
    const sitesOf = (kinds: readonly string[]): readonly Site[] =>
      kinds
        .flatMap((it) => look.get(membersOf, `${name}/${it}`))
        .slice(0, 5)
        .map((it) => siteOf(it));
    const permissions = look.get(membersOf, `${name}/MeshTrafficPermission`);
    const telemetry = ['MeshMetric', 'MeshAccessLog', 'MeshTrace'].filter((it) => count(it) > 0);
    const policies = POLICY_KINDS.filter((it) => count(it) > 0).map((it) => counted(count(it), it, `${it}s`));
    return {
      lines: [
        {
          topic: 'mTLS',
          text: by === undefined ? mode : `${mode}, by ${by === 'backend' ? 'a backend of the Mesh' : 'a MeshIdentity'}`,
          sites,
        },
        {
          topic: 'permissions',
          text:
            mode === 'off'
              ? 'not enforced without mTLS'
              : permissions.length === 0
                ? 'none at hand: every request is refused'
                : listed(permissions.map((it) => displayName(it.data))),
          sites: permissions.map(siteOf),
        },
        { topic: 'telemetry', text: telemetry.length === 0 ? 'none at hand' : telemetry.join(', '), sites: sitesOf(telemetry) },
        { topic: 'policies', text: policies.length === 0 ? 'none at hand' : policies.join(', '), sites: sitesOf(POLICY_KINDS) },
      ],
    };
  },
};

/** Routes whose calls to a Service change, and who may call what is behind it. */
export const serviceState: EffectiveState = {
  kinds: ['Service'],
  describe({ namespace, name }, look) {
    const definition = look.get(services, `${namespaceKey(namespace)}/${name}`)[0];
    const pods =
      definition?.data.selector === undefined
        ? []
        : look.get(selectedWorkloads, `${namespaceKey(namespace)}/${selectorText(definition.data.selector)}`);
    const proxies = pods.filter((it) => look.get(injectionOf, workloadKey(it.data)).state === 'injected');
    if (proxies.length === 0) return { lines: [] };
    const routes = routesTo(name, namespace, proxies, look);
    return {
      lines: [
        ...(routes.length === 0
          ? []
          : [
              { topic: 'routes', text: listed(routes.map((it) => `${it.data.kind} "${displayName(it.data)}"`)), sites: routes.map(siteOf) },
            ]),
        callersLine(workloadKey(proxies[0]!.data), look),
      ],
    };
  },
};

/** Routes of a mesh that name a Service in "to". */
export function routesTo(
  name: string,
  namespace: string | undefined,
  proxies: readonly Definition<Workload>[],
  look: Lookups,
): readonly Policy[] {
  const meshes = new Set(proxies.flatMap(({ data }) => look.get(meshOfWorkload, workloadKey(data)) ?? []));
  return [...meshes].flatMap((mesh) =>
    ROUTE_KINDS.flatMap((kind) => look.get(membersOf, `${mesh}/${kind}`)).filter((it) =>
      it.data.to.some((item) => {
        const tag = item.kind === 'MeshService' && item.name !== undefined ? serviceOfTag(item.name) : undefined;
        return (
          item.kind === 'MeshService' &&
          (tag?.name ?? item.name) === name &&
          (tag?.namespace ?? item.namespace ?? it.data.namespace) === namespace
        );
      }),
    ),
  );
}
