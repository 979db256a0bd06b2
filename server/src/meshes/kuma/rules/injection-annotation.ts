import { defineRule } from '../../../rules/rule.js';
import { POD_KINDS } from '../../kubernetes/pod-templates.js';
import { keySites } from '../keys.js';
import { moveKey } from '../move-key.js';
import { INJECTION_LABEL } from '../names.js';

export const injectionAnnotation = defineRule({
  id: 'kuma/injection-annotation',
  title: 'Injection is asked for by an annotation',
  severity: 'warning',
  category: 'semantics',
  effect: 'Kuma does not read it: nothing is injected by it, and nothing kept from it.',
  why: 'Injection is chosen by label kuma.io/sidecar-injection. Earlier releases took an annotation of the same name, and those of today pass over it.',
  remedy: 'Make it a label.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  annotations: { kuma.io/sidecar-injection: enabled }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: { kuma.io/sidecar-injection: enabled }
`,
  },

  kinds: ['Namespace', ...POD_KINDS],
  reads: {},

  *check({ resource }) {
    for (const { name, field, carrier, metadata, keyRange } of keySites(resource)) {
      if (name !== INJECTION_LABEL || field !== 'annotations' || !['Namespace', 'Pod'].includes(carrier)) continue;
      if (metadata.map('labels')?.entry(INJECTION_LABEL) !== undefined) continue;
      yield { at: keyRange, message: `"${INJECTION_LABEL}" is a label, and stands among the annotations.` };
    }
  },

  fix({ resource, problem, text }) {
    const site = keySites(resource).find((it) => it.keyRange.start === problem.at.start);
    return site === undefined ? [] : moveKey(text, site);
  },
});
