import { celError } from '../validation/cel.js';
import { defineRule } from '../../../rules/rule.js';
import { itemLacks, knownEntries, quoted, writtenText } from '../validation/values.js';

export const invalidTelemetry = defineRule({
  id: 'istio/invalid-telemetry',
  title: 'Telemetry with a tag without name, an unreadable filter, or tracing told twice',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Tags go by their names, and filters of access logs are expressions in CEL. Of several tracing blocks, or providers in one, only the first is used.',
  remedy: 'Correct it.',
  example: {
    bad: `
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: default, namespace: shop }
spec:
  accessLogging: [{ filter: { expression: "response.code >= " } }]
`,
    good: `
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: default, namespace: shop }
spec:
  accessLogging: [{ filter: { expression: "response.code >= 400" } }]
`,
  },

  kinds: ['Telemetry'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    for (const at of root.list('spec.accessLogging.*.filter.expression')) {
      const expression = writtenText(at);
      const complaint = expression === undefined ? undefined : celError(expression);
      if (complaint !== undefined) yield { at, message: `This is no expression in CEL: ${complaint}.` };
    }
    for (const tracing of root.list('spec.tracing.*')) {
      for (const { key, keyRange } of knownEntries(tracing.get('customTags')))
        if (key === '') yield { at: keyRange, message: 'This tag has no name.' };
    }
    // The schema asks for the value only where the operation is written out.
    for (const { key, keyRange, value } of root.list('spec.metrics.*.overrides.*.tagOverrides').flatMap(knownEntries))
      if (itemLacks(value, 'operation', 'value') || (itemLacks(value, 'operation') && value.text('value') === ''))
        yield { at: keyRange, message: `The tag ${quoted(key)} gets no value.` };
    const warning = { severity: 'warning', peers: ['IST0133'] } as const;
    for (const overrides of root.list('spec.metrics.*.overrides.*.tagOverrides')) {
      for (const { key, keyRange } of knownEntries(overrides))
        if (key === '') yield { at: keyRange, ...warning, message: 'This tag has no name.', effect: 'Nothing is changed.' };
    }
    const second = root.get('spec.tracing.1');
    if (second) yield { at: second, ...warning, message: 'There are several entries of "tracing".', effect: 'Only the first is used.' };
    for (const provider of root.list('spec.tracing.*').flatMap((it) => it.get('providers.1') ?? []))
      yield { at: provider, ...warning, message: 'Tracing has several providers.', effect: 'Only the first is used.' };
  },
});
