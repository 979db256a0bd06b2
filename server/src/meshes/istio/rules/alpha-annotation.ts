import { defineRule } from '../../../rules/rule.js';
import { ANNOTATED_KINDS, annotationSites, OWN_KINDS_MENTION } from '../annotation-sites.js';
import { ANNOTATIONS, INJECTED_ANNOTATIONS } from '../annotations.js';

export const alphaAnnotation = defineRule({
  id: 'istio/alpha-annotation',
  title: 'Annotation that may change without notice',
  severity: 'info',
  category: 'style',
  peers: ['IST0136'],
  offByDefault: true,
  effect: 'A later Istio may read it differently, or not at all.',
  why: 'Most annotations of Istio are alpha. Before an upgrade it is worth knowing which ones are in use.',
  remedy: 'Look it up in the notes of the release that you upgrade to.',
  example: {
    bad: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, annotations: { networking.istio.io/exportTo: "." } }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  mentions: ['istio.io/', 'ingress.class'],
  mentionsIn: OWN_KINDS_MENTION,
  kinds: ANNOTATED_KINDS,
  reads: {},

  *check({ resource }) {
    const isCaptured = resource.root.list('spec.initContainers.*').some((it) => it.text('name') === 'istio-init');
    for (const { name, keyRange, carrier, seenByPeer } of annotationSites(resource)) {
      const facts = Object.hasOwn(ANNOTATIONS, name) ? ANNOTATIONS[name] : undefined;
      if (facts?.status !== 'alpha' || (carrier === 'Pod' && !isCaptured && INJECTED_ANNOTATIONS.includes(name))) continue;
      yield { at: keyRange, peers: seenByPeer ? ['IST0136'] : [], message: `"${name}" is alpha.` };
    }
  },
});
