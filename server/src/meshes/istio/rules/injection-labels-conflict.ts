import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { entryOf } from '../places.js';

const INJECTION = 'istio-injection';
const REVISION = 'istio.io/rev';
const DATAPLANE = 'istio.io/dataplane-mode';

export const injectionLabelsConflict = defineRule({
  id: 'istio/injection-labels-conflict',
  title: 'Namespace carries labels that ask for different data planes',
  severity: 'warning',
  category: 'pitfall',
  peers: ['IST0123'],
  why: 'A pod gets one sidecar at most, from one revision, or none and ambient instead. Where labels contradict each other one of them wins silently, so an upgrade by revision or a move to ambient changes nothing.',
  remedy: 'Keep the label that says what you want and remove the others.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    istio-injection: enabled
    istio.io/rev: canary
`,
    good: `
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    istio.io/rev: canary
`,
  },

  kinds: ['Namespace'],
  reads: {},

  *check({ resource }) {
    const { root, labels } = resource;
    const injection = labels.get(INJECTION);
    if (injection !== undefined && injection !== 'enabled') return; // not injected, whatever the others say
    const present = [INJECTION, REVISION, DATAPLANE].filter((label) => labels.has(label));
    if (present.length < 2) return;
    const places = present.flatMap((label) => {
      const entry = entryOf(root, 'metadata.labels', label);
      return entry ? [{ label, at: entry.keyRange }] : [];
    });
    const winner = present[0]!;
    const at = places.reduce((last, it) => (it.at.start > last.at.start ? it : last)).at;
    const losers = present.slice(1).map((label) => `"${label}: ${labels.get(label)}"`);
    yield {
      at,
      message: `"${winner}: ${labels.get(winner)}" wins over ${losers.join(' and ')}.`,
      effect:
        winner === REVISION
          ? `Pods get a sidecar of revision "${labels.get(REVISION)}" and stay out of ambient.`
          : present.includes(REVISION)
            ? 'Pods get the default revision.'
            : 'Pods get a sidecar and stay out of ambient.',
      related: places.filter((it) => it.at !== at).map((it) => ({ at: it.at, message: `"${it.label}" is set here` })),
      data: present,
    };
  },

  fix({ resource, problem, text }) {
    const labels = resource.root.map('metadata.labels');
    const present = problem.data as readonly string[];
    // With three labels no single removal settles it.
    if (labels === undefined || present.length > 2) return [];
    return present.flatMap((label) => {
      const edit = removeEntry(text, labels, label);
      return edit ? [{ title: `Remove "${label}"`, edits: [edit] }] : [];
    });
  },
});
