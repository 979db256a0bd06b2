import { defineRule, type Problem } from '../../../rules/rule.js';
import type { Resource } from '../../../model/resource.js';
import type { YamlMap, YamlNode } from '../../../yaml/node.js';
import { isSet, itemLacks, lacksText, placeOfKey, placeOfLack, quoted, writtenText } from '../validation/values.js';
import { repairs } from '../validation/repairs.js';

/** The part of a match that goes with what a patch applies to. */
const MATCHES: Readonly<Record<string, string>> = {
  LISTENER: 'listener',
  FILTER_CHAIN: 'listener',
  NETWORK_FILTER: 'listener',
  HTTP_FILTER: 'listener',
  ROUTE_CONFIGURATION: 'routeConfiguration',
  VIRTUAL_HOST: 'routeConfiguration',
  HTTP_ROUTE: 'routeConfiguration',
  CLUSTER: 'cluster',
};
const MANAGERS = ['envoy.filters.network.http_connection_manager', 'envoy.http_connection_manager'];
/** Filters by the names they had before Envoy sorted them. */
const OLD_FILTERS: Readonly<Record<string, readonly string[]>> = {
  http: [
    'buffer',
    'cors',
    'csrf',
    'ext_authz',
    'fault',
    'grpc_http1_bridge',
    'grpc_json_transcoder',
    'grpc_web',
    'gzip',
    'health_check',
    'ip_tagging',
    'lua',
    'rate_limit',
    'router',
    'squash',
  ],
  network: ['client_ssl_auth', 'http_connection_manager', 'mongo_proxy', 'ratelimit', 'redis_proxy', 'tcp_proxy'],
  listener: ['http_inspector', 'original_dst', 'original_src', 'proxy_protocol', 'tls_inspector'],
};
const NEW_NAMES: ReadonlyMap<string, string> = new Map([
  ['envoy.http_dynamo_filter', 'envoy.filters.http.dynamo'],
  ...Object.entries(OLD_FILTERS).flatMap(([sort, names]) =>
    names.map((it): [string, string] => [`envoy.${sort === 'listener' ? 'listener.' : ''}${it}`, `envoy.filters.${sort}.${it}`]),
  ),
]);

