import type { Resource } from '../../model/resource.js';
import type { YamlNode } from '../../yaml/node.js';
import type { ControlPlane } from './control-plane.js';

/** Where policies may point, by kind of policy: facts of Kuma's validators. */
export interface PolicyFacts {
  /** Kinds of the top-level targetRef in every namespace. */
  readonly top: readonly string[];
  /** Those that only policies in the system namespace may have besides. */
  readonly systemTop: readonly string[];
  /** Undefined: the policy has no such list. */
  readonly from: readonly string[] | undefined;
  readonly rules: 'matches' | 'default' | undefined;
  readonly to: readonly string[] | undefined;
  /** In place of `to`, by kind of the top-level targetRef. */
  readonly toOf: Readonly<Record<string, readonly string[]>>;
  /** Kinds of backends, for routes. */
  readonly backends: readonly string[];
  /** Whether a targetRef of kind MeshGateway may have tags. */
  readonly gatewayTags: boolean;
}

const PROXIES = ['Mesh', 'Dataplane', 'MeshSubset'];
const CLIENTS = [...PROXIES, 'MeshService', 'MeshServiceSubset'];
const SOURCES = ['Mesh', 'MeshSubset', 'MeshService', 'MeshServiceSubset'];
const SERVICES = ['MeshService', 'MeshExternalService', 'MeshMultiZoneService'];
const TO_SERVICES = ['Mesh', ...SERVICES];
const TO_ROUTES = [...TO_SERVICES, 'MeshHTTPRoute'];
const OF_GATEWAYS = { MeshGateway: ['Mesh', 'MeshExternalService'], MeshHTTPRoute: ['Mesh', 'MeshExternalService'] };

function policy(facts: Partial<PolicyFacts>): PolicyFacts {
  return {
    top: CLIENTS,
    systemTop: [],
    from: undefined,
    rules: undefined,
    to: undefined,
    toOf: {},
    backends: [],
    gatewayTags: false,
    ...facts,
  };
}

const ROUTE = policy({
  systemTop: ['MeshGateway'],
  to: SERVICES,
  toOf: { MeshGateway: ['Mesh'] },
  backends: [...SERVICES, 'MeshServiceSubset'],
  gatewayTags: true,
});

const OF_2: Readonly<Record<string, PolicyFacts>> = {
  MeshTrafficPermission: policy({ from: SOURCES, rules: 'matches' }),
  MeshTLS: policy({ top: PROXIES, from: ['Mesh'], rules: 'default' }),
  MeshTimeout: policy({
    systemTop: ['MeshGateway', 'MeshHTTPRoute'],
    from: ['Mesh'],
    rules: 'matches',
    to: TO_ROUTES,
    toOf: OF_GATEWAYS,
    gatewayTags: true,
  }),
  MeshCircuitBreaker: policy({ top: [...CLIENTS, 'MeshGateway'], from: ['Mesh'], rules: 'default', to: TO_SERVICES, gatewayTags: true }),
  MeshRateLimit: policy({ systemTop: ['MeshGateway', 'MeshHTTPRoute'], from: ['Mesh'], rules: 'matches', to: ['Mesh'], gatewayTags: true }),
  MeshRetry: policy({ systemTop: ['MeshGateway', 'MeshHTTPRoute'], to: TO_ROUTES, toOf: OF_GATEWAYS, gatewayTags: true }),
  MeshFaultInjection: policy({ systemTop: ['MeshGateway'], from: SOURCES, rules: 'matches', to: ['Mesh'], gatewayTags: true }),
  MeshHealthCheck: policy({ top: [...CLIENTS, 'MeshGateway'], to: TO_SERVICES, gatewayTags: true }),
  MeshLoadBalancingStrategy: policy({
    top: [...CLIENTS, 'MeshGateway'],
    to: ['Mesh', 'MeshService', 'MeshMultiZoneService', 'MeshHTTPRoute'],
    toOf: { MeshGateway: ['Mesh', 'MeshService', 'MeshMultiZoneService'] },
    gatewayTags: true,
  }),
  MeshAccessLog: policy({
    top: [...CLIENTS, 'MeshGateway'],
    from: ['Mesh'],
    rules: 'matches',
    to: TO_ROUTES,
    toOf: { MeshGateway: ['Mesh'] },
    gatewayTags: true,
  }),
  MeshTrace: policy({ systemTop: ['MeshGateway'] }),
  MeshMetric: policy({ systemTop: ['MeshGateway'], gatewayTags: true }),
  MeshProxyPatch: policy({ systemTop: ['MeshGateway'] }),
  MeshPassthrough: policy({ top: PROXIES }),
  MeshHTTPRoute: ROUTE,
  MeshTCPRoute: ROUTE,
};

