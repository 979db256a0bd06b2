import { defineRule } from '../../../rules/rule.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import { holds, keyOf, mapAt } from '../fields.js';
import { destinationsOf } from '../kinds/traffic.js';
import { retrySettings } from '../routing.js';

export const retryWithoutLimits = defineRule({
  id: 'consul/retry-without-limits',
  title: 'Retries without a limit that holds',
  severity: 'info',
  category: 'pitfall',
  effect: 'A slow service gets more load when it has least room for it.',
  why: 'Without numRetries Envoy tries once more; with many, and without a timeout over all tries, one slow service makes all its callers wait and multiplies its own load.',
  remedy: 'Set numRetries to 1 or 2, and a requestTimeout over all tries.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceRouter
metadata: { name: web, namespace: shop }
spec:
  routes:
  - match: { http: { pathPrefix: / } }
    destination: { service: web, retryOn: [connect-failure] }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceRouter
metadata: { name: web, namespace: shop }
spec:
  routes:
  - match: { http: { pathPrefix: / } }
    destination: { service: web, retryOn: [connect-failure], numRetries: 2, requestTimeout: 3s }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
`,
  },

  kinds: ['ServiceRouter', 'RouteRetryFilter'],
  reads: {},

  *check({ resource }) {
    const isFilter = resource.kind === 'RouteRetryFilter';
    for (const node of isFilter ? resource.root.list('spec') : destinationsOf(resource)) {
      if (node.type !== 'map' || node.partial || resource.partial) continue;
      const conditions = retrySettings(node);
      const retries = node.get('numRetries');
      const count = retries?.number();
      if (retries === undefined) {
        if (conditions.length > 0)
          yield { at: keyOf(node, conditions[0]!), message: `"${conditions[0]!}" without "numRetries" means one retry.` };
      } else if (count !== undefined && count > 5) yield { at: retries, message: `Each request is tried up to ${count + 1} times.` };
      else if (!isFilter && count !== undefined && count > 0 && !holds(node, 'requestTimeout'))
        yield { at: retries, message: `No "requestTimeout" limits the ${count + 1} tries together.` };
    }
  },

  fix({ resource, problem, text }) {
    const map = mapAt(resource, problem.at);
    if (map === undefined) return [];
    const retries = map.get('numRetries');
    const edits = [
      retries === undefined
        ? insertEntry(text, map, 'numRetries', '2')
        : (retries.number() ?? 0) > 5
          ? replaceValue(text, retries, 2)
          : undefined,
    ].flatMap((it) => it ?? []);
    if (resource.kind === 'RouteRetryFilter' || holds(map, 'requestTimeout'))
      return edits.length === 0 ? [] : [{ title: 'Set numRetries to 2', edits }];
    const both = edits.length > 0 && retries === undefined;
    const timeout = both
      ? [insertEntry(text, map, 'numRetries', '2'), insertEntry(text, map, 'requestTimeout', '5s')]
      : [...edits, insertEntry(text, map, 'requestTimeout', '5s')];
    return [{ title: edits.length === 0 ? 'Set requestTimeout to 5s' : 'Set numRetries to 2 and requestTimeout to 5s', edits: timeout }];
  },
});