export const invalidEnvoyPatch = defineRule({
  id: 'istio/invalid-envoy-patch',
  title: 'Patch of an EnvoyFilter that Istio cannot apply',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'A patch says what it applies to, where it looks for it, what it does and, unless it removes something, with which value. The match has to be of the sort that it applies to.',
  remedy: 'Complete the patch.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: short-timeout, namespace: shop }
spec:
  configPatches:
  - applyTo: CLUSTER
    patch: { operation: MERGE }
`,
    good: `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: short-timeout, namespace: shop }
spec:
  configPatches:
  - applyTo: CLUSTER
    patch: { operation: MERGE, value: { connect_timeout: 1s } }
`,
  },

  kinds: ['EnvoyFilter'],
  reads: {},

  *check({ resource }) {
    for (const patch of resource.root.list('spec.configPatches.*')) {
      if (patch.type !== 'map' || patch.partial || patch.text('match.context') === 'WAYPOINT') continue;
      const problem = completenessProblem(resource, patch);
      if (problem) yield problem;
      else {
        yield* matchProblems(resource, patch);
        yield* valueProblems(patch);
      }
    }
  },

  fix: repairs,
});

/** The first thing that a patch lacks; Istio looks no further then. */
function completenessProblem(resource: Resource, patch: YamlMap): Problem | undefined {
  const { root } = resource;
  const applyTo = patch.get('applyTo');
  if (isMissing(patch, 'applyTo') || applyTo?.text() === 'INVALID')
    return { at: applyTo ?? placeOfKey(root, patch, 'applyTo'), message: 'This patch does not say what it applies to.' };
  const change = patch.get('patch');
  if (itemLacks(patch, 'patch')) return { at: placeOfKey(root, patch, 'patch'), message: 'This entry has no patch.' };
  if (change?.type !== 'map') return undefined;
  const operation = change.get('operation');
  if (isMissing(change, 'operation') || operation?.text() === 'INVALID')
    return { at: operation ?? placeOfLack(root, change), message: 'This patch has no operation.' };
  const name = operation?.text();
  if (name !== undefined && name !== 'REMOVE' && itemLacks(change, 'value'))
    return { at: operation!, message: `A patch that does ${name} needs a value.` };
  return undefined;
}

function isMissing(node: YamlMap, name: string): boolean {
  return itemLacks(node, name) || node.text(name) === '';
}

function* matchProblems(resource: Resource, patch: YamlMap): Generator<Problem> {
  const applyTo = patch.text('applyTo');
  const match = patch.map('match');
  if (applyTo === undefined || !match || match.partial) return;
  const wanted = MATCHES[applyTo];
  const given = ['listener', 'routeConfiguration', 'cluster'].find((it) => match.has(it));
  if (wanted !== undefined && given !== undefined && !match.has(wanted)) {
    yield { at: match.entry(given)!.keyRange, message: `A patch of ${applyTo} is matched by "${wanted}", not by "${given}".` };
    return;
  }
  const filter = match.get('listener.filterChain.filter');
  if (filter?.type !== 'map') return;
  const name = filter.text('name');
  if (lacksText(resource, filter, 'name')) {
    yield { at: filter.get('name') ?? placeOfLack(resource.root, filter), message: 'This filter has no name to match on.' };
    return;
  }
  const warning = { severity: 'warning', peers: ['IST0133'] } as const;
  if (applyTo === 'LISTENER' || applyTo === 'FILTER_CHAIN')
    yield {
      at: placeOfLack(resource.root, filter),
      ...warning,
      message: `A patch of ${applyTo} is not matched by filters.`,
      effect: 'This part of the match is ignored.',
    };
  yield* oldNameProblem(filter);
  const sub = filter.entry('subFilter');
  if (sub?.value.type !== 'map' || !isSet(filter, 'subFilter')) return;
  if (applyTo !== 'HTTP_FILTER')
    yield { at: sub.keyRange, message: `"subFilter" is for patches of HTTP_FILTER, and this is of ${applyTo}.` };
  else if (name !== undefined && !MANAGERS.includes(name))
    yield { at: filter.get('name')!, message: `Only "${MANAGERS[0]}" has filters in it, not ${quoted(name)}.` };
  else if (lacksText(resource, sub.value, 'name'))
    yield { at: sub.value.get('name') ?? sub.keyRange, message: 'This filter has no name to match on.' };
  else yield* oldNameProblem(sub.value);
}

/** What can be told of a value without the types of Envoy at hand. */
function* valueProblems(patch: YamlMap): Generator<Problem> {
  const value = patch.get('patch.value');
  if (!value || patch.text('patch.operation') === 'REMOVE') return;
  if (value.type === 'list' || (value.type === 'scalar' && !value.opaque && value.value !== null))
    yield { at: value, message: 'The value of a patch is a map.' };
  for (const at of typesIn(value)) {
    const type = writtenText(at);
    if (type === undefined) continue;
    if (!type.startsWith('type.googleapis.com/'))
      yield { at, message: `${quoted(type)} is no type; they begin with "type.googleapis.com/".` };
    else if (/\.v2\./.test(type)) yield { at, message: 'This type is of the API that Envoy had before v3, and is gone.' };
  }
  const isFilter = ['HTTP_FILTER', 'NETWORK_FILTER'].includes(patch.text('applyTo') ?? '');
  if (
    isFilter &&
    value.type === 'map' &&
    value.has('name') &&
    itemLacks(value, 'typed_config', 'typedConfig', 'config_discovery', 'configDiscovery')
  )
    yield {
      at: value.entry('name')!.keyRange,
      severity: 'warning',
      peers: ['IST0133'],
      message: 'This filter has a name and no "typed_config".',
      effect: 'Envoy goes by the type of the configuration and refuses a filter without one.',
    };
}

function typesIn(node: YamlNode): readonly YamlNode[] {
  if (node.type === 'scalar') return [];
  if (node.type === 'list') return node.items.flatMap(typesIn);
  return node.entries.flatMap((it) => (it.key === '@type' ? [it.value] : typesIn(it.value)));
}

function* oldNameProblem(filter: YamlNode): Generator<Problem> {
  const at = filter.get('name');
  const renamed = NEW_NAMES.get(at?.text() ?? '');
  if (at && renamed !== undefined)
    yield {
      at,
      severity: 'warning',
      peers: ['IST0133'],
      message: `${quoted(at.text()!)} is the old name of this filter; it is "${renamed}" today.`,
      effect: 'An update may stop matching it.',
      data: { write: renamed },
    };
}
