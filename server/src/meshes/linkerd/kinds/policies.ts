import type { Emit } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { labelsIn, selectorText, toLabels } from '../../../model/selectors.js';
import type { YamlNode } from '../../../yaml/node.js';
import { isOpen, textsAt } from '../../kubernetes/fields.js';
import { labelSelectorIn } from '../../kubernetes/label-selectors.js';
import { accountsNamed, namespaceNamed, pickedWorkloads } from '../../kubernetes/lookups.js';
import type { Named } from '../../kubernetes/tables.js';
import { accountOfIdentity } from '../identities.js';
import { meshTlsNamed, networkAuthenticationsNamed, routesNamed, serversNamed } from '../lookups.js';
import { isOf, refIn, targetKey, targetOf, type LinkerdRef } from '../references.js';
import {
  egressNetworks,
  egressNetworksByName,
  egressNetworksIn,
  meshTlsAuthentications,
  meshTlsByName,
  meshTlsIn,
  networkAuthentications,
  networkAuthenticationsByName,
  networkAuthenticationsIn,
  POLICY_GROUP,
  policiesOn,
  rateLimitsOn,
  serverAuthorizationsIn,
  servers,
  serversByName,
  serversIn,
  type AuthenticationRef,
  type ServerFacts,
} from '../tables.js';
import { accountIn, keyOf, linkerdKind, nameRange, referAccount } from './shared.js';

export const server = linkerdKind(
  'Server',
  ['v1beta3', 'v1beta2', 'v1beta1', 'v1alpha1'],
  (resource, emit) => {
    const { root, name, namespace } = resource;
    const labels = root.map('spec.podSelector.matchLabels');
    const pods = root.map('spec.podSelector');
    if (labels && labels.entries.length > 0 && !root.has('spec.podSelector.matchExpressions'))
      emit.refer(pickedWorkloads, `${namespaceKey(namespace)}/${selectorText(labelsIn(labels))}`, labels);
    if (name === '') return;
    const at = nameRange(resource);
    const external = root.map('spec.externalWorkloadSelector');
    const facts: ServerFacts = {
      name,
      namespace,
      labels: toLabels(resource.labels),
      podSelector: pods && labelSelectorIn(pods),
      externalSelector: external && labelSelectorIn(external),
      port: root.number('spec.port') ?? root.text('spec.port'),
      protocol: root.text('spec.proxyProtocol') ?? 'unknown',
      accessPolicy: root.has('spec.accessPolicy') ? root.text('spec.accessPolicy') : 'deny',
      incomplete: isOpen(resource, 'spec.podSelector', 'spec.externalWorkloadSelector', 'spec.port', 'metadata.labels'),
    };
    emit.define(servers, keyOf(facts), at, facts);
    emit.define(serversByName, name, at, { name, namespace });
    emit.define(serversIn, namespaceKey(namespace), at, facts);
  },
  { shortNames: ['srv'] },
);

export const authorizationPolicy = linkerdKind(
  'AuthorizationPolicy',
  ['v1alpha1'],
  (resource, emit) => {
    const target = targetOf(resource);
    if (target) referTarget(target, emit);
    const nodes = resource.root.list('spec.requiredAuthenticationRefs.*');
    for (const node of nodes) {
      const ref = refIn(node, resource, '', '');
      if (ref) referAuthentication(ref, emit);
    }
    if (resource.name === '' || target === undefined) return;
    const list = resource.root.get('spec.requiredAuthenticationRefs');
    emit.define(policiesOn, targetKey(target.group, target.kind, namespaceKey(resource.namespace), target.name), nameRange(resource), {
      name: resource.name,
      namespace: resource.namespace,
      refs: nodes.map((node) => authenticationRef(node, resource)),
      target: `${target.kind} "${target.name}"`,
      incomplete: isOpen(resource, 'spec.requiredAuthenticationRefs') || list?.type !== 'list',
    });
  },
  { shortNames: ['authzpolicy'], plural: 'authorizationpolicies' },
);

