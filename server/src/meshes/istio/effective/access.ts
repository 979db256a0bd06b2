import { defineLookup } from '../../../index/tables.js';
import type { Definition } from '../../../model/facts.js';
import { namespaceKey } from '../../../model/resource.js';
import { selects } from '../../../model/selectors.js';
import { workloads } from '../../kubernetes/tables.js';
import { meshConfig } from '../mesh-config.js';
import { authorizationPolicies, type AuthorizationPolicyFacts } from '../tables.js';

export type Policy = Definition<AuthorizationPolicyFacts>;

/** Actions in the order in which a proxy asks them. */
const ORDER = ['CUSTOM', 'DENY', 'ALLOW', 'AUDIT'];

/** AuthorizationPolicies that hold for a workload, by `namespace/Kind/name`, in evaluation order; those that are tried out come last. */
export const policiesOf = defineLookup<readonly Policy[]>('istio/policiesOf', (look, key) => {
  const workload = look.get(workloads, key)[0]?.data;
  if (!workload) return [];
  const { rootNamespace } = look.get(meshConfig, '');
  const places = new Set([rootNamespace, namespaceKey(workload.namespace)]);
  return [...places]
    .flatMap((place) => look.get(authorizationPolicies, place))
    .filter((it) => !it.data.hasTargetRef && selects(it.data.selector ?? {}, workload.labels))
    .sort((a, b) => rank(a) - rank(b));
});

function rank({ data }: Policy): number {
  return ORDER.indexOf(data.action) + (data.dryRun ? ORDER.length : 0);
}

/** Who may call a workload. */
export interface Access {
  /** What happens to a request that no policy names. */
  readonly rest: 'allowed' | 'denied';
  /** Enforced policies by action. */
  readonly custom: readonly Policy[];
  readonly deny: readonly Policy[];
  readonly allow: readonly Policy[];
  readonly audit: readonly Policy[];
  readonly dryRun: readonly Policy[];
  /** Those who are let in, as people read them: `shop/checkout POST /charge`. */
  readonly callers: readonly string[];
}

/** Access to a workload, by `namespace/Kind/name`: CUSTOM may refuse, then DENY; with any ALLOW policy, what none of them names is refused. */
export const accessOf = defineLookup<Access>('istio/accessOf', (look, key) => {
  const found = look.get(policiesOf, key);
  const enforced = found.filter((it) => !it.data.dryRun);
  const of = (action: string): readonly Policy[] => enforced.filter((it) => it.data.action === action);
  const allow = of('ALLOW');
  return {
    rest: allow.length > 0 ? 'denied' : 'allowed',
    custom: of('CUSTOM'),
    deny: of('DENY'),
    allow,
    audit: of('AUDIT'),
    dryRun: found.filter((it) => it.data.dryRun),
    callers: [...new Set(allow.flatMap(grantsOf))],
  };
});

/** Rules of a policy in words. */
export function grantsOf({ data }: Policy): readonly string[] {
  return data.grants.flatMap(({ who, what }) =>
    (who.length === 0 ? ['everybody'] : who).map((caller) => (what === '' ? caller : `${caller} ${what}`)),
  );
}
