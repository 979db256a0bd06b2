import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';
import { field, list, meshConfig } from '../mesh-config.js';

export const telemetryWithoutProvider = defineRule({
  id: 'istio/telemetry-without-provider',
  title: 'Access logging without a provider to write to',
  severity: 'warning',
  category: 'semantics',
  peers: ['IST0157'],
  effect: 'Nothing is logged.',
  why: 'An accessLogging entry without providers uses the default providers of the mesh config. Where that names none, there is nobody to write the log.',
  remedy: 'Name a provider, such as "envoy", or set defaultProviders.accessLogging in the mesh config.',
  example: {
    bad: `
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: logs, namespace: shop }
spec: { accessLogging: [{ filter: { expression: response.code >= 400 } }] }
`,
    good: `
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: logs, namespace: shop }
spec: { accessLogging: [{ providers: [{ name: envoy }], filter: { expression: response.code >= 400 } }] }
`,
  },

  kinds: ['Telemetry'],
  reads: { meshConfig },

  *check({ resource, read }) {
    const { raw, source } = read.meshConfig();
    if (list(field(field(raw, 'defaultProviders'), 'accessLogging')).length > 0) return;
    for (const node of resource.root.list('spec.accessLogging.*')) {
      if (node.type !== 'map' || node.partial || node.has('providers') || node.boolean('disabled') === true) continue;
      yield {
        at: node.entries[0]?.keyRange ?? node,
        certainty: source === undefined ? 'unseen' : 'owned',
        message: 'This entry names no provider, and the mesh config has no default one for access logs.',
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = resource.root.list('spec.accessLogging.*').find((it) => it.start <= problem.at.start && problem.at.end <= it.end);
    if (node?.type !== 'map') return [];
    return [{ title: 'Log to provider "envoy"', edits: [insertEntry(text, node, 'providers', '- name: envoy')] }];
  },
});
