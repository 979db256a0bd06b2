import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { POD_KINDS } from '../../kubernetes/pod-templates.js';
import { INJECTION_VALUES, OLD_INJECTION_VALUES } from '../injection.js';
import { keySites } from '../keys.js';
import { INJECTION_LABEL } from '../names.js';

export const injectionValue = defineRule({
  id: 'kuma/injection-value',
  title: 'Label for injection with a value that Kuma does not know',
  severity: 'error',
  category: 'semantics',
  effect: 'Pods here cannot be created: the injector refuses them.',
  why: 'The label takes enabled, true, disabled and false, and still yes and no. For any other value the admission request fails.',
  remedy: 'Write enabled or disabled.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { kuma.io/sidecar-injection: "on" } }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { kuma.io/sidecar-injection: enabled } }
`,
  },

  kinds: ['Namespace', ...POD_KINDS],
  reads: {},

  *check({ resource }) {
    for (const { name, field, carrier, value } of keySites(resource)) {
      const text = value.text();
      if (name !== INJECTION_LABEL || field !== 'labels' || !['Namespace', 'Pod'].includes(carrier) || text === undefined) continue;
      if (OLD_INJECTION_VALUES.includes(text))
        yield {
          at: value,
          severity: 'warning',
          tags: ['deprecated'],
          message: `"${text}" is deprecated; write "${wordFor(text)}".`,
          effect: 'A later release takes it no more.',
        };
      else if (!INJECTION_VALUES.includes(text)) yield { at: value, message: `"${text}" neither enables injection nor disables it.` };
    }
  },

  fix({ resource, problem, text }) {
    const site = keySites(resource).find((it) => it.value.start === problem.at.start);
    const written = site?.value.text();
    if (site === undefined || written === undefined) return [];
    const words = OLD_INJECTION_VALUES.includes(written) ? [wordFor(written)] : ['enabled', 'disabled'];
    return words.map((word) => ({
      title: `Change to "${word}"`,
      preferred: words.length === 1,
      edits: [replaceValue(text, site.value, word)],
    }));
  },
});

function wordFor(value: string): string {
  return value === 'yes' ? 'enabled' : 'disabled';
}
