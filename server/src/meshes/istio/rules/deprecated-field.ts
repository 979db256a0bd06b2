import { defineRule, type Fix } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { field, list, meshConfig, text as textOf } from '../mesh-config.js';
import { keyRange } from '../places.js';

export const deprecatedField = defineRule({
  id: 'istio/deprecated-field',
  title: 'Field or provider that Istio gave up',
  severity: 'warning',
  category: 'style',
  peers: ['IST0002'],
  effect: 'It does nothing, or stops working with an update.',
  why: 'Istio keeps old fields in its CRDs for a while after their meaning has moved elsewhere or is gone.',
  remedy: 'Write the field that took its place.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - fault:
      delay: { fixedDelay: 5s, percent: 10 }
    redirect: { authority: shop.example.com }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - fault:
      delay: { fixedDelay: 5s, percentage: { value: 10 } }
    redirect: { authority: shop.example.com }
`,
  },

  kinds: ['VirtualService', 'Sidecar', 'Telemetry'],
  reads: { meshConfig },

  *check({ resource, read }) {
    const { root } = resource;
    switch (resource.kind) {
      case 'VirtualService':
        for (const delay of root.list('spec.http.*.fault.delay')) {
          const percent = delay.number('percent');
          const at = keyRange(delay, 'percent');
          if (at === undefined || percent === undefined || percent <= 0) continue;
          yield {
            at,
            message: '"percent" of a delay gave way to "percentage".',
            effect: 'It stops working with an update.',
            tags: ['deprecated'],
          };
        }
        return;
      case 'Sidecar': {
        const at = keyRange(root, 'spec.outboundTrafficPolicy.egressProxy');
        if (at !== undefined && root.has('spec.outboundTrafficPolicy.egressProxy'))
          yield {
            at,
            message: 'Istio ignores "egressProxy".',
            effect: 'Traffic to unknown hosts goes there directly.',
            tags: ['deprecated'],
          };
        return;
      }
      case 'Telemetry': {
        const lightstep = list(field(read.meshConfig().raw, 'extensionProviders'))
          .filter((it) => field(it, 'lightstep') !== undefined)
          .map((it) => textOf(field(it, 'name')));
        for (const node of root.list('spec.tracing.*.providers.*.name')) {
          const name = node.text();
          if (name !== undefined && lightstep.includes(name))
            yield {
              at: node,
              message: `Provider "${name}" is of type lightstep, which gave way to opentelemetry.`,
              effect: 'It stops working with an update.',
            };
        }
        return;
      }
    }
  },

  fix({ resource, problem, text }) {
    const fixes: Fix[] = [];
    for (const delay of resource.root.list('spec.http.*.fault.delay')) {
      const entry = delay.type === 'map' ? delay.entry('percent') : undefined;
      const percent = entry?.value.number();
      if (delay.type !== 'map' || entry?.keyRange.start !== problem.at.start || percent === undefined) continue;
      if (delay.has('percentage')) {
        const removal = removeEntry(text, delay, 'percent');
        if (removal) fixes.push({ title: 'Remove "percent"; "percentage" is set', edits: [removal] });
      } else {
        fixes.push({
          title: 'Write it as "percentage"',
          preferred: true,
          edits: [
            { range: entry.keyRange, text: 'percentage' },
            { range: { start: entry.value.start, end: entry.value.end }, text: `{ value: ${percent} }` },
          ],
        });
      }
    }
    const policy = resource.root.map('spec.outboundTrafficPolicy');
    if (policy?.entry('egressProxy')?.keyRange.start === problem.at.start) {
      const removal = removeEntry(text, policy, 'egressProxy');
      if (removal) fixes.push({ title: 'Remove "egressProxy"', edits: [removal] });
    }
    return fixes;
  },
});
