import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import type { YamlNode } from '../../../yaml/node.js';
import { keyAt, keyOf, placeOf, present, valueOf } from '../fields.js';
import { REFUSED } from '../names.js';

const PATHS = ['pathExact', 'pathPrefix', 'pathRegex'] as const;

export const rateLimitsInvalid = defineRule({
  id: 'consul/rate-limits-invalid',
  title: 'Rate limit that limits nothing, or that contradicts itself',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'A limit of an instance needs a rate above 0 somewhere; a burst comes on top of a rate; and a route says in exactly one way which path it is for.',
  remedy: 'Give the instance or each of its routes a requestsPerSecond above 0, and each route one path.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec:
  protocol: http
  rateLimits:
    instanceLevel:
      requestsMaxBurst: 20
      routes:
      - { pathPrefix: /charge, requestsPerSecond: 5 }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec:
  protocol: http
  rateLimits:
    instanceLevel:
      requestsPerSecond: 10
      requestsMaxBurst: 20
      routes:
      - { pathPrefix: /charge, requestsPerSecond: 5 }
`,
  },

  kinds: ['ServiceDefaults'],
  reads: {},

  *check({ resource }) {
    const limits = resource.root.map('spec.rateLimits.instanceLevel');
    if (limits === undefined || limits.partial || resource.partial) return;
    const rate = limits.get('requestsPerSecond');
    const burst = limits.get('requestsMaxBurst');
    if (rate && (rate.number() ?? 0) < 0) yield { at: rate, message: 'A rate cannot be below 0.' };
    if (burst && (burst.number() ?? 0) < 0) yield { at: burst, message: 'A burst cannot be below 0.' };
    else if (burst && (burst.number() ?? 0) > 0 && !hidden(rate) && (rate?.number() ?? 0) === 0)
      yield { at: keyOf(limits, 'requestsMaxBurst'), message: 'A burst needs "requestsPerSecond" beside it.' };
    const routes = limits.list('routes.*');
    let limited = hidden(rate) || (rate?.number() ?? 0) > 0;
    for (const route of routes) {
      const paths = present(route, PATHS);
      if (paths.length !== 1)
        yield {
          at: paths.length > 1 ? keyOf(route, paths[1]!) : placeOf(route),
          message: `A limit for a route takes exactly one of ${quotedList(PATHS)}; this has ${paths.length === 0 ? 'none' : quotedList(paths)}.`,
        };
      const own = route.get('requestsPerSecond');
      if (hidden(own)) limited = true;
      else if ((own?.number() ?? 0) > 0) limited = true;
      else yield { at: valueOf(route, 'requestsPerSecond'), message: 'The limit for this route has no "requestsPerSecond" above 0.' };
      const ownBurst = route.get('requestsMaxBurst');
      if (ownBurst && (ownBurst.number() ?? 0) < 0) yield { at: ownBurst, message: 'A burst cannot be below 0.' };
    }
    if (!limited && routes.length === 0 && (rate?.number() ?? 0) === 0 && (burst?.number() ?? 0) <= 0)
      yield { at: keyAt(resource, 'spec.rateLimits.instanceLevel'), message: 'No "requestsPerSecond" here is above 0.' };
  },
});

function hidden(node: YamlNode | undefined): boolean {
  return node?.type === 'scalar' && node.opaque;
}
