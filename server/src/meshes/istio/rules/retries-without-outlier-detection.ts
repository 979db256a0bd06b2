import type { Definition } from '../../../model/facts.js';
import { displayName, type ResourceId } from '../../../model/resource.js';
import { shortPath } from '../../../text/uri.js';
import { insertEntry } from '../../../yaml/edit.js';
import { defineRule } from '../../../rules/rule.js';
import { canonicalHost } from '../hosts.js';
import { destinationRulesFor, workloadsOfHost } from '../lookups.js';
import { virtualServices, type DestinationRuleFacts } from '../tables.js';

export const retriesWithoutOutlierDetection = defineRule({
  id: 'istio/retries-without-outlier-detection',
  title: 'Retries to a host whose failing pods stay in use',
  severity: 'hint',
  category: 'pitfall',
  why: 'A retry prefers another pod, but the next request is sent to the failing one again. Outlier detection takes a pod that keeps failing out of use for a while, so that retries stay rare.',
  remedy: 'Give the DestinationRule of the host an outlierDetection.',
  example: {
    bad: example(''),
    good: example('\n  trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } }'),
  },

  mentions: ['retries'],
  kinds: ['VirtualService'],
  reads: { destinationRulesFor, workloadsOfHost },

  *check({ resource, read, stated }) {
    if (stated(virtualServices)?.data.destinations.every(({ host, attempts = 0 }) => attempts < 1 || lasting(host) === undefined) === true)
      return;
    for (const http of resource.root.list('spec.http.*')) {
      const attempts = http.get('retries.attempts');
      if (!attempts || (attempts.number() ?? 0) < 1) continue;
      for (const written of http.list('route.*.destination.host')) {
        const name = written.text();
        if (name === undefined || name === '') continue;
        const rule = lasting(canonicalHost(name, resource.namespace));
        if (rule === undefined) continue;
        yield {
          at: attempts,
          message: `"${name}" is retried, and pods of it that keep failing stay in use: its DestinationRule has no outlierDetection.`,
          data: { rule: rule.resource },
          related: [{ at: rule, message: `DestinationRule "${rule.data.name}" tells how it is called` }],
        };
        break;
      }
    }

    /** The DestinationRule by which pods of a host stay in use that keep failing. */
    function lasting(host: string): Definition<DestinationRuleFacts> | undefined {
      const rules = read.destinationRulesFor(host);
      // Without a DestinationRule at hand there may be one elsewhere; one pod alone has no other to go to.
      if (rules.length === 0 || rules.some((it) => it.data.hasOutlierDetection || it.data.incomplete)) return undefined;
      const pods = read.workloadsOfHost(host)?.reduce((sum, it) => sum + (it.data.kind === 'DaemonSet' ? 2 : it.data.replicas), 0) ?? 0;
      return pods < 2 ? undefined : rules[0];
    }
  },

  fix({ problem, other }) {
    const { rule } = problem.data as { rule: ResourceId };
    const place = other(rule);
    const spec = place?.resource.root.map('spec');
    if (!place || !spec) return [];
    const policy = spec.get('trafficPolicy');
    if (policy !== undefined && policy.type !== 'map') return [];
    const detection = 'consecutive5xxErrors: 5\ninterval: 10s\nbaseEjectionTime: 30s';
    const edit = policy
      ? insertEntry(place.text, policy, 'outlierDetection', detection)
      : insertEntry(place.text, spec, 'trafficPolicy', `outlierDetection:\n  ${detection.replaceAll('\n', '\n  ')}`, 'host');
    return [
      {
        title: `Add outlierDetection to DestinationRule "${displayName(place.resource)}" (${shortPath(place.file)})`,
        edits: [{ resource: rule, ...edit }],
      },
    ];
  },
});

function example(trafficPolicy: string): string {
  return `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - retries: { attempts: 2 }
    route:
    - destination: { host: cart }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec:
  host: cart${trafficPolicy}
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: cart, image: example.org/cart:1, ports: [{ containerPort: 80 }] }] }
`;
}
