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

const KIBIBYTE = 1024;

export const invalidStatus = defineRule({
  id: 'istio/invalid-status',
  title: 'Status or body that no response can have',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Envoy answers with HTTP statuses from 200 to 599, redirects with 3xx, and gRPC has seventeen statuses, which Istio knows by their names in capitals. The body of a direct response is part of the configuration that every proxy gets, so it may not be large.',
  remedy: 'Use a status that exists, and a body of 100 KiB at most.',
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

  mentions: ['directResponse', 'redirect', 'fault'],
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
    for (const body of root.list('spec.http.*.directResponse.body')) {
      for (const [field, sizeOf] of [
        ['string', bytesOf],
        ['bytes', bytesOfBase64],
      ] as const) {
        const size = sizeOf(body.text(field) ?? '');
        if (size <= 100 * KIBIBYTE || body.type !== 'map') continue;
        const isWarning = size <= 1024 * KIBIBYTE;
        yield {
          at: body.entry(field)!.keyRange,
          message: `This body has ${Math.round(size / KIBIBYTE)} KiB; ${isWarning ? 'more than 100 KiB are' : 'more than 1 MiB are'} too many.`,
          ...(isWarning && {
            severity: 'warning' as const,
            peers: ['IST0133'],
            effect: 'Every proxy that has this route holds it in memory.',
          }),
        };
      }
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

/** Length of a text in UTF-8. */
function bytesOf(text: string): number {
  let size = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    size += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_00_00 ? 3 : 4;
  }
  return size;
}

function bytesOfBase64(text: string): number {
  return Math.floor((text.replaceAll(/[\s=]/g, '').length * 3) / 4);
}
