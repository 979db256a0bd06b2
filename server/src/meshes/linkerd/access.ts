import { defineLookup, type Lookups } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { displayName, namespaceKey, UNKNOWN_NAMESPACE } from '../../model/resource.js';
import { matches } from '../kubernetes/label-selectors.js';
import { splitKey } from '../kubernetes/lookups.js';
import type { Named } from '../kubernetes/tables.js';
import { accountOfIdentity } from './identities.js';
import { meshTlsNamed, networkAuthenticationsNamed } from './lookups.js';
import { targetKey } from './references.js';
import {
  POLICY_GROUP,
  policiesOn,
  routesOn,
  serverAuthorizationsIn,
  servers,
  type AuthorizationPolicyFacts,
  type RouteFacts,
  type ServerAuthorizationFacts,
} from './tables.js';

export type Policy = Definition<AuthorizationPolicyFacts>;
export type ServerAuthorization = Definition<ServerAuthorizationFacts>;

/** Everything at hand that lets clients in to a Server; any of it is enough. */
export interface ServerAccess {
  /** AuthorizationPolicies about the Server or its namespace. */
  readonly policies: readonly Policy[];
  readonly authorizations: readonly ServerAuthorization[];
  /** Routes attached to the Server, each with the policies about it. */
  readonly routes: readonly { readonly route: Definition<RouteFacts>; readonly policies: readonly Policy[] }[];
}

/** Access to a Server, by `namespace/name`. What states no namespace may be in the Server's. */
export const accessOfServer = defineLookup<ServerAccess>('linkerd/accessOfServer', (look, key) => {
  const { namespace, name } = splitKey(key);
  const places = namespace === UNKNOWN_NAMESPACE ? [namespace] : [namespace, UNKNOWN_NAMESPACE];
  const labels = look.get(servers, key)[0]?.data.labels ?? {};
  return {
    policies: [
      ...places.flatMap((place) => look.get(policiesOn, targetKey(POLICY_GROUP, 'Server', place, name))),
      ...look.get(policiesOn, targetKey('', 'Namespace', namespace, namespace)),
    ],
    authorizations: places
      .flatMap((place) => look.get(serverAuthorizationsIn, place))
      .filter(({ data }) => data.server === name || (data.selector !== undefined && matches(data.selector, labels))),
    routes: places
      .flatMap((place) => look.get(routesOn, `Server/${place}/${name}`))
      .map((route) => ({ route, policies: policiesOnRoute(look, route.data) })),
  };
});

function policiesOnRoute(look: Lookups, { group, kind, namespace, name }: RouteFacts): readonly Policy[] {
  return look.get(policiesOn, targetKey(group, kind, namespaceKey(namespace), name));
}

/** Whether a policy lets in clients without an identity, such as the kubelet. */
export function admitsUnmeshed({ data }: Policy): boolean {
  return data.refs.every((it) => it.kind === 'NetworkAuthentication');
}

/** Whom a policy lets in, as people read it: `shop/cart`; empty where it counts for nothing, because something that it asks for is missing. */
export function grantsOf({ data }: Policy, look: Lookups): readonly string[] {
  if (data.refs.length === 0) return data.incomplete ? [] : ['everybody'];
  const who: string[] = [];
  const from: string[] = [];
  for (const ref of data.refs) {
    const key = `${namespaceKey(ref.namespace)}/${ref.name}`;
    if (ref.kind === 'ServiceAccount') who.push(displayName(ref));
    else if (ref.kind === 'MeshTLSAuthentication') {
      const found = look.get(meshTlsNamed, key);
      if (found.length === 0) return [];
      who.push(...found.flatMap((it) => clientsIn(it.data)));
    } else if (ref.kind === 'NetworkAuthentication') {
      const found = look.get(networkAuthenticationsNamed, key);
      if (found.length === 0) return [];
      from.push(...found.flatMap((it) => it.data.networks));
    } else return [];
  }
  return combined([...new Set(who)], from);
}

/** Whom a ServerAuthorization lets in. */
export function clientsOf({ data }: ServerAuthorization): readonly string[] {
  const who = data.unauthenticated
    ? ['everybody']
    : data.unauthenticatedTls
      ? ['every client that speaks TLS']
      : clientsIn({ ...data, namespaces: [] });
  return combined([...new Set(who)], data.networks);
}

function combined(who: readonly string[], from: readonly string[]): readonly string[] {
  if (from.length === 0) return who;
  const where = `from ${from.join(', ')}`;
  return who.length === 0 ? [`everybody ${where}`] : who.map((it) => `${it} ${where}`);
}

function clientsIn(client: {
  readonly identities: readonly string[];
  readonly accounts: readonly Named[];
  readonly namespaces: readonly string[];
}): readonly string[] {
  return [
    ...client.identities.map(clientText),
    ...client.accounts.map((it) => displayName(it)),
    ...client.namespaces.map((it) => `everything in ${it}`),
  ];
}

function clientText(identity: string): string {
  if (identity === '*') return 'every client in the mesh';
  const found = accountOfIdentity(identity);
  if (found === undefined) return identity;
  return found.account === '*' ? `everything in ${found.namespace}` : `${found.namespace}/${found.account}`;
}
