import { defineLookup } from '../../../index/tables.js';
import type { Definition } from '../../../model/facts.js';
import { namespaceKey } from '../../../model/resource.js';
import { selects } from '../../../model/selectors.js';
import { workloads } from '../../kubernetes/tables.js';
import { injectionOf } from '../injection.js';
import { meshConfig } from '../mesh-config.js';
import { authorizationPolicies, type AuthorizationPolicyFacts, type GrantFacts } from '../tables.js';

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
  /** What DENY policies refuse, in the same words. */
  readonly refused: readonly string[];
  /** Policies with rules about requests where ztunnel, which sees connections only, is to keep them. */
  readonly blind: readonly Policy[];
  /** Policies that ztunnel passes over: it knows ALLOW and DENY. */
  readonly passedOver: readonly Policy[];
}

/**
 * Access to a workload, by `namespace/Kind/name`: CUSTOM may refuse, then DENY; with any ALLOW policy, what none of them names is refused. In
 * ambient it is ztunnel that keeps them, which sees no requests: what an ALLOW rule says of those it never grants, and a DENY rule
 * refuses without regard to them.
 */
export const accessOf = defineLookup<Access>('istio/accessOf', (look, key) =>
  accessBy(look.get(policiesOf, key), look.get(injectionOf, key).state === 'ambient'),
);

/** What policies come to together. */
export function accessBy(found: readonly Policy[], atZtunnel: boolean): Access {
  const passedOver = found.filter((it) => atZtunnel && !['ALLOW', 'DENY'].includes(it.data.action));
  const enforced = found.filter((it) => !it.data.dryRun && !passedOver.includes(it));
  const words = (policies: readonly Policy[]): readonly string[] => [
    ...new Set(policies.flatMap((it) => (atZtunnel ? connectionsOf(it) : grantsOf(it)))),
  ];
  const of = (action: string): readonly Policy[] => enforced.filter((it) => it.data.action === action);
  const allow = of('ALLOW');
  return {
    rest: allow.length > 0 ? 'denied' : 'allowed',
    custom: of('CUSTOM'),
    deny: of('DENY'),
    allow,
    audit: of('AUDIT'),
    dryRun: found.filter((it) => it.data.dryRun && !passedOver.includes(it)),
    callers: words(allow),
    refused: words(of('DENY')),
    blind: atZtunnel ? enforced.filter((it) => it.data.grants.some(({ connection }) => connection !== undefined)) : [],
    passedOver,
  };
}

/** Rules of a policy in words. */
export function grantsOf({ data }: Policy): readonly string[] {
  return data.grants.flatMap(inWords);
}

/** Rules of a policy in words, as ztunnel keeps them. */
function connectionsOf({ data }: Policy): readonly string[] {
  return data.grants.flatMap((it) => (it.connection === undefined ? inWords(it) : data.action === 'DENY' ? inWords(it.connection) : []));
}

function inWords({ who, what }: Pick<GrantFacts, 'who' | 'what'>): readonly string[] {
  return (who.length === 0 ? ['everybody'] : who).map((caller) => (what === '' ? caller : `${caller} ${what}`));
}
