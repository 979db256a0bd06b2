import { defineRule } from '../../../rules/rule.js';
import { controlPlane } from '../control-plane.js';
import { actsOn, isRemoved, KEYED_KINDS, keyFacts, keySites } from '../keys.js';

export const deprecatedKey = defineRule({
  id: 'kuma/deprecated-key',
  title: 'Annotation that Kuma has given up',
  severity: 'info',
  category: 'style',
  effect: 'A later release reads it no more.',
  why: 'These annotations still work. What has taken their place covers more, and stays.',
  remedy: 'Use what has taken its place.',
  example: {
    bad: `
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, annotations: { prometheus.metrics.kuma.io/port: "1234" } }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshMetric
metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
spec: { default: { backends: [{ type: Prometheus, prometheus: { port: 1234 } }] } }
`,
  },

  kinds: KEYED_KINDS,
  reads: { controlPlane },

  *check({ resource, read }) {
    for (const site of keySites(resource)) {
      const facts = keyFacts(site.name);
      if (facts?.deprecated === undefined || !actsOn(facts, site) || isRemoved(facts, read.controlPlane().version)) continue;
      yield {
        at: site.keyRange,
        tags: ['deprecated'],
        message: `"${site.name}" is deprecated${facts.instead === undefined ? '' : `; use ${facts.instead}`}.`,
      };
    }
  },
});