function referTarget(ref: LinkerdRef, emit: Emit): void {
  const place = namespaceKey(ref.namespace);
  if (isOf(ref, POLICY_GROUP, 'Server')) emit.refer(serversNamed, `${place}/${ref.name}`, ref.nameNode);
  else if (isOf(ref, '', 'Namespace')) emit.refer(namespaceNamed, ref.name, ref.nameNode);
  else {
    const kind = ['HTTPRoute', 'GRPCRoute'].find((it) => it.toLowerCase() === ref.kind.toLowerCase());
    if (kind !== undefined) emit.refer(routesNamed, `${ref.group}/${kind}/${place}/${ref.name}`, ref.nameNode);
  }
}

function referAuthentication(ref: LinkerdRef, emit: Emit): void {
  if (isOf(ref, POLICY_GROUP, 'MeshTLSAuthentication')) emit.refer(meshTlsNamed, keyOf(ref), ref.nameNode);
  else if (isOf(ref, POLICY_GROUP, 'NetworkAuthentication')) emit.refer(networkAuthenticationsNamed, keyOf(ref), ref.nameNode);
  else if (isOf(ref, '', 'ServiceAccount')) emit.refer(accountsNamed, keyOf(ref), ref.nameNode);
}

function authenticationRef(node: YamlNode, resource: Resource): AuthenticationRef {
  const ref = refIn(node, resource, '', '');
  if (ref === undefined) return { kind: 'other', name: '', namespace: resource.namespace };
  const kind = isOf(ref, POLICY_GROUP, 'MeshTLSAuthentication')
    ? 'MeshTLSAuthentication'
    : isOf(ref, POLICY_GROUP, 'NetworkAuthentication')
      ? 'NetworkAuthentication'
      : isOf(ref, '', 'ServiceAccount')
        ? 'ServiceAccount'
        : 'other';
  return { kind, name: ref.name, namespace: ref.namespace };
}

export const meshTlsAuthentication = linkerdKind(
  'MeshTLSAuthentication',
  ['v1alpha1'],
  (resource, emit) => {
    referIdentities(resource.root.list('spec.identities.*'), emit);
    const accounts: Named[] = [];
    const namespaces: string[] = [];
    for (const node of resource.root.list('spec.identityRefs.*')) {
      const ref = refIn(node, resource, '', '');
      if (ref && isOf(ref, '', 'Namespace')) {
        emit.refer(namespaceNamed, ref.name, ref.nameNode);
        namespaces.push(ref.name);
      } else if (ref && isOf(ref, '', 'ServiceAccount')) {
        emit.refer(accountsNamed, keyOf(ref), ref.nameNode);
        accounts.push({ name: ref.name, namespace: ref.namespace });
      }
    }
    const { name, namespace } = resource;
    if (name === '') return;
    const at = nameRange(resource);
    emit.define(meshTlsAuthentications, keyOf(resource), at, {
      name,
      namespace,
      identities: textsAt(resource.root, 'spec.identities'),
      accounts,
      namespaces,
      incomplete: isOpen(resource, 'spec'),
    });
    emit.define(meshTlsByName, name, at, { name, namespace });
    emit.define(meshTlsIn, namespaceKey(namespace), at, { name, namespace });
  },
  { shortNames: ['meshtlsauthn'] },
);

/** Identities name service accounts: `cart` of `cart.shop.serviceaccount.identity.linkerd.cluster.local`. */
function referIdentities(nodes: readonly YamlNode[], emit: Emit): void {
  for (const node of nodes) {
    const found = accountOfIdentity(node.text() ?? '');
    if (found === undefined) continue;
    const start = node.type === 'scalar' && node.style !== 'plain' ? node.start + 1 : node.start;
    if (found.account === '*') emit.refer(namespaceNamed, found.namespace, { start: start + 2, end: start + 2 + found.namespace.length });
    else
      emit.refer(accountsNamed, `${found.namespace}/${found.account}`, node, {
        start,
        end: start + found.account.length,
      });
  }
}

