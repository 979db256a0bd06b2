import { defineRule } from '../../../rules/rule.js';
import { trafficPolicies } from '../validation/policies.js';
import { repairs, type Repair } from '../validation/repairs.js';
import { isSet, lacksText, placeOfKey, placeOfLack, quoted } from '../validation/values.js';

/** Envoy's limit for tables of Maglev. */
const TABLE_LIMIT = 5_000_011;

export const invalidLoadBalancer = defineRule({
  id: 'istio/invalid-load-balancer',
  title: 'Load balancer or outlier detection that Envoy cannot set up',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'A cookie to hash by needs a name, a Maglev table a prime size below 5000011, and errors of the proxy itself are counted apart from others only if "splitExternalLocalOriginErrors" says so.',
  remedy: 'Correct the setting.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: www, namespace: shop }
spec:
  host: www.example.com
  trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: true, maglev: { tableSize: 1000 } } } }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: www, namespace: shop }
spec:
  host: www.example.com
  trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: true, maglev: { tableSize: 1009 } } } }
`,
  },

  mentions: ['outlierDetection', 'loadBalancer'],
  kinds: ['DestinationRule'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    for (const { policy } of trafficPolicies(root)) {
      const detection = policy.map('outlierDetection');
      const failures = detection?.entry('consecutiveLocalOriginFailures');
      const split = detection?.get('splitExternalLocalOriginErrors');
      const isSplit = split !== undefined && (split.boolean() ?? true);
      if (failures && !detection!.partial && (failures.value.number() ?? 0) > 0 && !isSplit)
        yield {
          at: failures.keyRange,
          message: '"consecutiveLocalOriginFailures" needs "splitExternalLocalOriginErrors: true".',
          data: [
            { set: 'splitExternalLocalOriginErrors', value: 'true', of: 'consecutiveLocalOriginFailures' },
            { remove: 'consecutiveLocalOriginFailures' },
          ] satisfies readonly Repair[],
        };

      const balancer = policy.map('loadBalancer');
      if (!balancer) continue;
      const zones = balancer.entry('zoneAwareLbSetting');
      if (zones && balancer.has('zoneAwareLbSetting') && balancer.has('localityLbSetting'))
        yield {
          at: zones.keyRange,
          message: 'A load balancer goes by "localityLbSetting" or by "zoneAwareLbSetting", not both.',
          data: [
            { remove: 'zoneAwareLbSetting' },
            { removeBeside: 'localityLbSetting', of: 'zoneAwareLbSetting' },
          ] satisfies readonly Repair[],
        };
      const aggression = balancer.get('warmup.aggression');
      if (aggression?.number() !== undefined && aggression.number()! <= 0) yield { at: aggression, message: '"aggression" is above 0.' };

      const hash = balancer.map('consistentHash');
      const cookie = hash?.map('httpCookie');
      if (cookie && lacksText(resource, cookie, 'name'))
        yield { at: cookie.get('name') ?? placeOfKey(root, cookie, 'name'), message: 'A cookie needs a name.' };
      const names = new Set<string>();
      for (const attribute of cookie?.list('attributes.*') ?? []) {
        const at = attribute.get('name');
        const name = at?.text();
        if (!at || name === undefined) continue;
        if (name === '') yield { at, message: 'An attribute of a cookie needs a name.' };
        else if (names.has(name)) yield { at, message: `The cookie has two attributes ${quoted(name)}.` };
        names.add(name);
      }
      if (!hash) continue;
      const ring = hash.entry('minimumRingSize');
      const rival = ['ringHash', 'maglev'].find((it) => hash.has(it));
      if (ring && isSet(hash, 'minimumRingSize') && rival !== undefined)
        yield {
          at: ring.keyRange,
          message: `"minimumRingSize" is the old way to size a ring, and "${rival}" is set.`,
          data: { remove: 'minimumRingSize' },
        };
      const maglev = hash.map('maglev');
      const size = maglev?.get('tableSize');
      if (maglev && !maglev.partial && (size === undefined || size.number() === 0))
        yield { at: size ?? placeOfLack(root, maglev), message: '"maglev" needs a "tableSize".' };
      const count = size?.number() ?? 0;
      if (size && count >= TABLE_LIMIT) yield { at: size, message: `A table has fewer than ${TABLE_LIMIT} entries.` };
      else if (size && count > 0 && !isPrime(count))
        yield {
          at: size,
          message: `The size of a table is a prime, and ${count} is none.`,
          data: { write: nextPrime(count), preferred: false },
        };
    }
  },

  fix: repairs,
});

/** The first prime from there on; the limit of tables lies behind one. */
function nextPrime(number: number): number {
  let found = number;
  while (!isPrime(found)) found++;
  return found < TABLE_LIMIT ? found : nextPrimeBelow(TABLE_LIMIT - 1);
}

function nextPrimeBelow(number: number): number {
  let found = number;
  while (!isPrime(found)) found--;
  return found;
}

/** Istio takes 1 for a prime, too. */
function isPrime(number: number): boolean {
  for (let i = 2; i * i <= number; i++) if (number % i === 0) return false;
  return true;
}
