import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { unmeshedAnywhere } from '../injection.js';
import { CONFIGURED_KINDS, sitesRead } from '../pod-annotations.js';
import { changeFixes } from '../suggestions.js';
import { needsIdentity } from '../words.js';

export const strictPolicyWithUnmeshedClient = defineRule({
  id: 'linkerd/strict-policy-with-unmeshed-client',
  title: 'Only clients in the mesh let in, while some workload is outside of it',
  severity: 'warning',
  category: 'pitfall',
  effect: 'Its calls are refused.',
  why: 'A policy that asks for an identity refuses every client without a proxy. While some workloads still run without one, their calls break on the day that the policy comes.',
  remedy: 'Bring all clients into the mesh first, and let the policy be audit until the log shows no others.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: enabled, config.linkerd.io/default-inbound-policy: all-authenticated } }
---
apiVersion: v1
kind: Pod
metadata: { name: batch, namespace: payments, annotations: { linkerd.io/inject: disabled } }
spec: { containers: [{ name: batch, image: example.org/batch:1 }] }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: enabled, config.linkerd.io/default-inbound-policy: all-authenticated } }
---
apiVersion: v1
kind: Pod
metadata: { name: batch, namespace: payments, annotations: { linkerd.io/inject: enabled } }
spec: { containers: [{ name: batch, image: example.org/batch:1 }] }
`,
  },

  kinds: [...CONFIGURED_KINDS, 'Server'],
  reads: { unmeshedAnywhere },

  *check({ resource, read }) {
    const at =
      resource.kind === 'Server'
        ? resource.root.get('spec.accessPolicy')
        : sitesRead(resource, (name) => name === 'config.linkerd.io/default-inbound-policy')[0]?.value;
    const policy = at?.text();
    if (at === undefined || policy === undefined || !needsIdentity(policy)) return;
    const outside = read.unmeshedAnywhere();
    if (outside.length === 0) return;
    const names = outside.map((it) => displayName(it.data));
    yield {
      at,
      message: `${quotedList(names)} ${names.length === 1 ? 'has' : 'have'} no proxy, and ${policy} lets in clients with one only.`,
      related: outside.map((it) => ({ at: it, message: `"${it.data.name}" runs without a proxy` })),
      data: { values: ['audit'], isCertain: false },
    };
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
