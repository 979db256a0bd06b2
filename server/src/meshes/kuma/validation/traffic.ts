import type { YamlNode } from '../../../yaml/node.js';
import { itemsOf, type Policy } from './context.js';
import { matchedRules } from './security.js';
import {
  duration,
  forbids,
  headOf,
  isHidden,
  knownTexts,
  needs,
  needsOne,
  number,
  numberIn,
  PERCENT,
  POSITIVE,
  type Violations,
} from './values.js';

const HTTP_TIMEOUTS = ['requestTimeout', 'streamIdleTimeout', 'maxStreamDuration', 'maxConnectionDuration'];
const OF_CONNECTIONS = ['connectionTimeout', 'idleTimeout', 'http.maxStreamDuration', 'http.maxConnectionDuration'];

export function* timeout(policy: Policy): Violations {
  for (const item of itemsOf(policy)) {
    const conf = item.get('default');
    yield* needsOne(item, 'default', ['connectionTimeout', 'idleTimeout', 'http'], true);
    yield* needsOne(conf, 'http', HTTP_TIMEOUTS);
    yield* duration(conf?.get('connectionTimeout'), POSITIVE);
    yield* duration(conf?.get('idleTimeout'), { least: 0 });
    for (const field of [...HTTP_TIMEOUTS, 'requestHeadersTimeout']) yield* duration(conf?.get(`http.${field}`), { least: 0 });
    if (policy.top === 'MeshHTTPRoute') {
      for (const path of OF_CONNECTIONS) {
        const field = path.slice(path.indexOf('.') + 1);
        yield* forbids(path.includes('.') ? conf?.get('http') : conf, field, 'cannot be set for a route');
      }
    }
  }
  if ((policy.top === 'MeshHTTPRoute' || policy.top === 'MeshGateway') && policy.version === '2.14')
    yield* forbids(filled(policy, 'from'), 'from', `cannot stand in a policy for a ${policy.top}`);
  yield* matchedRules(policy, [...OF_CONNECTIONS, 'http.requestHeadersTimeout']);
}

/** The spec, where one of its lists holds something. */
function filled({ root }: Policy, list: string): YamlNode | undefined {
  const node = root.get(`spec.${list}`);
  return node?.type === 'list' && node.items.length > 0 ? root.get('spec') : undefined;
}

const RETRY_ON = [
  '5xx',
  'GatewayError',
  'Reset',
  'Retriable4xx',
  'ConnectFailure',
  'EnvoyRatelimited',
  'RefusedStream',
  'Http3PostConnectFailure',
  ...['Connect', 'Delete', 'Get', 'Head', 'Options', 'Patch', 'Post', 'Put', 'Trace'].map((it) => `HttpMethod${it}`),
];

export const HTTP_RETRY_ON: readonly string[] = RETRY_ON;

export function* retry(policy: Policy): Violations {
  for (const item of itemsOf(policy, ['to'])) {
    const conf = item.get('default');
    yield* needsOne(item, 'default', ['tcp', 'http', 'grpc'], true);
    yield* needs(conf, 'tcp', 'tcp', 'maxConnectAttempt');
    yield* number(conf?.get('tcp.maxConnectAttempt'), POSITIVE);
    for (const protocol of ['http', 'grpc']) {
      const retries = conf?.get(protocol);
      if (retries?.type === 'map' && retries.entries.length === 0 && !retries.partial)
        yield { at: headOf(conf, protocol), message: `"${protocol}" cannot be empty.` };
      yield* duration(retries?.get('perTryTimeout'), POSITIVE);
      yield* needsOne(retries, 'backOff', ['baseInterval', 'maxInterval']);
      yield* duration(retries?.get('backOff.baseInterval'), POSITIVE);
      yield* duration(retries?.get('backOff.maxInterval'), POSITIVE);
      const limited = retries?.get('rateLimitedBackOff');
      if (
        limited?.type === 'map' &&
        !isHidden(limited) &&
        (limited.get('resetHeaders') === undefined || isEmptyList(limited.get('resetHeaders')))
      )
        yield { at: headOf(retries, 'rateLimitedBackOff'), message: '"rateLimitedBackOff" needs "resetHeaders".' };
      yield* duration(limited?.get('maxInterval'), POSITIVE);
    }
    for (const code of conf?.list('http.retryOn.*') ?? []) {
      const text = code.text() ?? (code.number() === undefined ? undefined : String(code.number()));
      if (text === undefined || RETRY_ON.includes(text) || isStatus(text)) continue;
      const right = RETRY_ON.find((it) => it.toLowerCase() === text.toLowerCase());
      yield {
        at: code,
        message: `"${text}" is no condition to retry on${right === undefined ? '' : ` ("${right}" is one)`}.`,
        ...(right !== undefined && { data: { value: right } }),
      };
    }
    const predicates = conf?.list('http.hostSelection.*') ?? [];
    for (const it of predicates) {
      const predicate = it.text('predicate');
      if (predicate === 'OmitHostsWithTags' && !isHidden(it) && !hasEntries(it.get('tags')))
        yield { at: headOf(it, 'predicate'), message: '"OmitHostsWithTags" needs "tags".' };
      if (predicate === 'OmitPreviousPriorities') yield* number(it.get('updateFrequency'), POSITIVE);
    }
    for (const again of predicates.filter((it) => it.text('predicate') === 'OmitPreviousPriorities').slice(1))
      yield { at: again.get('predicate')!, message: '"OmitPreviousPriorities" can stand here once.' };
  }
}

