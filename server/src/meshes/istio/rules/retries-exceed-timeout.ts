import { defineRule, type Fix } from '../../../rules/rule.js';
import { parseDuration } from '../../../schema/formats.js';
import { replaceValue } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';

export const retriesExceedTimeout = defineRule({
  id: 'istio/retries-exceed-timeout',
  title: 'Tries of a route take longer than its timeout',
  severity: 'info',
  category: 'pitfall',
  effect: 'The last ones never run.',
  why: 'The timeout of a route covers all its tries together: the first one and up to "attempts" more, each for as long as "perTryTimeout". When it ends, the caller gets 504, whatever tries are left.',
  remedy: 'Allow the route the time of all its tries, or give it fewer.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - timeout: 5s
    retries: { attempts: 3, perTryTimeout: 2s }
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
  - timeout: 8s
    retries: { attempts: 3, perTryTimeout: 2s }
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
    for (const [route, http] of resource.root.list('spec.http.*').entries()) {
      const attempts = http.get('retries.attempts');
      const retries = attempts?.number();
      const timeout = milliseconds(http.get('timeout'));
      // Without its own limit a try may take all the time that the route has.
      const perTry = milliseconds(http.get('retries.perTryTimeout'));
      if (!attempts || retries === undefined || retries < 1 || timeout === undefined || perTry === undefined) continue;
      const tries = retries + 1;
      const total = tries * perTry;
      if (total <= timeout) continue;
      const started = Math.ceil(timeout / perTry);
      yield {
        at: attempts,
        message: `Up to ${tries} tries of ${written(http, 'retries.perTryTimeout')} take ${seconds(total)}, longer than the timeout of ${written(http, 'timeout')}.`,
        ...(started >= tries && { effect: 'The last one is cut short.' }),
        related: [
          { at: http.get('timeout')!, message: `all tries together have ${written(http, 'timeout')}` },
          { at: http.get('retries.perTryTimeout')!, message: `each try has ${written(http, 'retries.perTryTimeout')}` },
        ],
        data: { route, total: seconds(total), attempts: Math.floor(timeout / perTry) - 1 },
      };
    }
  },

  fix({ resource, problem, text }) {
    const { route, total, attempts } = problem.data as { route: number; total: string; attempts: number };
    const http = resource.root.list('spec.http.*')[route];
    const timeout = http?.get('timeout');
    const written = http?.get('retries.attempts');
    const fixes: Fix[] = [];
    if (timeout) fixes.push({ title: `Set timeout to ${total}`, edits: [replaceValue(text, timeout, total)] });
    if (written && attempts >= 1) fixes.push({ title: `Set attempts to ${attempts}`, edits: [replaceValue(text, written, attempts)] });
    return fixes;
  },
});

/** A duration above zero, which is what limits anything. */
function milliseconds(node: YamlNode | undefined): number | undefined {
  const duration = parseDuration(node?.text() ?? '');
  return duration !== undefined && duration > 0 ? duration : undefined;
}

function written(node: YamlNode, path: string): string {
  return node.text(path) ?? '';
}

function seconds(duration: number): string {
  return duration % 1000 === 0 ? `${duration / 1000}s` : `${Math.round(duration)}ms`;
}