/** Version 3 knows fewer ways: no lists by source, no gateways, no subsets. */
const OF_3: Readonly<Record<string, PolicyFacts>> = Object.fromEntries(
  Object.entries(OF_2).map(([kind, { rules, to, backends }]) => [
    kind,
    policy({
      top: ['Mesh', 'Dataplane'],
      rules,
      to: kind === 'MeshLoadBalancingStrategy' ? TO_ROUTES : to,
      backends: backends.filter((it) => it !== 'MeshServiceSubset'),
    }),
  ]),
);

export const POLICY_KINDS: readonly string[] = Object.keys(OF_2);
export const ROUTE_KINDS: readonly string[] = ['MeshHTTPRoute', 'MeshTCPRoute'];
/** Kinds whose `from` list is on its way out. */
export const FROM_KINDS: readonly string[] = POLICY_KINDS.filter((it) => OF_2[it]!.from !== undefined);

export function policyFacts(kind: string, version: ControlPlane['version']): PolicyFacts | undefined {
  const all = version === '3.0' ? OF_3 : OF_2;
  return Object.hasOwn(all, kind) ? all[kind] : undefined;
}

/** What a targetRef of a kind may hold. */
export interface FieldFacts {
  readonly forbidden: readonly string[];
  /** One of these fields has to be there. */
  readonly needs: readonly string[];
  /** Whether `labels` rule out `name` and `namespace`. */
  readonly labelsAlone: boolean;
}

const BY_NAME_OR_LABELS = { needs: ['name', 'labels'], labelsAlone: true };

const FIELDS_OF_2: Readonly<Record<string, FieldFacts>> = {
  Mesh: { forbidden: ['name', 'mesh', 'tags', 'labels', 'namespace', 'sectionName'], needs: [], labelsAlone: false },
  Dataplane: { forbidden: ['tags', 'mesh', 'proxyTypes'], needs: [], labelsAlone: true },
  MeshSubset: { forbidden: ['name', 'mesh', 'labels', 'namespace', 'sectionName'], needs: [], labelsAlone: false },
  MeshService: { forbidden: ['mesh', 'tags', 'proxyTypes'], ...BY_NAME_OR_LABELS },
  MeshHTTPRoute: { forbidden: ['mesh', 'tags', 'proxyTypes', 'sectionName'], ...BY_NAME_OR_LABELS },
  MeshServiceSubset: { forbidden: ['mesh', 'proxyTypes', 'labels', 'namespace', 'sectionName'], needs: ['name'], labelsAlone: false },
  MeshGateway: { forbidden: ['mesh', 'proxyTypes', 'labels', 'namespace', 'sectionName'], needs: ['name'], labelsAlone: false },
  MeshExternalService: { forbidden: ['mesh', 'tags', 'proxyTypes', 'sectionName'], ...BY_NAME_OR_LABELS },
};

