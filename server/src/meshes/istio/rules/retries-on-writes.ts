import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';

/** Methods of which a second request does something a second time. */
const WRITES: readonly string[] = ['POST', 'PATCH'];
/** Conditions that hold after the application may have done its work. */
const AFTER_WORK: readonly string[] = ['5xx', 'gateway-error', 'reset', 'deadline-exceeded', 'internal', '500', '502', '504'];
/** Conditions that hold only where the request never reached the application. */
const BEFORE_WORK = 'connect-failure,refused-stream,reset-before-request';

export const retriesOnWrites = defineRule({
  id: 'istio/retries-on-writes',
  title: 'Retries send writes again',
  severity: 'info',
  category: 'pitfall',
  effect: 'A write that took effect before it failed may happen twice.',
  why: 'After a 5xx, a reset or a missed deadline nobody knows whether the application did its work. POST and PATCH are not idempotent: the second try may charge, book or append once more.',
  remedy: 'Retry writes only on conditions where the request never reached the application, or make them idempotent.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: payment, namespace: shop }
spec:
  hosts: [payment]
  http:
  - match: [{ method: { exact: POST } }]
    retries: { attempts: 2, retryOn: "5xx,connect-failure" }
    route:
    - destination: { host: payment }
---
apiVersion: v1
kind: Service
metadata: { name: payment, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: payment, namespace: shop }
spec:
  hosts: [payment]
  http:
  - match: [{ method: { exact: POST } }]
    retries: { attempts: 2, retryOn: "connect-failure,refused-stream" }
    route:
    - destination: { host: payment }
---
apiVersion: v1
kind: Service
metadata: { name: payment, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  mentions: ['retries'],
  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    for (const [route, http] of resource.root.list('spec.http.*').entries()) {
      const conditions = http.get('retries.retryOn');
      const attempts = http.number('retries.attempts') ?? 0;
      const again = conditions
        ?.text()
        ?.split(',')
        .find((it) => AFTER_WORK.includes(it.trim()));
      if (!conditions || attempts < 1 || again === undefined) continue;
      const match = http.list('match.*.method').find((it) => writesOf(it).length > 0);
      if (!match) continue;
      yield {
        at: conditions,
        message: `This route takes ${writesOf(match).join(' and ')} requests and sends them again on "${again.trim()}".`,
        related: [{ at: match, message: 'the route matches writes here' }],
        data: route,
      };
    }
  },

  fix({ resource, problem, text }) {
    const conditions = resource.root.list('spec.http.*')[problem.data as number]?.get('retries.retryOn');
    if (!conditions) return [];
    return [{ title: 'Retry only where the request did not reach the application', edits: [replaceValue(text, conditions, BEFORE_WORK)] }];
  },
});

/** Writes that a match of methods lets through: only what it spells out, since a prefix or a pattern may mean anything. */
function writesOf(method: YamlNode): readonly string[] {
  const written = method.text('exact') ?? method.text('regex');
  const names = written?.replace(/^\^?\(?|\)?\$?$/g, '').split('|') ?? [];
  return WRITES.filter((it) => names.includes(it));
}
