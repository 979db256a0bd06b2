import type { Emit } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { accountsNamed, namespaceNamed, servicesNamed } from '../../kubernetes/lookups.js';
import { gatewaysNamed } from '../../gateway-api/lookups.js';
import { needsWaypoint } from '../ambient.js';
import { accountKey, canonicalHost, parsePrincipal, shortPrincipal } from '../hosts.js';
import { ownersOfHost } from '../lookups.js';
import {
  allAuthorizationPolicies,
  allRequestAuthentications,
  authorizationPolicies,
  envoyFilters,
  peerAuthentications,
  requestAuthentications,
  sidecars,
  telemetries,
  type CallerFacts,
  type GrantFacts,
  type SelectingPolicyFacts,
} from '../tables.js';
import { selectorIn } from '../selectors.js';
import { innerRange, isOpen, istioKind, labelsAt, referHost, referWorkloads, textsAt } from './shared.js';
import type { Table } from '../../../index/tables.js';
import type { YamlNode } from '../../../yaml/node.js';

export const peerAuthentication = istioKind('security', 'PeerAuthentication', ['v1', 'v1beta1'], ['pa'], (resource, emit) => {
  const { root } = resource;
  const modeNode = root.get('spec.mtls.mode');
  emit.define(peerAuthentications, namespaceKey(resource.namespace), modeNode ?? root.get('metadata.name') ?? root, {
    name: resource.name,
    namespace: resource.namespace,
    selector: labelsAt(root, 'spec.selector.matchLabels'),
    mode: modeNode === undefined ? 'UNSET' : modeNode.text(),
    portModes: (root.map('spec.portLevelMtls')?.entries ?? []).map((entry) => ({
      port: entry.key,
      mode: entry.value.text('mode'),
      range: { start: entry.keyRange.start, end: entry.keyRange.end },
    })),
  });
  referWorkloads(resource, emit, root.map('spec.selector.matchLabels'));
});

