import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { repairs } from '../validation/repairs.js';
import { quoted } from '../validation/values.js';

const GRPC: readonly string[] = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

export const invalidStatus = defineRule({
  id: 'istio/invalid-status',
  title: 'Status code that no response can have',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Envoy answers with HTTP statuses from 200 to 599, redirects with 3xx, and gRPC has seventeen statuses, which Istio knows by their names in capitals.',
  remedy: 'Use a status that exists.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - directResponse: { status: 20 }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - directResponse: { status: 200 }
`,
  },

  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    // Of the others the schema refuses numbers below 0.
    const isOfFault = new Set(root.list('spec.http.*.fault.abort.httpStatus'));
    for (const at of [...root.list('spec.http.*.directResponse.status'), ...isOfFault]) {
      const status = at.number();
      // Istio's own limit is one above the highest status.
      if (status !== undefined && (status < 200 || status > 600) && (status >= 0 || isOfFault.has(at)))
        yield { at, message: `${status} is no HTTP status from 200 to 599.` };
    }
    for (const at of root.list('spec.http.*.redirect.redirectCode')) {
      const status = at.number();
      if (status !== undefined && status > 0 && (status < 300 || status > 399))
        yield { at, message: `${status} is no status of a redirect, which are 300 to 399.` };
    }
    for (const at of root.list('spec.http.*.fault.abort.grpcStatus')) {
      const status = at.text();
      if (status === undefined || GRPC.includes(status)) continue;
      const upper = status.toUpperCase();
      const near = GRPC.includes(upper) ? upper : nearest(upper, GRPC);
      yield { at, message: `${quoted(status)} is no gRPC status.`, ...(near !== undefined && { data: { write: near } }) };
    }
  },

  fix: repairs,
});
