import { defineRule } from '../../../rules/rule.js';
import { policyWith } from '../examples.js';
import { allEntries, hasItems, POLICY_KINDS } from '../policy.js';
import { ciliumSettings } from '../settings.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

export const toservicesToports = defineRule({
  id: 'cilium/toservices-toports',
  title: 'Services and ports in one rule, before Cilium 1.17',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `Up to Cilium 1.16, a rule with "toServices" takes no "toPorts". ${WHY_REJECTED} The setting "cilium.version" says which version the manifests are for.`,
  remedy: 'Remove the ports, or select the pods behind the Service with "toEndpoints".',
  example: {
    bad: policyWith(
      '  egress: [{ toServices: [{ k8sService: { serviceName: db, namespace: shop } }], toPorts: [{ ports: [{ port: "53", protocol: UDP }] }] }]',
    ),
    good: policyWith('  ingress: [{ fromEndpoints: [{ matchLabels: { app: cart } }] }]'),
    settings: { cilium: { version: '1.16' } },
  },

  kinds: POLICY_KINDS,
  reads: { ciliumSettings },

  *check({ resource, read }) {
    if (read.ciliumSettings().minor > 16) return;
    for (const { node } of allEntries(resource)) {
      if (!hasItems(node.get('toServices')) || !hasItems(node.get('toPorts'))) continue;
      yield { at: node.entry('toPorts')!.keyRange, message: '"toServices" takes no "toPorts" before Cilium 1.17.' };
    }
  },
});
