import { isPlaceholder } from '../../../model/placeholders.js';
import { defineRule } from '../../../rules/rule.js';
import { ANNOTATED_KINDS, annotationSites, OWN_KINDS_MENTION } from '../annotation-sites.js';
import { nearest } from '../../../text/nearest.js';
import { ANNOTATIONS, complaintAbout, type AnnotationValue } from '../annotations.js';
import { repairs } from '../validation/repairs.js';

export const invalidAnnotation = defineRule({
  id: 'istio/invalid-annotation',
  title: 'Annotation with a value that Istio cannot read',
  severity: 'warning',
  category: 'semantics',
  peers: ['IST0125'],
  effect: 'The injector refuses the pod.',
  why: 'Values of annotations are text to Kubernetes, so that nobody checks them before the injector does, when the pod is created.',
  remedy: 'Correct it.',
  example: {
    bad: `
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, annotations: { traffic.sidecar.istio.io/excludeOutboundPorts: "http" } }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, annotations: { traffic.sidecar.istio.io/excludeOutboundPorts: "8080,9090" } }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  mentions: ['istio.io/', 'ingress.class'],
  mentionsIn: OWN_KINDS_MENTION,
  kinds: ANNOTATED_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { name, value, carrier, seenByPeer } of annotationSites(resource)) {
      const facts = Object.hasOwn(ANNOTATIONS, name) ? ANNOTATIONS[name] : undefined;
      const written = value.text();
      if (written !== undefined && isPlaceholder(written)) continue;
      if (!facts?.value || written === undefined || !(facts.on.includes('Any') || facts.on.includes(carrier))) continue;
      // Filled in by somebody before it is applied: MYSQL_PORT_PLACEHOLDER.
      if (facts.value.type !== 'enum' && /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(written)) continue;
      const complaint = complaintAbout(facts.value, written);
      if (complaint === undefined) continue;
      const shown = written.length > 40 || written.includes('\n') ? 'This value' : `"${written}"`;
      const write = meant(facts.value, written);
      yield {
        at: value,
        peers: seenByPeer ? ['IST0125'] : [],
        message: `${shown} is no value of "${name}": ${complaint}.`,
        ...(write === undefined ? {} : { data: { write } }),
      };
    }
  },

  fix: repairs,
});

/** The value that was meant, where one is near. */
function meant(rule: AnnotationValue, written: string): string | undefined {
  if (rule.type === 'enum') return nearest(written, rule.values);
  if (rule.type !== 'bool') return undefined;
  if (/^(?:yes|on|enabled?)$/i.test(written)) return 'true';
  return /^(?:no|off|disabled?)$/i.test(written) ? 'false' : nearest(written, ['true', 'false']);
}
