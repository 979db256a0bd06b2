import { defineLookup } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { namespaceKey } from '../../model/resource.js';
import { selects } from '../../model/selectors.js';
import { workloads } from '../kubernetes/tables.js';
import { meshConfig } from './mesh-config.js';
import { peerAuthentications, type PeerAuthenticationFacts } from './tables.js';

export type MtlsMode = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

/** One policy that has a say, and what it says. */
export interface MtlsStep {
  readonly level: 'workload' | 'namespace' | 'mesh';
  readonly policy: Definition<PeerAuthenticationFacts>;
  /** Whether its mode is the one in force. */
  readonly decides: boolean;
}

/** mTLS that a workload's proxy asks of callers. */
export interface ServerMtls {
  /** Undefined where a template fills in the mode that decides. */
  readonly mode: MtlsMode | undefined;
  /** The policy whose mode is in force; undefined: nobody says, so PERMISSIVE. */
  readonly policy: Definition<PeerAuthenticationFacts> | undefined;
  /** Modes of single ports, by container port, where they differ. */
  readonly ports: Readonly<Record<string, MtlsMode | undefined>>;
  /** All policies that have a say, the most specific first. */
  readonly steps: readonly MtlsStep[];
}

/** Policies without a selector that hold for a whole namespace, by namespace; of the whole mesh for the root namespace. */
export const namespaceMtls = defineLookup<readonly Definition<PeerAuthenticationFacts>[]>('istio/namespaceMtls', (look, namespace) =>
  look.get(peerAuthentications, namespace).filter((it) => !hasSelector(it.data)),
);

/** The mode in force for a whole namespace without regard to single workloads, by namespace. */
export const modeOfNamespace = defineLookup<Pick<ServerMtls, 'mode' | 'policy'>>('istio/modeOfNamespace', (look, namespace) => {
  const { rootNamespace } = look.get(meshConfig, '');
  const own = look.get(namespaceMtls, namespace);
  const mesh = namespace === rootNamespace ? [] : look.get(namespaceMtls, rootNamespace);
  const policy = [...own, ...mesh].find((it) => it.data.mode !== 'UNSET');
  return { mode: policy ? modeOf(policy.data.mode) : 'PERMISSIVE', policy };
});

/** Server side mTLS of a workload, by `namespace/Kind/name`. Workload before namespace before mesh; UNSET inherits. */
export const serverMtlsOf = defineLookup<ServerMtls>('istio/serverMtlsOf', (look, key) => {
  const workload = look.get(workloads, key)[0]?.data;
  const { rootNamespace } = look.get(meshConfig, '');
  const namespace = namespaceKey(workload?.namespace);
  const here = look.get(peerAuthentications, namespace);
  const selecting = workload ? here.filter((it) => hasSelector(it.data) && selects(it.data.selector!, workload.labels)) : [];
  const candidates: { level: MtlsStep['level']; policy: Definition<PeerAuthenticationFacts> }[] = [
    ...selecting.map((policy) => ({ level: 'workload' as const, policy })),
    ...here
      .filter((it) => !hasSelector(it.data))
      .map((policy) => ({ level: namespace === rootNamespace ? ('mesh' as const) : ('namespace' as const), policy })),
    ...(namespace === rootNamespace ? [] : look.get(namespaceMtls, rootNamespace).map((policy) => ({ level: 'mesh' as const, policy }))),
  ];
  const deciding = candidates.find(({ policy }) => policy.data.mode !== 'UNSET');
  const mode = deciding ? modeOf(deciding.policy.data.mode) : 'PERMISSIVE';
  const ports: Record<string, MtlsMode | undefined> = {};
  for (const { data } of selecting) {
    for (const { port, mode: portMode } of data.portModes) {
      if (port in ports || portMode === 'UNSET') continue;
      ports[port] = modeOf(portMode);
    }
  }
  return { mode, policy: deciding?.policy, ports, steps: candidates.map((it) => ({ ...it, decides: it === deciding })) };
});

function hasSelector(policy: PeerAuthenticationFacts): boolean {
  return policy.selector !== undefined && Object.keys(policy.selector).length > 0;
}

function modeOf(written: string | undefined): MtlsMode | undefined {
  return written === 'STRICT' || written === 'PERMISSIVE' || written === 'DISABLE' ? written : undefined;
}
