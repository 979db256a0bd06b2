import { defineRule } from '../../../rules/rule.js';
import { isHttpProtocol, knownProtocol } from '../validation/ports.js';
import { connectionPools } from '../validation/policies.js';
import { repairs } from '../validation/repairs.js';
import { itemLacks, lacks, placeOfLack } from '../validation/values.js';

const COUNTS = [
  'tcp.maxConnections',
  ...['http1MaxPendingRequests', 'http2MaxRequests', 'maxRequestsPerConnection', 'maxRetries', 'maxConcurrentStreams'].map(
    (it) => `http.${it}`,
  ),
];

export const invalidConnectionPool = defineRule({
  id: 'istio/invalid-connection-pool',
  title: 'Connection pool with settings that cannot be met',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Limits are counts, and 0 is the default. An upgrade to HTTP/2 contradicts keeping the protocol of the client, and a keepalive needs both of its times. HTTP settings have no use on a port of another protocol.',
  remedy: 'Correct or remove the setting.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: www, namespace: shop }
spec:
  host: www.example.com
  trafficPolicy: { connectionPool: { tcp: { maxConnections: -1 } } }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: www, namespace: shop }
spec:
  host: www.example.com
  trafficPolicy: { connectionPool: { tcp: { maxConnections: 100 } } }
`,
  },

  mentions: ['connectionPool'],
  kinds: ['DestinationRule', 'Sidecar'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    for (const pool of connectionPools(root)) {
      for (const path of COUNTS) {
        const at = pool.get(path);
        if (at && (at.number() ?? 0) < 0) yield { at, message: 'A limit cannot be below 0.' };
      }
      const http = pool.map('http');
      const client = http?.entry('useClientProtocol');
      if (client?.value.boolean() === true && http?.text('h2UpgradePolicy') === 'UPGRADE')
        yield {
          at: client.keyRange,
          message: 'Connections are upgraded to HTTP/2 or keep the protocol of the client, not both.',
          data: { remove: 'useClientProtocol' },
        };
      const keepAlive = http?.map('http2KeepAlive');
      if (!keepAlive) continue;
      const missing = ['interval', 'timeout'].filter((it) => lacks(resource, keepAlive, it));
      if (missing.length > 0)
        yield { at: placeOfLack(root, keepAlive), message: `"http2KeepAlive" needs ${missing.map((it) => `"${it}"`).join(' and ')}.` };
    }
    for (const listener of root.list('spec.ingress.*')) {
      const protocol = knownProtocol(listener.text('port.protocol') ?? '');
      const http = listener.map('connectionPool')?.entry('http');
      const isBare = itemLacks(listener.get('port'), 'protocol') || listener.text('port.protocol') === '';
      if (http?.value.type === 'map' && (isBare || (protocol !== undefined && !isHttpProtocol(protocol))))
        yield {
          at: http.keyRange,
          severity: 'warning',
          peers: ['IST0133'],
          message: `These settings are for HTTP, and this port ${isBare ? 'names no protocol' : `is ${protocol}`}.`,
          effect: 'They are ignored.',
          // A pool without settings would be refused.
          ...((listener.map('connectionPool')?.entries.length ?? 0) > 1 && { data: { remove: 'http' } }),
        };
    }
  },

  fix: repairs,
});