export const networkAuthentication = linkerdKind(
  'NetworkAuthentication',
  ['v1alpha1'],
  (resource, emit) => {
    const { root, name, namespace } = resource;
    if (name === '') return;
    const at = nameRange(resource);
    emit.define(networkAuthentications, keyOf(resource), at, { name, namespace, networks: networksIn(root, 'spec.networks') });
    emit.define(networkAuthenticationsByName, name, at, { name, namespace });
    emit.define(networkAuthenticationsIn, namespaceKey(namespace), at, { name, namespace });
  },
  { shortNames: ['netauthn', 'networkauthn'] },
);

function networksIn(root: YamlNode, path: string): readonly string[] {
  return root.list(`${path}.*`).flatMap((it) => it.text('cidr') ?? []);
}

export const serverAuthorization = linkerdKind(
  'ServerAuthorization',
  ['v1beta1', 'v1alpha1'],
  (resource, emit) => {
    const { root, name, namespace } = resource;
    const place = namespaceKey(namespace);
    const serverNode = root.get('spec.server.name');
    const serverName = serverNode?.name();
    if (serverNode && serverName !== undefined) emit.refer(serversNamed, `${place}/${serverName}`, serverNode);
    referIdentities(root.list('spec.client.meshTLS.identities.*'), emit);
    const accounts = root.list('spec.client.meshTLS.serviceAccounts.*');
    for (const node of accounts) referAccount(node, resource, emit);
    if (name === '') return;
    const selector = root.map('spec.server.selector');
    emit.define(serverAuthorizationsIn, place, nameRange(resource), {
      name,
      namespace,
      server: serverName,
      selector: selector && labelSelectorIn(selector),
      unauthenticated: root.boolean('spec.client.unauthenticated') === true,
      unauthenticatedTls: root.boolean('spec.client.meshTLS.unauthenticatedTLS') === true,
      identities: textsAt(root, 'spec.client.meshTLS.identities'),
      accounts: accounts.flatMap((node) => accountIn(node, resource) ?? []),
      networks: networksIn(root, 'spec.client.networks'),
      incomplete: isOpen(resource, 'spec'),
    });
  },
  { shortNames: ['saz', 'serverauthz', 'srvauthz'] },
);

export const httpLocalRateLimitPolicy = linkerdKind(
  'HTTPLocalRateLimitPolicy',
  ['v1alpha1'],
  (resource, emit) => {
    const { root, name, namespace } = resource;
    for (const node of root.list('spec.overrides.*.clientRefs.*')) referAccount(node, resource, emit);
    const target = targetOf(resource);
    if (target === undefined || !isOf(target, POLICY_GROUP, 'Server')) return;
    emit.refer(serversNamed, keyOf(target), target.nameNode);
    if (name === '') return;
    const rate = (path: string, word: string): readonly string[] => {
      const number = root.number(`${path}.requestsPerSecond`);
      return number === undefined ? [] : [`${number} requests per second ${word}`];
    };
    emit.define(rateLimitsOn, keyOf(target), nameRange(resource), {
      name,
      namespace,
      server: target.name,
      limits: [...rate('spec.total', 'in all'), ...rate('spec.identity', 'for each client')].join(', '),
    });
  },
  { plural: 'httplocalratelimitpolicies' },
);

export const egressNetwork = linkerdKind('EgressNetwork', ['v1alpha1'], (resource, emit) => {
  const { root, name, namespace } = resource;
  if (name === '') return;
  const at = nameRange(resource);
  emit.define(egressNetworks, keyOf(resource), at, {
    name,
    namespace,
    trafficPolicy: root.text('spec.trafficPolicy'),
    networks: networksIn(root, 'spec.networks'),
  });
  emit.define(egressNetworksByName, name, at, { name, namespace });
  emit.define(egressNetworksIn, namespaceKey(namespace), at, { name, namespace });
});
