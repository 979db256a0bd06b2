import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { controlPlane } from '../control-plane.js';
import { actsOn, complaintAbout, isRemoved, KEYED_KINDS, keyFacts, keySites } from '../keys.js';
import { INJECTION_LABEL } from '../names.js';

export const keyValue = defineRule({
  id: 'kuma/key-value',
  title: 'Label or annotation of Kuma with a value that it does not take',
  severity: 'warning',
  category: 'semantics',
  effect: 'The pod is refused, or the value passed over.',
  why: 'The injector reads these values when a pod is created. What it cannot read fails the request, or counts as if nothing were said.',
  remedy: 'Write a value that the key takes.',
  example: {
    bad: `
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, annotations: { kuma.io/sidecar-drain-time: "10" } }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, annotations: { kuma.io/sidecar-drain-time: 10s } }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: KEYED_KINDS,
  reads: { controlPlane },

  *check({ resource, read }) {
    for (const site of keySites(resource)) {
      const facts = keyFacts(site.name);
      const text = site.value.text();
      // Rules of their own tell of the label for injection and of origins.
      if (facts?.value === undefined || text === undefined || [INJECTION_LABEL, 'kuma.io/origin'].includes(site.name)) continue;
      if (!actsOn(facts, site) || isRemoved(facts, read.controlPlane().version)) continue;
      const complaint = complaintAbout(facts.value, text);
      if (complaint !== undefined) yield { at: site.value, message: `"${text}" is no value for "${site.name}": ${complaint}.` };
    }
  },

  fix({ resource, problem, text }) {
    const site = keySites(resource).find((it) => it.value.start === problem.at.start);
    const values = site && keyFacts(site.name)?.value;
    if (site === undefined || typeof values !== 'object') return [];
    const near = nearest(site.value.text() ?? '', values);
    return (near === undefined ? values : [near]).slice(0, 3).map((value) => ({
      title: `Change to "${value}"`,
      preferred: value === near,
      edits: [replaceValue(text, site.value, value)],
    }));
  },
});