export const authorizationPolicy = istioKind('security', 'AuthorizationPolicy', ['v1', 'v1beta1'], ['ap'], (resource, emit) => {
  const { root } = resource;
  const principals: string[] = [];
  for (const source of root.list('spec.rules.*.from.*.source')) {
    for (const node of [...source.list('principals.*'), ...source.list('notPrincipals.*')]) {
      const written = node.text();
      const identity = written === undefined ? undefined : parsePrincipal(written.replace(/^spiffe:\/\//, ''));
      if (written === undefined) continue;
      principals.push(written);
      if (!identity) continue;
      const inner = innerRange(node, written);
      emit.refer(
        accountsNamed,
        `${identity.namespace}/${identity.account}`,
        node,
        inner && { start: inner.end - identity.account.length, end: inner.end },
      );
    }
    for (const node of [...source.list('serviceAccounts.*'), ...source.list('notServiceAccounts.*')]) {
      const written = node.text();
      if (written === undefined || written.includes('*')) continue;
      const inner = innerRange(node, written);
      emit.refer(
        accountsNamed,
        accountKey(written, resource.namespace),
        node,
        inner && { start: inner.start + written.indexOf('/') + 1, end: inner.end },
      );
    }
    for (const node of [...source.list('namespaces.*'), ...source.list('notNamespaces.*')]) {
      const written = node.text();
      if (written !== undefined && !written.includes('*')) emit.refer(namespaceNamed, written, node);
    }
  }
  const facts = {
    name: resource.name,
    namespace: resource.namespace,
    ...selectorIn(root, 'spec.selector.matchLabels'),
    action: root.text('spec.action') ?? 'ALLOW',
    ruleCount: root.list('spec.rules.*').length,
    dryRun: resource.annotations.get('istio.io/dry-run') === 'true',
    principals,
    callers: callersOf(root),
    namesMore: namesMore(root),
    grants: root.list('spec.rules.*').map(grantOf),
    usesToken: usesToken(root),
    looksAtRequests: needsWaypoint(resource),
    targetServices: targetsOf(root, 'Service'),
    targetGateways: targetsOf(root, 'Gateway'),
    incomplete: isOpen(resource, 'spec'),
  };
  const at = root.get('metadata.name') ?? root;
  emit.define(authorizationPolicies, namespaceKey(resource.namespace), at, facts);
  emit.define(allAuthorizationPolicies, '', at, facts);
  referWorkloads(resource, emit, root.map('spec.selector.matchLabels'));
  referTargets(resource, emit);
  for (const node of root.list('spec.rules.*.to.*.operation.hosts.*'))
    if (/\.svc\./.test(node.text() ?? '')) referHost(resource, emit, node);
});

/** What a policy attaches to, which is in its own namespace. */
function referTargets({ root, namespace }: Resource, emit: Emit): void {
  for (const target of [...root.list('spec.targetRef'), ...root.list('spec.targetRefs.*')]) {
    const node = target.get('name');
    const name = node?.text();
    if (!node || !name) continue;
    const key = `${namespaceKey(namespace)}/${name}`;
    if (target.text('kind') === 'Service') emit.refer(servicesNamed, key, node);
    if (target.text('kind') === 'Gateway') emit.refer(gatewaysNamed, key, node);
  }
}

function targetsOf(root: YamlNode, kind: string): readonly string[] {
  return [...root.list('spec.targetRef'), ...root.list('spec.targetRefs.*')]
    .filter((it) => it.text('kind') === kind)
    .map((it) => it.text('name'))
    .filter((it) => it !== undefined);
}

function namesMore(root: YamlNode): boolean {
  return (
    root
      .list('spec.rules.*.from.*.source')
      .some((source) => ['notPrincipals', 'notNamespaces', 'notServiceAccounts'].some((field) => source.listIn(field).length > 0)) ||
    root.list('spec.rules.*.when.*.key').some((it) => it.text()?.startsWith('source.') !== false)
  );
}

function callersOf(root: YamlNode): readonly CallerFacts[] {
  return root.list('spec.rules.*').flatMap((rule) => {
    const whenPrincipal = rule.list('when.*').find((it) => it.text('key') === 'source.principal');
    const condition: CallerFacts =
      whenPrincipal && whenPrincipal.list('values.*').length > 0 ? { principals: textsAt(whenPrincipal, 'values') } : {};
    const sources = rule.list('from.*.source');
    if (sources.length === 0) return [condition];
    return sources.map((source) => {
      const caller: { -readonly [K in keyof CallerFacts]: CallerFacts[K] } = { ...condition };
      for (const field of ['principals', 'namespaces', 'serviceAccounts'] as const) {
        if (source.listIn(field).length > 0) caller[field] = textsAt(source, field);
      }
      return caller;
    });
  });
}

/** What a connection tells before its first byte: all that ztunnel compares. */
const OF_CONNECTIONS = {
  source: [
    'principals',
    'notPrincipals',
    'serviceAccounts',
    'notServiceAccounts',
    'namespaces',
    'notNamespaces',
    'ipBlocks',
    'notIpBlocks',
  ],
  operation: ['ports', 'notPorts'],
  condition: ['source.ip', 'source.namespace', 'source.principal', 'source.serviceAccount', 'destination.ip', 'destination.port'],
};

/** A rule in words. What stands behind "not" narrows it, and is told too. */
function grantOf(rule: YamlNode): GrantFacts {
  const whole = wordsOf(rule, () => true);
  if (!looksAtRequests(rule)) return whole;
  return { ...whole, connection: wordsOf(rule, (part, field) => OF_CONNECTIONS[part].includes(field)) };
}

function looksAtRequests(rule: YamlNode): boolean {
  const others = (path: string, known: readonly string[]): boolean =>
    rule
      .list(path)
      .some((it) => it.type === 'map' && it.entries.some(({ key, value }) => !known.includes(key) && value.list('*').length > 0));
  return (
    others('from.*.source', OF_CONNECTIONS.source) ||
    others('to.*.operation', OF_CONNECTIONS.operation) ||
    rule.list('when.*.key').some((it) => !OF_CONNECTIONS.condition.includes(it.text() ?? ''))
  );
}

type Asks = (part: keyof typeof OF_CONNECTIONS, field: string) => boolean;

function wordsOf(rule: YamlNode, asks: Asks): Pick<GrantFacts, 'who' | 'what'> {
  const who = rule.list('from.*.source').map((it) => sourceText(it, asks));
  const operations = rule.list('to.*.operation').map((it) => operationText(it, asks));
  const conditions = rule
    .list('when.*')
    .map((it) => it.text('key'))
    .filter((it) => it !== undefined && asks('condition', it));
  const what = operations.some((it) => it === '') ? '' : operations.join(' or ');
  const when = conditions.length === 0 ? '' : `if ${conditions.join(' and ')} fits`;
  return { who: who.some((it) => it === '') ? [] : who, what: [what, when].filter((it) => it !== '').join(' ') };
}

function sourceText(source: YamlNode, asks: Asks): string {
  const parts: string[] = [];
  for (const [field, say] of SOURCE_WORDS) {
    const values = textsIn(source, field);
    if (values.length > 0 && asks('source', field)) parts.push(values.map(say).join(', '));
  }
  return parts.join(' with ');
}

/** Texts of a field that most have not. */
function textsIn(part: YamlNode, field: string): readonly string[] {
  return part.type === 'map' && part.entry(field) !== undefined ? textsAt(part, field) : NO_TEXTS;
}

const NO_TEXTS: readonly string[] = [];

const SOURCE_WORDS: readonly (readonly [field: string, say: (value: string) => string])[] = [
  ['principals', (it) => (it === '*' ? 'every identity' : shortPrincipal(it))],
  ['serviceAccounts', (it) => it],
  ['namespaces', (it) => `namespace ${it}`],
  ['ipBlocks', (it) => it],
  ['remoteIpBlocks', (it) => it],
  ['requestPrincipals', (it) => (it === '*' ? 'a token' : `a token of ${it}`)],
  ['notPrincipals', (it) => `not ${shortPrincipal(it)}`],
  ['notServiceAccounts', (it) => `not ${it}`],
  ['notNamespaces', (it) => `not namespace ${it}`],
  ['notIpBlocks', (it) => `not ${it}`],
  ['notRemoteIpBlocks', (it) => `not ${it}`],
  ['notRequestPrincipals', (it) => (it === '*' ? 'no token' : `no token of ${it}`)],
];

function operationText(operation: YamlNode, asks: Asks): string {
  const parts: string[] = [];
  for (const [field, negated, say] of OPERATION_WORDS) {
    const values = textsIn(operation, field);
    const but = textsIn(operation, negated);
    if (values.length + but.length === 0 || !asks('operation', field)) continue;
    if (values.length > 0) parts.push(values.map(say).join('|'));
    if (but.length > 0) parts.push(`but ${but.map(say).join('|')}`);
  }
  return parts.join(' ');
}

const OPERATION_WORDS: readonly (readonly [field: string, negated: string, say: (value: string) => string])[] = [
  ['methods', 'notMethods', (it) => it],
  ['paths', 'notPaths', (it) => it],
  ['hosts', 'notHosts', (it) => `on ${it}`],
  ['ports', 'notPorts', (it) => `port ${it}`],
];

function usesToken(root: YamlNode): boolean {
  return (
    root.list('spec.rules.*.from.*.source').some((it) => it.has('requestPrincipals') || it.has('notRequestPrincipals')) ||
    root.list('spec.rules.*.when.*.key').some((it) => it.text()?.startsWith('request.auth.') === true)
  );
}

function definePolicy(resource: Resource, emit: Emit, table: Table<SelectingPolicyFacts>, selectorPath: string): void {
  const { root } = resource;
  const egress = resource.kind === 'Sidecar' ? { egress: textsAt(root, 'spec.egress.*.hosts') } : {};
  emit.define(table, namespaceKey(resource.namespace), root.get('metadata.name') ?? root, {
    ...policyFacts(resource, selectorPath),
    ...egress,
  });
  referTargets(resource, emit);
  referWorkloads(resource, emit, root.map(selectorPath));
}

function policyFacts({ name, namespace, root }: Resource, selectorPath: string): SelectingPolicyFacts {
  return {
    name,
    namespace,
    selector: labelsAt(root, selectorPath),
    hasTargetRef: root.has('spec.targetRef') || root.has('spec.targetRefs'),
  };
}

export const requestAuthentication = istioKind('security', 'RequestAuthentication', ['v1', 'v1beta1'], ['ra'], (resource, emit) => {
  definePolicy(resource, emit, requestAuthentications, 'spec.selector.matchLabels');
  emit.define(
    allRequestAuthentications,
    '',
    resource.root.get('metadata.name') ?? resource.root,
    policyFacts(resource, 'spec.selector.matchLabels'),
  );
});

export const telemetry = istioKind('telemetry', 'Telemetry', ['v1', 'v1alpha1'], ['telemetry'], (resource, emit) =>
  definePolicy(resource, emit, telemetries, 'spec.selector.matchLabels'),
);

export const sidecar = istioKind('networking', 'Sidecar', ['v1', 'v1beta1', 'v1alpha3'], [], (resource, emit) => {
  definePolicy(resource, emit, sidecars, 'spec.workloadSelector.labels');
  for (const node of resource.root.list('spec.egress.*.hosts.*')) {
    const written = node.text();
    const slash = written?.indexOf('/') ?? -1;
    const inner = written === undefined ? undefined : innerRange(node, written);
    // `namespace/host`: only an exact host of the cluster leads somewhere.
    if (written === undefined || slash < 0 || inner === undefined || written.slice(slash + 1).startsWith('*')) continue;
    referHostText(resource, emit, written.slice(slash + 1), { start: inner.start + slash + 1, end: inner.end });
  }
});

function referHostText(resource: Resource, emit: Emit, host: string, at: { start: number; end: number }): void {
  const dot = host.indexOf('.');
  emit.refer(ownersOfHost, canonicalHost(host, resource.namespace), at, { start: at.start, end: at.start + (dot < 0 ? host.length : dot) });
}

export const envoyFilter = istioKind('networking', 'EnvoyFilter', ['v1alpha3'], [], (resource, emit) =>
  definePolicy(resource, emit, envoyFilters, 'spec.workloadSelector.labels'),
);

export const wasmPlugin = istioKind('extensions', 'WasmPlugin', ['v1alpha1'], [], (resource, emit) => {
  referTargets(resource, emit);
  referWorkloads(resource, emit, resource.root.map('spec.selector.matchLabels'));
});

export const trafficExtension = istioKind('extensions', 'TrafficExtension', ['v1alpha1'], [], (resource, emit) => {
  referTargets(resource, emit);
  referWorkloads(resource, emit, resource.root.map('spec.selector.matchLabels'));
});

export const proxyConfig = istioKind('networking', 'ProxyConfig', ['v1beta1'], [], (resource, emit) =>
  referWorkloads(resource, emit, resource.root.map('spec.selector.matchLabels')),
);