/** A status that HTTP has a name for. */
function isStatus(text: string): boolean {
  const ranges: readonly (readonly [number, number])[] = [
    [100, 103],
    [200, 208],
    [226, 226],
    [300, 308],
    [400, 418],
    [421, 426],
    [428, 429],
    [431, 431],
    [451, 451],
    [500, 508],
    [510, 511],
  ];
  return /^\d{3}$/.test(text) && ranges.some(([least, most]) => least <= Number(text) && Number(text) <= most);
}

function isEmptyList(node: YamlNode | undefined): boolean {
  return node?.type === 'list' && node.items.length === 0 && !node.partial;
}

function hasEntries(node: YamlNode | undefined): boolean {
  return node !== undefined && (isHidden(node) || (node.type === 'map' && node.entries.length > 0));
}

const LIMITS = ['maxConnections', 'maxConnectionPools', 'maxPendingRequests', 'maxRetries', 'maxRequests'];
const DETECTORS = ['totalFailures', 'gatewayFailures', 'localOriginFailures', 'successRate', 'failurePercentage'];

export function* circuitBreaker(policy: Policy): Violations {
  for (const item of itemsOf(policy)) {
    const conf = item.get('default');
    yield* needsOne(item, 'default', ['connectionLimits', 'outlierDetection'], true);
    for (const limit of LIMITS) yield* number(conf?.get(`connectionLimits.${limit}`), POSITIVE);
    const detection = conf?.get('outlierDetection');
    if (detection?.type === 'map' && !isHidden(detection)) {
      if (!detection.has('detectors')) yield { at: headOf(conf, 'outlierDetection'), message: '"outlierDetection" needs "detectors".' };
      else yield* needsOne(detection, 'detectors', DETECTORS);
    }
    yield* duration(detection?.get('interval'), POSITIVE);
    yield* duration(detection?.get('baseEjectionTime'), POSITIVE);
    yield* number(detection?.get('maxEjectionPercent'), PERCENT);
    yield* number(detection?.get('healthyPanicThreshold'), PERCENT);
    for (const detector of detection?.list('detectors.*') ?? []) {
      for (const field of ['consecutive', 'minimumHosts', 'requestVolume', 'standardDeviationFactor'])
        yield* number(detector.get(field), POSITIVE);
      yield* number(detector.get('threshold'), PERCENT);
    }
  }
}

export function* rateLimit(policy: Policy): Violations {
  for (const item of itemsOf(policy)) {
    const conf = item.get('default');
    if (conf === undefined || (conf.type === 'map' && !isHidden(conf) && !conf.has('local')))
      yield { at: headOf(item, 'default'), message: '"default" needs "local".' };
    yield* needsOne(conf, 'local', ['tcp', 'http']);
    yield* needsOne(conf?.get('local'), 'http', ['disabled', 'requestRate', 'onRateLimit']);
    yield* needsOne(conf?.get('local'), 'tcp', ['disabled', 'connectionRate']);
    for (const path of ['local.http.requestRate', 'local.tcp.connectionRate']) {
      yield* number(conf?.get(`${path}.num`), POSITIVE);
      yield* duration(conf?.get(`${path}.interval`), { above: 50 });
    }
    yield* number(conf?.get('local.http.onRateLimit.status'), POSITIVE);
  }
  yield* matchedRules(policy, ['local.tcp']);
}

export function* faultInjection(policy: Policy): Violations {
  for (const fault of itemsOf(policy).flatMap((it) => it.list('default.http.*'))) {
    yield* number(fault.get('abort.httpStatus'), { least: 100, most: 599 });
    for (const sort of ['abort', 'delay', 'responseBandwidth']) yield* number(fault.get(`${sort}.percentage`), PERCENT);
    yield* duration(fault.get('delay.value'), { least: 0 });
    const limit = fault.get('responseBandwidth.limit');
    const text = limit?.text();
    if (limit !== undefined && text !== undefined && !/^\d*\s?[GMk]+bps$/.test(text))
      yield { at: limit, message: `"${text}" is no bandwidth such as 50Mbps; units are kbps, Mbps and Gbps.` };
  }
  yield* matchedRules(policy, []);
}

