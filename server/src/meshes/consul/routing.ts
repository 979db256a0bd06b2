import { quotedList } from '../../text/words.js';
import { shown } from '../../schema/words.js';
import type { YamlNode } from '../../yaml/node.js';
import { keyOf, nearValue, present, type Finding } from './fields.js';

const HTTP_METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE'];

/** When a router may try again. */
export const RETRY_CONDITIONS: readonly string[] = [
  '5xx',
  'gateway-error',
  'reset',
  'connect-failure',
  'envoy-ratelimited',
  'retriable-4xx',
  'refused-stream',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
];

const PATHS = ['pathExact', 'pathPrefix', 'pathRegex'];

/** What is wrong with the path of a match. */
export function* pathFaults(http: YamlNode): Iterable<Finding> {
  const paths = present(http, PATHS);
  if (paths.length > 1) yield { at: keyOf(http, paths[1]!), message: `Set one of ${quotedList(paths)}.` };
  for (const name of ['pathExact', 'pathPrefix']) {
    const node = http.get(name);
    const written = node?.text();
    if (node && written !== undefined && written !== '' && !written.startsWith('/'))
      yield { at: node, message: `Path "${shown(written)}" does not begin with "/".`, data: `/${written}` };
  }
}

/** What is wrong with the methods of a match; `exactCase` where only capitals count. */
export function* methodFaults(http: YamlNode, exactCase: boolean): Iterable<Finding> {
  const seen = new Set<string>();
  for (const node of http.list('methods.*')) {
    const written = node.text();
    if (written === undefined) continue;
    const method = exactCase ? written : written.toUpperCase();
    if (!HTTP_METHODS.includes(method)) {
      const near = nearValue(written, HTTP_METHODS);
      yield {
        at: node,
        message: `"${shown(written)}" is no method${near === undefined ? '' : ` ("${near}" is)`}.`,
        ...(near !== undefined && { data: near }),
      };
    } else if (seen.has(method)) yield { at: node, message: `Method "${method}" is listed twice.` };
    seen.add(method);
  }
}

/** Fields of a route's retries that are set. */
export function retrySettings(node: YamlNode): readonly string[] {
  return [
    ...present(node, ['retryOn', 'retryOnStatusCodes']),
    ...(node.boolean('retryOnConnectFailure') === true ? ['retryOnConnectFailure'] : []),
  ];
}
