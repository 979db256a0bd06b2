import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { repairs } from '../validation/repairs.js';
import { isSet, lacks, quoted, writtenText } from '../validation/values.js';

const CONDITIONS: readonly string[] = [
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'retriable-4xx',
  'refused-stream',
  'retriable-status-codes',
  'retriable-headers',
  'envoy-ratelimited',
  'http3-post-connect-failure',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
];

export const invalidRetries = defineRule({
  id: 'istio/invalid-retries',
  title: 'Retry policy that Envoy cannot follow',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Without attempts there are no retries, so that conditions and timeouts for them mean nothing. Conditions are words that Envoy knows, or status codes, with commas and no blanks between them.',
  remedy: 'Set "attempts" above 0, and use conditions that exist.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - retries: { attempts: 2, retryOn: "5xx, reset" }
    route:
    - destination: { host: cart }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - retries: { attempts: 2, retryOn: "5xx,reset" }
    route:
    - destination: { host: cart }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  mentions: ['retries'],
  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    for (const retries of resource.root.list('spec.http.*.retries')) {
      if (retries.type !== 'map') continue;
      const attempts = retries.get('attempts');
      const count = attempts?.number();
      if (attempts && count !== undefined && count < 0) yield { at: attempts, message: '"attempts" cannot be below 0.' };
      if (count === 0 || lacks(resource, retries, 'attempts')) {
        const idle = ['perTryTimeout', 'retryOn', 'retryRemoteLocalities'].find((it) =>
          it === 'retryRemoteLocalities' ? retries.has(it) : isSet(retries, it),
        );
        if (idle !== undefined)
          yield {
            at: attempts ?? retries.entry(idle)!.keyRange,
            message: `There are no attempts, so that "${idle}" means nothing.`,
          };
      }
      const conditions = retries.get('retryOn');
      const written = writtenText(conditions);
      if (!conditions || written === undefined || written === '') continue;
      const parts = written.split(',');
      const wrong = parts.find((it) => !isCondition(it));
      if (wrong === undefined) continue;
      const corrected = parts.map((it) => (isCondition(it) ? it : correctionOf(it)));
      yield {
        at: conditions,
        message: `${quoted(wrong)} is no condition that Envoy retries on.`,
        ...(corrected.every((it) => it !== undefined) && { data: { write: corrected.join(',') } }),
      };
    }
  },

  fix: repairs,
});

function isCondition(part: string): boolean {
  return CONDITIONS.includes(part) || isStatus(part);
}

/** A status code that has a name. */
function isStatus(part: string): boolean {
  if (!/^\d{3}$/.test(part)) return false;
  const code = Number(part);
  const within = (first: number, last: number) => code >= first && code <= last;
  if (within(100, 103) || within(200, 208) || code === 226) return true;
  if (within(300, 308)) return code !== 306;
  if (within(400, 418) || within(421, 426) || [428, 429, 431, 451].includes(code)) return true;
  return within(500, 508) || code === 510 || code === 511;
}

function correctionOf(part: string): string | undefined {
  const lower = part.trim().toLowerCase();
  return isCondition(lower) ? lower : nearest(lower, CONDITIONS);
}