const FIELDS_OF_3: Readonly<Record<string, FieldFacts>> = {
  Mesh: { forbidden: ['labels', 'sectionName'], needs: [], labelsAlone: false },
  Dataplane: { forbidden: [], needs: [], labelsAlone: false },
  MeshService: { forbidden: [], needs: ['labels'], labelsAlone: false },
  MeshHTTPRoute: { forbidden: ['sectionName'], needs: ['labels'], labelsAlone: false },
  MeshExternalService: { forbidden: ['sectionName'], needs: ['labels'], labelsAlone: false },
  MeshMultiZoneService: { forbidden: [], needs: ['labels'], labelsAlone: false },
};

/** Fields that no targetRef has any more in version 3. */
export const REMOVED_FIELDS: readonly string[] = ['name', 'namespace', 'tags', 'mesh', 'proxyTypes'];

/** Undefined for kinds whose fields nobody checks. */
export function fieldFacts(kind: string, version: ControlPlane['version']): FieldFacts | undefined {
  const all = version === '3.0' ? FIELDS_OF_3 : FIELDS_OF_2;
  return Object.hasOwn(all, kind) ? all[kind] : undefined;
}

/** Every kind that some version knows in a targetRef; the schema reports all others. */
export const TARGET_KINDS: readonly string[] = [
  'Mesh',
  'MeshSubset',
  'MeshGateway',
  'MeshService',
  'MeshExternalService',
  'MeshMultiZoneService',
  'MeshServiceSubset',
  'MeshHTTPRoute',
  'Dataplane',
];

/** A targetRef, or a backendRef, where it stands. */
export interface TargetRef {
  readonly place: 'top' | 'from' | 'to' | 'backend' | 'mirror';
  /** What holds the ref: the spec, an item of a list, the conf of a route's rule. */
  readonly holder: YamlNode;
  readonly node: YamlNode;
  /** Undefined where it is left out, or a template fills it in. */
  readonly kind: string | undefined;
}

/** The refs of a policy, in the order of the document; without those whose text nobody knows. */
export function targetRefsOf({ root }: Resource): readonly TargetRef[] {
  const refs: TargetRef[] = [];
  const add = (place: TargetRef['place'], holder: YamlNode | undefined, node: YamlNode | undefined): void => {
    if (holder !== undefined && node?.type === 'map') refs.push({ place, holder, node, kind: node.text('kind') });
  };
  const spec = root.get('spec');
  add('top', spec, root.get('spec.targetRef'));
  for (const list of ['from', 'to'] as const) for (const item of root.list(`spec.${list}.*`)) add(list, item, item.get('targetRef'));
  for (const conf of root.list('spec.to.*.rules.*.default')) {
    for (const backend of conf.list('backendRefs.*')) add('backend', conf, backend);
    for (const mirror of conf.list('filters.*.requestMirror')) add('mirror', mirror, mirror.get('backendRef'));
  }
  return refs;
}

/** Kind of a policy's top-level targetRef: `Mesh` where there is none; undefined where a template fills it in. */
export function topKind({ root }: Resource): string | undefined {
  if (!root.has('spec.targetRef')) return 'Mesh';
  return root.text('spec.targetRef.kind');
}

/** Whether a policy has a list with something in it, or one that a template fills. */
export function hasList({ root }: Resource, list: 'from' | 'to' | 'rules'): boolean {
  const node = root.get(`spec.${list}`);
  if (node?.type === 'list') return node.items.length > 0 || node.partial;
  return node?.type === 'scalar' && node.opaque;
}

/** Whether the proxies that a policy is for may be gateways. */
export function includesGateways(resource: Resource, version: ControlPlane['version']): boolean | undefined {
  const kind = topKind(resource);
  if (kind === undefined) return undefined;
  if (version === '3.0') return kind === 'Mesh' || kind === 'MeshHTTPRoute';
  if (kind === 'MeshGateway' || kind === 'MeshHTTPRoute') return true;
  if (kind !== 'Mesh' && kind !== 'MeshSubset') return false;
  const types = resource.root.list('spec.targetRef.proxyTypes.*');
  return types.length === 0 || types.some((it) => it.text() === 'Gateway' || it.text() === undefined);
}
