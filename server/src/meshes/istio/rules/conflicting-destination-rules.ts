import { displayHost, wildcardsOf } from '../../../model/hosts.js';
import { displayName, namespaceKey, UNKNOWN_NAMESPACE } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { namespaceNames } from '../../kubernetes/lookups.js';
import { exportsMeet, isSameResource } from '../hosts.js';
import { destinationRulesOfWildcards, exported } from '../lookups.js';
import { defaultExportTo } from '../mesh-config.js';
import { isLabelledAmbient } from '../ambient.js';
import { importsOf, shareAView } from '../sidecar-scope.js';
import { destinationRules, destinationRulesUnder, type DestinationRuleFacts } from '../tables.js';
import { quotedList } from '../words.js';

export const conflictingDestinationRules = defineRule({
  id: 'istio/conflicting-destination-rules',
  title: 'Several DestinationRules for one host',
  severity: 'warning',
  category: 'pitfall',
  peers: ['KIA0201'],
  effect: 'Where both say something, the older one counts.',
  why: 'Istio merges DestinationRules for a host in one namespace: subsets are put together, and of everything they both set the first wins. Which one that is depends on when they were created.',
  remedy: 'Keep one DestinationRule for each host.',
  otherTools:
    'Kiali also reports a rule for a wildcard beside one for a host below it. Istio takes the narrower one, so here that is none.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec:
  host: cart
  trafficPolicy: { loadBalancer: { simple: ROUND_ROBIN } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart-pool, namespace: shop }
spec:
  host: cart.shop.svc.cluster.local
  trafficPolicy: { connectionPool: { tcp: { maxConnections: 5 } } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec:
  host: cart
  trafficPolicy:
    loadBalancer: { simple: ROUND_ROBIN }
    connectionPool: { tcp: { maxConnections: 5 } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['DestinationRule'],
  reads: {
    destinationRules,
    destinationRulesOfWildcards,
    destinationRulesUnder,
    defaultExportTo,
    importsOf,
    isLabelledAmbient,
    namespaceNames,
  },

  *check({ resource, read, stated }) {
    const rule = stated(destinationRules);
    if (rule === undefined) return;
    const at = rule.range;
    const { host } = rule.data;
    const byDefault = read.defaultExportTo('defaultDestinationRuleExportTo');
    const all = exported(read.destinationRules(host), byDefault);
    const own = all.find((it) => it.resource === resource.id);
    if (!own || own.data.incomplete || turnsMtlsOn(own.data)) return;
    const isRival = (it: (typeof all)[number]): boolean =>
      it.resource !== resource.id &&
      !isSameResource(it.data, resource) &&
      !it.data.incomplete &&
      !turnsMtlsOn(it.data) &&
      it.data.workloadSelector === undefined &&
      own.data.workloadSelector === undefined &&
      exportsMeet(it.data, own.data) &&
      clash(it.data, own.data);
    const isSeenByKiali = (it: (typeof all)[number]): boolean => shareAView(own.data, it.data, read);
    const others = all.filter(isRival);
    if (others.length === 0) {
      const wider = wildcardsOf(host)
        .slice(0, 1)
        .flatMap((it) => exported(read.destinationRulesOfWildcards(it), byDefault))
        .filter(isRival);
      const narrower = host.startsWith('*') ? exported(read.destinationRulesUnder(host), byDefault).filter(isRival) : [];
      const [rival] = [...wider, ...narrower];
      if (rival)
        yield {
          at,
          severity: 'hint',
          peers: [...wider, ...narrower].some(isSeenByKiali) ? ['KIA0201'] : [],
          certainty: host.includes(`.${UNKNOWN_NAMESPACE}.`) ? 'unseen' : 'proven',
          message: `DestinationRule "${displayName(rival.data)}" is for ${wider.length > 0 ? 'all' : 'some'} of "${displayHost(host)}", too.`,
          effect: 'Only the one with the narrower host counts.',
          related: [...wider, ...narrower].map((it) => ({
            at: it,
            message: `"${displayName(it.data)}" is for "${displayHost(it.data.host)}"`,
          })),
        };
      return;
    }
    const names = [...new Set(others.map((it) => displayName(it.data)))].sort();
    yield {
      at,
      // Manifests without namespaces may be meant for different ones.
      certainty: host.includes(`.${UNKNOWN_NAMESPACE}.`) ? 'unseen' : 'proven',
      peers: others.some(isSeenByKiali) ? ['KIA0201'] : [],
      message: `DestinationRule ${quotedList(names)} ${names.length === 1 ? 'is' : 'are'} for "${displayHost(host)}", too.`,
      ...(others.every((it) => it.data.namespace !== resource.namespace) && {
        effect: 'Clients follow the one in their own namespace, else the one beside the Service.',
      }),
      related: others.map((it) => ({ at: it, message: `"${displayName(it.data)}" is for the same host` })),
    };
  },
});

/** Whether one could overrule the other: a subset of the same name, or one that speaks for the whole host. */
function clash(a: DestinationRuleFacts, b: DestinationRuleFacts): boolean {
  if (a.subsets.length === 0 || b.subsets.length === 0) return true;
  return a.subsets.some((it) => b.subsets.some(({ name }) => name === it.name));
}

/** Rules that turn mTLS on for a namespace or the mesh stand beside others by design. */
function turnsMtlsOn({ host, namespace, tlsMode }: DestinationRuleFacts): boolean {
  return tlsMode === 'ISTIO_MUTUAL' && (host === '*.local' || host === `*.${namespaceKey(namespace)}.svc.cluster.local`);
}
