import { defineLookup, type Lookups } from '../../../index/tables.js';
import type { Definition } from '../../../model/facts.js';
import { selects, type Labels } from '../../../model/selectors.js';
import { servicesOfWorkload } from '../../kubernetes/lookups.js';
import { workloads, type Workload } from '../../kubernetes/tables.js';
import { controlPlane, type ControlPlane } from '../control-plane.js';
import { injectionOf, meshOfWorkload } from '../injection.js';
import { membersOf } from '../lookups.js';
import { mtlsOfMesh } from '../mtls.js';
import { serviceOfTag } from '../names.js';
import type { MemberFacts, ToItem } from '../tables.js';
import { POLICY_KINDS } from '../target-refs.js';

export type Policy = Definition<MemberFacts>;

/** Whom a policy speaks for: it follows from where it is and which lists it has. */
export type Role = 'system' | 'workload-owner' | 'producer' | 'consumer';

export function roleOf(
  data: Pick<MemberFacts, 'namespace' | 'hasFrom' | 'hasRules' | 'to'>,
  { systemNamespace, version }: ControlPlane,
): Role | undefined {
  if (data.namespace === undefined) return undefined;
  if (data.namespace === systemNamespace) return 'system';
  if (data.hasFrom || data.hasRules || data.to.length === 0) return 'workload-owner';
  return data.to.every((it) => isProduced(it, data.namespace!, version)) ? 'producer' : 'consumer';
}

function isProduced({ kind, name, namespace, labels }: ToItem, own: string, version: ControlPlane['version']): boolean {
  if (kind !== 'MeshService' && kind !== 'MeshHTTPRoute') return false;
  if (version === '2.14') return name !== undefined && (namespace === undefined || namespace === own);
  const place = labels['k8s.kuma.io/namespace'];
  return labels['kuma.io/display-name'] !== undefined && (place === undefined || place === own);
}

/** Policies of a kind that bind to the proxy of a workload, by `namespace/Kind/name:PolicyKind`, the one that wins last. */
const policiesOfKind = defineLookup<readonly Policy[]>('kuma/policiesOfKind', (look, key) => {
  const colon = key.lastIndexOf(':');
  const place = key.slice(0, colon);
  const mesh = look.get(meshOfWorkload, place);
  const workload = look.get(workloads, place)[0]?.data;
  if (mesh === undefined || workload === undefined) return [];
  const plane = look.get(controlPlane);
  return look
    .get(membersOf, `${mesh}/${key.slice(colon + 1)}`)
    .filter((it) => !it.data.shadow && it.data.mesh === mesh && bindsTo(it.data, workload, place, look))
    .sort((a, b) => compare(a.data, b.data, plane));
});

/** Policies that bind to the proxy of a workload, by `namespace/Kind/name`, kind by kind; of each kind the one that wins last. */
export const policiesOf = defineLookup<readonly Policy[]>('kuma/policiesOf', (look, key) =>
  POLICY_KINDS.flatMap((kind) => look.get(policiesOfKind, `${key}:${kind}`)),
);

/** Whether a policy of a workload's mesh binds to its proxy; `key` is that of the workload. */
export function bindsTo(policy: MemberFacts, workload: Workload, key: string, look: Lookups): boolean {
  const plane = look.get(controlPlane);
  const role = roleOf(policy, plane);
  // What a producer says of its service holds for clients of every namespace.
  if (role !== undefined && role !== 'system' && role !== 'producer' && policy.namespace !== workload.namespace) return false;
  const { kind, labels, name, namespace } = policy.top;
  switch (kind) {
    case 'Mesh':
      return true;
    case 'Dataplane':
      if (name !== undefined)
        return workload.kind === 'Pod' && workload.name === name && (namespace ?? policy.namespace) === workload.namespace;
      return selects(labels, workload.labels);
    case 'MeshSubset':
      return hasTags(labels, workload, key, look);
    case 'MeshService':
      return name !== undefined && isBehind(name, namespace ?? policy.namespace, key, look);
    case 'MeshServiceSubset':
      return name !== undefined && isBehind(name, namespace ?? policy.namespace, key, look) && hasTags(labels, workload, key, look);
    default:
      return false;
  }
}

function isBehind(name: string, namespace: string | undefined, key: string, look: Lookups): boolean {
  const tag = serviceOfTag(name);
  return look
    .get(servicesOfWorkload, key)
    .some(({ data }) => data.name === (tag?.name ?? name) && (data.namespace ?? namespace) === (tag?.namespace ?? namespace));
}

