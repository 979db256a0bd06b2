import { defineRule } from '../../../rules/rule.js';
import { isSet, lacks, placeOfLack } from '../validation/values.js';

export const invalidFault = defineRule({
  id: 'istio/invalid-fault',
  title: 'Fault that Envoy cannot inject',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'A fault is an abort with a status, or a delay of a fixed time. Errors of HTTP/2 and delays that grow are in the schema, but nothing implements them.',
  remedy: 'Write an abort with "httpStatus" or "grpcStatus", or a delay with "fixedDelay".',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - fault: {}
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
  - fault: { abort: { httpStatus: 503, percentage: { value: 10 } } }
    route:
    - destination: { host: cart }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  mentions: ['fault'],
  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    for (const fault of root.list('spec.http.*.fault')) {
      if (lacks(resource, fault, 'abort', 'delay'))
        yield { at: placeOfLack(root, fault), message: 'A fault needs an abort or a delay; this has none.' };
      const abort = fault.map('abort');
      if (abort && isSet(abort, 'http2Error'))
        yield { at: abort.entry('http2Error')!.keyRange, message: 'Nothing implements "http2Error"; use "httpStatus" or "grpcStatus".' };
      if (abort && lacks(resource, abort, 'httpStatus', 'grpcStatus', 'http2Error'))
        yield {
          at: placeOfLack(root, abort),
          severity: 'warning',
          peers: ['IST0133'],
          message: 'This abort has no "httpStatus" or "grpcStatus".',
          effect: 'It aborts nothing.',
        };
      const delay = fault.map('delay');
      if (delay && isSet(delay, 'exponentialDelay'))
        yield { at: delay.entry('exponentialDelay')!.keyRange, message: 'Nothing implements "exponentialDelay"; use "fixedDelay".' };
    }
  },
});
