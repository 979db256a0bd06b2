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
    const unread = new Set(connectionPools(resource.root).flatMap((it) => it.list('tcp.idleTimeout')));
    for (const at of durations(resource.root)) {
      const written = writtenText(at);
      const complaint =
        written === undefined
          ? undefined
          : unread.has(at) && parseDuration(written) === undefined
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

function* durations(root: YamlNode): Generator<YamlNode> {
  for (const route of root.list('spec.http.*')) {
    for (const path of ['timeout', 'retries.perTryTimeout', 'retries.backoff', 'fault.delay.fixedDelay']) yield* route.list(path);
  }
  for (const { policy } of trafficPolicies(root)) {
    for (const path of ['outlierDetection.baseEjectionTime', 'outlierDetection.interval', 'loadBalancer.warmup.duration'])
      yield* policy.list(path);
  }
  for (const pool of connectionPools(root)) {
    const http = ['idleTimeout', 'http2KeepAlive.interval', 'http2KeepAlive.timeout'].map((it) => `http.${it}`);
    const tcp = ['connectTimeout', 'maxConnectionDuration', 'idleTimeout', 'tcpKeepalive.time', 'tcpKeepalive.interval'].map(
      (it) => `tcp.${it}`,
    );
    for (const path of [...http, ...tcp]) yield* pool.list(path);
  }
  yield* root.list('spec.jwtRules.*.timeout');
}