/** Tags of a proxy: the labels of its pods, and what Kuma adds. Which zone it is in, files do not tell. */
function hasTags(tags: Labels, workload: Workload, key: string, look: Lookups): boolean {
  return Object.entries(tags).every(([tag, value]) => {
    if (value === '*' || tag === 'kuma.io/zone' || tag === 'kuma.io/protocol') return true;
    if (tag === 'k8s.kuma.io/namespace') return workload.namespace === value;
    if (tag === 'kuma.io/service') return isBehind(value, workload.namespace, key, look);
    if (tag === 'k8s.kuma.io/service-name') return look.get(servicesOfWorkload, key).some((it) => it.data.name === value);
    if (tag === 'k8s.kuma.io/service-port')
      return look.get(servicesOfWorkload, key).some((it) => it.data.ports.some((port) => String(port.number ?? '') === value));
    return workload.labels[tag] === value;
  });
}

const TOP_ORDER = ['Mesh', 'MeshGateway', 'MeshSubset', 'MeshService', 'MeshServiceSubset', 'Dataplane'];
const ROLE_ORDER: readonly (Role | undefined)[] = ['system', 'producer', 'consumer', 'workload-owner'];

/** Order of merge: from the general to the special; of equals, the first by name wins and so comes last. */
function compare(a: MemberFacts, b: MemberFacts, plane: ControlPlane): number {
  return (
    TOP_ORDER.indexOf(a.top.kind ?? 'Mesh') - TOP_ORDER.indexOf(b.top.kind ?? 'Mesh') ||
    special(a) - special(b) ||
    Number(a.origin === 'zone') - Number(b.origin === 'zone') ||
    ROLE_ORDER.indexOf(roleOf(a, plane)) - ROLE_ORDER.indexOf(roleOf(b, plane)) ||
    (a.name < b.name ? 1 : a.name > b.name ? -1 : 0)
  );
}

/** A name says more than labels, a section more than all ports. */
function special({ top }: MemberFacts): number {
  return (top.name === undefined ? 0 : 2) + (top.sectionName === undefined ? 0 : 1);
}

/** Who may call a workload. */
export interface Access {
  /** `all`: nobody is kept out; `granted`: who is named; `unknown`: the files at hand do not tell. */
  readonly rest: 'all' | 'granted' | 'unknown';
  readonly allowed: readonly string[];
  readonly denied: readonly string[];
  readonly policies: readonly Policy[];
}

/** Access to a workload, by `namespace/Kind/name`. Without mTLS nothing is enforced. */
export const accessOf = defineLookup<Access>('kuma/accessOf', (look, key) => {
  const mesh = look.get(meshOfWorkload, key);
  const policies = look.get(policiesOfKind, `${key}:MeshTrafficPermission`);
  const mode = mesh === undefined ? 'unknown' : look.get(mtlsOfMesh, mesh).mode;
  const grants = policies.flatMap((it) => it.data.grants);
  const who = (action: string): readonly string[] => [...new Set(grants.filter((it) => it.action === action).map((it) => it.who))];
  const injection = look.get(injectionOf, key).state;
  return {
    rest: injection === 'none' || mode === 'off' ? 'all' : mode === 'unknown' && policies.length === 0 ? 'unknown' : 'granted',
    allowed: [...new Set([...who('Allow'), ...who('AllowWithShadowDeny')])],
    denied: who('Deny'),
    policies,
  };
});

/** mTLS that a workload asks of its callers, by `namespace/Kind/name`. */
export const serverMtlsOf = defineLookup<{
  readonly mode: 'strict' | 'permissive' | 'off' | 'unknown';
  readonly policy: Policy | undefined;
}>('kuma/serverMtlsOf', (look, key) => {
  const mesh = look.get(meshOfWorkload, key);
  if (mesh === undefined) return { mode: 'unknown', policy: undefined };
  const whole = look.get(mtlsOfMesh, mesh);
  const own = look.get(policiesOfKind, `${key}:MeshTLS`).filter((it) => it.data.modes.length > 0);
  const last = own.at(-1);
  if (whole.mode === 'off' || last === undefined) return { mode: whole.mode, policy: undefined };
  return { mode: last.data.modes.at(-1) === 'Permissive' ? 'permissive' : 'strict', policy: last };
});
