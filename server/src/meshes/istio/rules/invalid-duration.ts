import { parseDuration } from '../../../schema/formats.js';
import { repairs } from '../validation/repairs.js';
import { defineRule } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { complaintAboutDuration } from '../validation/durations.js';
import { connectionPools, trafficPolicies } from '../validation/policies.js';
import { writtenText } from '../validation/values.js';

export const invalidDuration = defineRule({
  id: 'istio/invalid-duration',
  title: 'Time finer than a millisecond',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Istio takes times of whole milliseconds. The schema reads finer ones, but the webhook behind it does not.',
  remedy: 'Round it to milliseconds.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - timeout: 1.0005s
    redirect: { authority: shop.example.com }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - timeout: 1.001s
    redirect: { authority: shop.example.com }
`,
  },

  kinds: ['VirtualService', 'DestinationRule', 'Sidecar', 'RequestAuthentication'],
  reads: {},

  *check({ resource }) {
    // All others the schema reads itself.
    const unread = connectionPools(resource.root).map((it) => it.get('tcp.idleTimeout'));
    for (const at of durations(resource.root)) {
      const written = writtenText(at);
      const complaint =
        written === undefined
          ? undefined
          : unread.includes(at) && parseDuration(written) === undefined
            ? 'it cannot be read as one'
            : complaintAboutDuration(written);
      if (complaint === undefined) continue;
      const whole = Math.max(1, Math.round(parseDuration(written ?? '') ?? 0));
      yield {
        at,
        message: `"${written}" is no time that Istio takes: ${complaint}.`,
        ...(parseDuration(written ?? '') !== undefined && { data: { write: `${whole}ms`, preferred: false } }),
      };
    }
  },

  fix: repairs,
});

function durations(root: YamlNode): readonly YamlNode[] {
  const found: YamlNode[] = [];
  const addAt = (node: YamlNode, paths: readonly string[]): void => {
    for (const path of paths) {
      const at = node.get(path);
      if (at !== undefined) found.push(at);
    }
  };
  for (const route of root.list('spec.http.*')) addAt(route, OF_ROUTES);
  for (const { policy } of trafficPolicies(root)) addAt(policy, OF_POLICIES);
  for (const pool of connectionPools(root)) addAt(pool, OF_POOLS);
  found.push(...root.list('spec.jwtRules.*.timeout'));
  return found;
}

const OF_ROUTES = ['timeout', 'retries.perTryTimeout', 'retries.backoff', 'fault.delay.fixedDelay'];
const OF_POLICIES = ['outlierDetection.baseEjectionTime', 'outlierDetection.interval', 'loadBalancer.warmup.duration'];
const OF_POOLS = [
  'http.idleTimeout',
  'http.http2KeepAlive.interval',
  'http.http2KeepAlive.timeout',
  'tcp.connectTimeout',
  'tcp.maxConnectionDuration',
  'tcp.idleTimeout',
  'tcp.tcpKeepalive.time',
  'tcp.tcpKeepalive.interval',
];
