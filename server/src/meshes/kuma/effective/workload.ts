import type { Lookups } from '../../../index/tables.js';
import type { Definition } from '../../../model/facts.js';
import { displayName, namespaceKey, type Site } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import type { EffectiveState, StateLine } from '../../../rules/editor.js';
import { counted, listed, siteAt } from '../../kubernetes/editor.js';
import { isMeshInUse } from '../../kubernetes/lookups.js';
import { POD_KINDS, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { workloads, workloadKey, type Workload } from '../../kubernetes/tables.js';
import { injectionOf, meshOfWorkload, type Injection } from '../injection.js';
import { mtlsOfMesh } from '../mtls.js';
import { meshNamed } from '../lookups.js';
import { INJECTION_LABEL, MESH_LABEL } from '../names.js';
import { namespaceMarks } from '../tables.js';
import { accessOf, policiesOf, serverMtlsOf, type Policy } from './policies.js';

/** What a workload comes to under Kuma: mesh, sidecar, mTLS, callers, policies. */
export const workloadState: EffectiveState = {
  kinds: POD_KINDS,
  describe(resource, look) {
    const { namespace, kind, name } = resource;
    const definition = look.get(workloads, `${namespaceKey(namespace)}/${kind}/${name}`)[0];
    if (!definition || !look.get(isMeshInUse, 'kuma')) return { lines: [] };
    const key = workloadKey(definition.data);
    const injection = look.get(injectionOf, key);
    const pods = podTemplateOf(resource);
    const own = (label: string): readonly Site[] =>
      siteAt(resource, (pods?.labels?.entry(label) ?? pods?.annotations?.entry(label))?.value);
    return {
      summary: counted(definition.data.replicas, 'pod'),
      lines: [
        sidecarLine(injection, definition.data, own(INJECTION_LABEL), look),
        ...(injection.state === 'none'
          ? []
          : [meshLine(key, own(MESH_LABEL), look), mtlsLine(key, look), callersLine(key, look), ...policyLines(key, look)]),
      ],
    };
  },
};

function sidecarLine(injection: Injection, { namespace, labels }: Workload, own: readonly Site[], look: Lookups): StateLine {
  const around = look.get(namespaceMarks, `${namespace ?? ''}/${INJECTION_LABEL}`).map(siteOf);
  const marks = injection.why === 'pod-label' ? own : injection.why === 'namespace-label' ? around.slice(0, 1) : [];
  const states = { injected: 'injected', none: 'none', unknown: 'not known' };
  return {
    topic: 'sidecar',
    text: `${states[injection.state]}: ${reasonOf(injection, namespace, labels[INJECTION_LABEL])}`,
    sites: marks.length > 0 ? marks : injection.decidedBy ? [injection.decidedBy] : [],
  };
}

function reasonOf({ why }: Injection, namespace: string | undefined, value: string | undefined): string {
  const place = namespace === undefined ? 'the namespace' : `Namespace "${namespace}"`;
  switch (why) {
    case 'own-sidecar':
      return 'its containers hold a kuma-sidecar';
    case 'exempt':
      return 'it builds or deploys for OpenShift';
    case 'ignored':
      return 'annotation kuma.io/ignore';
    case 'pod-label':
      return `its pods have the label ${INJECTION_LABEL}=${value ?? ''}`;
    case 'namespace-label':
      return `${place} has the label ${INJECTION_LABEL}`;
    case 'namespace-unlabeled':
      return `${place} has no label ${INJECTION_LABEL}`;
    case 'webhook-not-called':
      return `${place} has no label ${INJECTION_LABEL}, so that the label of the pods has no effect`;
    case 'system-namespace':
      return `${place} is Kuma's own`;
    case 'not-at-hand':
      return `${place} is not in this workspace, or a template decides`;
  }
}

function meshLine(key: string, own: readonly Site[], look: Lookups): StateLine {
  const mesh = look.get(meshOfWorkload, key);
  if (mesh === undefined) return { topic: 'mesh', text: 'not known: the namespace is not in this workspace', sites: [] };
  const around = look.get(namespaceMarks, `${look.get(workloads, key)[0]?.data.namespace ?? ''}/${MESH_LABEL}`).slice(0, 1);
  return { topic: 'mesh', text: mesh, sites: [...(own.length > 0 ? own : around.map(siteOf)), ...look.get(meshNamed, mesh).map(siteOf)] };
}

function mtlsLine(key: string, look: Lookups): StateLine {
  const { mode, policy } = look.get(serverMtlsOf, key);
  const mesh = look.get(meshOfWorkload, key);
  const whole = mesh === undefined ? undefined : look.get(mtlsOfMesh, mesh);
  const texts = {
    strict: 'strict: plaintext is refused',
    permissive: 'permissive: plaintext is taken, too',
    off: 'off: the mesh has no backend and no MeshIdentity',
    unknown: 'not known: the mesh is not in this workspace',
  };
  const by = policy === undefined ? '' : `, by MeshTLS "${displayName(policy.data)}"`;
  return { topic: 'mTLS', text: texts[mode] + by, sites: policy ? [siteOf(policy)] : (whole?.sites ?? []) };
}

/** `shop/web; denied: app=batch; all else is refused`. */
export function callersLine(key: string, look: Lookups): StateLine {
  const { rest, allowed, denied, policies } = look.get(accessOf, key);
  const mesh = look.get(meshOfWorkload, key);
  // Where no policy says it, that the mesh asks for mTLS does.
  const sites = policies.length > 0 || mesh === undefined || rest === 'all' ? policies.map(siteOf) : look.get(mtlsOfMesh, mesh).sites;
  if (rest === 'all') return { topic: 'callers', text: 'everybody: without mTLS no permission is enforced', sites };
  if (rest === 'unknown') return { topic: 'callers', text: 'not known: no permission is at hand, and no mesh', sites };
  if (policies.length === 0) return { topic: 'callers', text: 'nobody: no MeshTrafficPermission is for it', sites };
  const parts = [allowed.length === 0 ? 'nobody is allowed' : `allowed: ${listed(allowed)}`];
  if (denied.length > 0) parts.push(`denied: ${listed(denied)}`);
  if (!allowed.includes('everybody')) parts.push('all else is refused');
  return { topic: 'callers', text: parts.join('; '), sites };
}

/** Policies of each kind in the order of their merge. */
function policyLines(key: string, look: Lookups): readonly StateLine[] {
  const byKind = new Map<string, Policy[]>();
  for (const it of look.get(policiesOf, key)) {
    if (it.data.kind === 'MeshTrafficPermission' || it.data.kind === 'MeshTLS') continue;
    byKind.set(it.data.kind, [...(byKind.get(it.data.kind) ?? []), it]);
  }
  return [...byKind].map(([kind, policies]) => ({
    topic: kind,
    text: policies.map((it) => `"${displayName(it.data)}" (${targetText(it)})`).join(', then '),
    sites: [...policies].reverse().map(siteOf),
  }));
}

/** Whom a policy is for, in a few words. */
export function targetText({ data: { top, to } }: Pick<Policy, 'data'>): string {
  const labels = selectorText(top.labels);
  const whom =
    top.kind === undefined
      ? 'unknown'
      : top.kind === 'Mesh'
        ? 'whole mesh'
        : [top.kind, top.name ?? labels].filter((it) => it !== '').join(' ');
  const targets = [
    ...new Set(to.flatMap((it) => (it.kind === undefined || it.kind === 'Mesh' ? [] : [it.name ?? selectorText(it.labels)]))),
  ];
  return targets.length === 0 ? whom : `${whom}, calls to ${listed(targets)}`;
}

export function siteOf({ resource, range }: Definition): Site {
  return { resource, range };
}
