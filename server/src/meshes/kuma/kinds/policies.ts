import type { Emit, Kind } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { selectorText, toLabels } from '../../../model/selectors.js';
import type { YamlNode } from '../../../yaml/node.js';
import { isOpen } from '../../kubernetes/fields.js';
import { meshGatewayNamed, proxiesPicked, zoneNamed } from '../lookups.js';
import { meshOf } from '../names.js';
import { destinations, destinationsByName, destinationsIn, type Grant } from '../tables.js';
import { hasList, POLICY_KINDS, targetRefsOf } from '../target-refs.js';
import { defineMember, kumaKind, labelsIn, referTarget, referTelemetry, toItemIn, topRefIn } from './shared.js';

const SHORT_NAMES: Readonly<Record<string, string>> = {
  MeshTrafficPermission: 'mtp',
  MeshTLS: 'mtls',
  MeshTimeout: 'mt',
  MeshRetry: 'mr',
  MeshCircuitBreaker: 'mcb',
  MeshRateLimit: 'mrl',
  MeshFaultInjection: 'mfi',
  MeshHealthCheck: 'mhc',
  MeshLoadBalancingStrategy: 'mlbs',
  MeshAccessLog: 'mal',
  MeshMetric: 'mm',
  MeshTrace: 'mtr',
  MeshProxyPatch: 'mpp',
  MeshPassthrough: 'mp',
  MeshHTTPRoute: 'mhttpr',
  MeshTCPRoute: 'mtcpr',
};

const PLURALS: Readonly<Record<string, string>> = {
  MeshTLS: 'meshtlses',
  MeshRetry: 'meshretries',
  MeshLoadBalancingStrategy: 'meshloadbalancingstrategies',
  MeshProxyPatch: 'meshproxypatches',
  MeshPassthrough: 'meshpassthroughs',
};

/** The policies that choose their proxies by a targetRef. */
export const policies: readonly Kind[] = POLICY_KINDS.map((kind) =>
  kumaKind(kind, extractPolicy, {
    shortNames: [SHORT_NAMES[kind]!],
    plural: PLURALS[kind] ?? `${kind.toLowerCase()}s`,
  }),
);

function extractPolicy(resource: Resource, emit: Emit): void {
  const { root, kind } = resource;
  const top = topRefIn(resource);
  defineMember(resource, emit, {
    top,
    hasFrom: hasList(resource, 'from'),
    hasRules: hasList(resource, 'rules'),
    to: root.list('spec.to.*').map(toItemIn),
    grants: kind === 'MeshTrafficPermission' ? grantsIn(root) : [],
    modes:
      kind === 'MeshTLS'
        ? ['from', 'rules'].flatMap((it) => root.list(`spec.${it}.*.default.mode`).flatMap((mode) => mode.text() ?? []))
        : [],
  });
  for (const failover of root.list('spec.to.*.default.localityAwareness.crossZone.failover.*'))
    for (const zone of ['from', 'to'].flatMap((it) => failover.list(`${it}.zones.*`)))
      if (zone.text()) emit.refer(zoneNamed, zone.text()!, zone);
  for (const ref of targetRefsOf(resource)) {
    referTarget(resource, ref.node, emit);
    const name = ref.node.get('name');
    if (ref.kind === 'MeshGateway' && name?.text()) emit.refer(meshGatewayNamed, name.text()!, name);
    const labels = ref.node.get(ref.kind === 'MeshSubset' ? 'tags' : 'labels');
    if (ref.place !== 'top' || labels === undefined || top.hidden || (ref.kind !== 'Dataplane' && ref.kind !== 'MeshSubset')) continue;
    const plain = Object.keys(top.labels).every((it) => !it.includes('kuma.io/'));
    if (plain && Object.keys(top.labels).length > 0)
      emit.refer(proxiesPicked, `${namespaceKey(resource.namespace)}/${selectorText(top.labels)}`, labels);
  }
  referTelemetry(
    resource,
    emit,
    ['from', 'rules', 'to'].map((it) => `spec.${it}.*.default.backends.*.openTelemetry.backendRef`),
  );
  referTelemetry(resource, emit, ['spec.default.backends.*.openTelemetry.backendRef']);
  if (kind === 'MeshHTTPRoute' && resource.name !== '') {
    const { name, namespace } = resource;
    const at = root.get('metadata.name')!;
    const facts = {
      kind,
      name,
      namespace,
      mesh: meshOf(resource),
      labels: toLabels(resource.labels),
      ports: [],
      incomplete: isOpen(resource),
    };
    emit.define(destinations, `${kind}/${namespaceKey(namespace)}/${name}`, at, facts);
    emit.define(destinationsIn, `${kind}/${namespaceKey(namespace)}`, at, facts);
    emit.define(destinationsByName, `${kind}//${name}`, at, facts);
  }
}

/** What a permission says, in the order it is written in. */
function grantsIn(root: YamlNode): readonly Grant[] {
  const grants: Grant[] = [];
  for (const item of root.list('spec.from.*')) {
    const action = item.text('default.action');
    if (action === 'Allow' || action === 'Deny' || action === 'AllowWithShadowDeny') grants.push({ action, who: sourceText(item) });
  }
  for (const conf of root.list('spec.rules.*.default')) {
    for (const [list, action] of [
      ['deny', 'Deny'],
      ['allowWithShadowDeny', 'AllowWithShadowDeny'],
      ['allow', 'Allow'],
    ] as const)
      for (const match of conf.list(`${list}.*`)) grants.push({ action, who: matchText(match) });
  }
  return grants;
}

/** `everybody`, `app=web`, `MeshService web`: the source of an item of `from`. */
function sourceText(item: YamlNode): string {
  const kind = item.text('targetRef.kind');
  if (kind === undefined || kind === 'Mesh') return kind === undefined ? 'an unknown source' : 'everybody';
  const tags = selectorText(labelsIn(item.get('targetRef.tags')));
  const name = item.text('targetRef.name');
  return [name === undefined ? '' : `${kind} ${name}`, tags].filter((it) => it !== '').join(' ') || 'everybody';
}

/** `spiffe://prod/ns/shop…`, `SNI api.example.com`: what a match of a rule names. */
export function matchText(match: YamlNode): string {
  const value = match.text('spiffeID.value');
  const sni = match.text('sni.value');
  const parts = [
    value === undefined ? '' : match.text('spiffeID.type') === 'Prefix' ? `${value}…` : value,
    sni === undefined ? '' : `SNI ${sni}`,
  ].filter((it) => it !== '');
  return parts.length === 0 ? 'everybody' : parts.join(' with ');
}