export function* healthCheck(policy: Policy): Violations {
  for (const item of itemsOf(policy, ['to'])) {
    const conf = item.get('default');
    yield* needsOne(item, 'default', ['tcp', 'http', 'grpc'], true);
    for (const field of ['interval', 'timeout', 'initialJitter', 'intervalJitter', 'noTrafficInterval'])
      yield* duration(conf?.get(field), POSITIVE);
    yield* number(conf?.get('unhealthyThreshold'), POSITIVE);
    yield* number(conf?.get('healthyThreshold'), POSITIVE);
    yield* number(conf?.get('intervalJitterPercent'), PERCENT);
    yield* number(conf?.get('healthyPanicThreshold'), PERCENT);
    const path = conf?.get('http.path');
    if (path?.text() === '') yield { at: path, message: '"path" cannot be empty.' };
    for (const status of conf?.list('http.expectedStatuses.*') ?? []) yield* number(status, { least: 100, most: 599 });
    const log = conf?.get('eventLogPath');
    if (log?.text() !== undefined && !/^\/?[^\0]+[^/\0]$/.test(log.text()!))
      yield { at: log, message: `"${log.text()!}" is no path of a file.` };
  }
}

const HASH_STRUCTS: Readonly<Record<string, string>> = {
  Header: 'header',
  Cookie: 'cookie',
  SourceIP: 'connection',
  Connection: 'connection',
  QueryParameter: 'queryParameter',
  FilterState: 'filterState',
};

export function* loadBalancing(policy: Policy): Violations {
  for (const item of itemsOf(policy, ['to'])) {
    const conf = item.get('default');
    const kind = item.text('targetRef.kind');
    if (kind === 'MeshHTTPRoute')
      for (const field of ['loadBalancer', 'localityAwareness']) yield* forbids(conf, field, 'cannot be set for a route');
    const balancers = ['ringHash', 'maglev'].flatMap((it) => conf?.get(`loadBalancer.${it}`) ?? []);
    if (conf?.has('hashPolicies') === true) for (const it of balancers) yield* forbids(it, 'hashPolicies', 'stands in "default" already');
    for (const hash of [...(conf?.list('hashPolicies.*') ?? []), ...balancers.flatMap((it) => it.list('hashPolicies.*'))]) {
      const struct = HASH_STRUCTS[hash.text('type') ?? ''];
      if (struct !== undefined && !hash.has(struct) && !isHidden(hash))
        yield { at: headOf(hash, 'type'), message: `A hash policy of type "${hash.text('type')!}" needs "${struct}".` };
      const path = hash.get('cookie.path');
      if (path?.text() !== undefined && !path.text()!.startsWith('/'))
        yield { at: path, message: `The path of a cookie starts with "/"; "${path.text()!}" does not.` };
    }
    yield* number(conf?.get('loadBalancer.leastRequest.activeRequestBias'), { least: 0 });
    yield* locality(item, conf?.get('localityAwareness'));
  }
}

function* locality(item: YamlNode, node: YamlNode | undefined): Violations {
  const tags = node?.list('localZone.affinityTags.*') ?? [];
  for (const tag of tags) {
    if (tag.text('key') === '') yield { at: tag.get('key')!, message: '"key" cannot be empty.' };
    yield* number(tag.get('weight'), POSITIVE);
  }
  const weighted = tags.filter((it) => it.has('weight')).length;
  if (weighted > 0 && weighted < tags.length && !tags.some(isHidden))
    yield { at: headOf(node?.get('localZone'), 'affinityTags'), message: 'Either all of "affinityTags" have a weight, or none.' };
  const crossZone = node?.get('crossZone');
  if (crossZone === undefined) return;
  if (item.text('targetRef.kind') === 'MeshService' && (item.has('targetRef.sectionName') || item.has('targetRef.labels')))
    yield { at: headOf(node, 'crossZone'), message: '"crossZone" has no meaning for a MeshService of one zone, whose traffic is local.' };
  for (const failover of crossZone.list('failover.*')) {
    if (isEmptyList(failover.get('from.zones'))) yield { at: headOf(failover.get('from'), 'zones'), message: '"zones" cannot be empty.' };
    const type = failover.text('to.type');
    const zones = knownTexts(failover.get('to.zones'));
    const to = failover.get('to');
    if ((type === 'Any' || type === 'None') && zones !== undefined && zones.length > 0)
      yield { at: headOf(to, 'zones'), message: `"zones" cannot stand beside type "${type}".` };
    if ((type === 'AnyExcept' || type === 'Only') && zones?.length === 0 && !isHidden(to))
      yield { at: headOf(to, to?.has('zones') === true ? 'zones' : 'type'), message: `Type "${type}" needs "zones".` };
  }
  const percentage = crossZone.get('failoverThreshold.percentage');
  yield* number(percentage, { above: 0 });
  if ((numberIn(percentage) ?? 0) > 100) yield* number(percentage, PERCENT);
}
