import { isPlaceholder } from '../../../model/placeholders.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { ANNOTATED_KINDS, annotationNamed, annotationSites, type AnnotationFacts } from '../annotations.js';

export const annotationValue = defineRule({
  id: 'cilium/annotation-value',
  title: 'Annotation with a value that Cilium cannot read',
  severity: 'error',
  category: 'semantics',
  effect: 'It has no effect.',
  why: 'Values of annotations are text to Kubernetes, so that nobody checks them before Cilium does, which passes over what it cannot read.',
  remedy: 'Write one of the values that it takes.',
  example: {
    bad: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, annotations: { service.cilium.io/lb-l7: "yes" } }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, annotations: { service.cilium.io/lb-l7: enabled } }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ANNOTATED_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { name, value } of annotationSites(resource)) {
      const facts = annotationNamed(name);
      const written = value.text();
      if (facts?.value === undefined || written === undefined || isPlaceholder(written)) continue;
      const complaint = complaintAbout(facts.value, written);
      if (complaint === undefined) continue;
      const values = typeof facts.value === 'string' ? [] : facts.value;
      yield {
        at: value,
        message: `"${written.slice(0, 40)}" is no value of "${name}": ${complaint}.`,
        data:
          (written === 'yes' || written === 'on' ? values.find((it) => it === 'enabled' || it === 'true') : nearest(written, values)) ??
          null,
      };
    }
  },

  fix({ resource, problem, text }) {
    const site = annotationSites(resource).find((it) => it.value.start === problem.at.start);
    return site && typeof problem.data === 'string'
      ? [{ title: `Change to "${problem.data}"`, preferred: true, edits: [replaceValue(text, site.value, problem.data)] }]
      : [];
  },
});

function complaintAbout(value: NonNullable<AnnotationFacts['value']>, written: string): string | undefined {
  const number = /^\d+$/.test(written) ? Number(written) : Number.NaN;
  switch (value) {
    case 'port':
      return number >= 0 && number <= 65535 ? undefined : 'it takes a port';
    case 'listenerPort':
      return number >= 1024 && number <= 65535 ? undefined : 'it takes a port from 1024 on';
    case 'integer':
      return Number.isNaN(number) ? 'it takes a whole number' : undefined;
    default:
      return value.includes(written) ? undefined : `it takes ${value.join(', ')}`;
  }
}
