import { defineRule } from '../../../rules/rule.js';
import { policyWith } from '../examples.js';
import { allPortRules, l7FieldsOf, POLICY_KINDS } from '../policy.js';
import { ciliumSettings } from '../settings.js';

export const kafkaRemoved = defineRule({
  id: 'cilium/kafka-removed',
  title: 'Rules of Kafka, or of a protocol of its own, that Cilium 1.20 no longer has',
  severity: 'warning',
  category: 'policy',
  effect: 'Cilium 1.20 no longer carries them out.',
  why: 'Rules of "kafka" and "l7proto" are deprecated since Cilium 1.18 and gone in 1.20, which rejects policies that hold them. The setting "cilium.version" says which version the manifests are for.',
  remedy: 'Allow the port without them, and let the broker decide who may use which topic.',
  example: {
    bad: policyWith(
      '  ingress:\n  - fromEndpoints: [{ matchLabels: { app: cart } }]\n    toPorts: [{ ports: [{ port: "9092", protocol: TCP }], rules: { kafka: [{ topic: orders }] } }]',
    ),
    good: policyWith(
      '  ingress:\n  - fromEndpoints: [{ matchLabels: { app: cart } }]\n    toPorts: [{ ports: [{ port: "9092", protocol: TCP }] }]',
    ),
  },

  kinds: POLICY_KINDS,
  reads: { ciliumSettings },

  *check({ resource, read }) {
    const { minor } = read.ciliumSettings();
    if (minor < 18) return;
    for (const rule of allPortRules(resource)) {
      for (const { key, keyRange } of l7FieldsOf(rule)) {
        if (key !== 'kafka' && key !== 'l7proto') continue;
        yield minor >= 20
          ? { at: keyRange, severity: 'error', message: `Cilium 1.20 has no rules of "${key}".`, effect: 'It rejects this policy.' }
          : { at: keyRange, tags: ['deprecated'], message: `Rules of "${key}" are deprecated.` };
      }
    }
  },
});
