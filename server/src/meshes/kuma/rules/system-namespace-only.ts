import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { controlPlane } from '../control-plane.js';
import { RESOURCE_KINDS, SYSTEM_KINDS } from '../names.js';
import { isSystem } from '../places.js';
import { POLICY_KINDS } from '../target-refs.js';

export const systemNamespaceOnly = defineRule({
  id: 'kuma/system-namespace-only',
  title: 'An object stands outside of the one namespace that takes it',
  severity: 'error',
  category: 'schema',
  effect: 'Kuma refuses it.',
  why: 'External services, hostname generators, identities, trust and OpenTelemetry backends are for a whole mesh, so that Kuma takes them in the namespace of its control plane only. A global control plane takes everything there.',
  remedy: 'Move it to the system namespace: kuma-system, or what setting kuma.systemNamespace says.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: HostnameGenerator
metadata: { name: mesh, namespace: shop }
spec:
  selector: { meshService: {} }
  template: "{{ .DisplayName }}.mesh"
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: HostnameGenerator
metadata: { name: mesh, namespace: kuma-system }
spec:
  selector: { meshService: {} }
  template: "{{ .DisplayName }}.mesh"
`,
  },

  kinds: [...new Set([...SYSTEM_KINDS, ...POLICY_KINDS, ...RESOURCE_KINDS])],
  reads: { controlPlane },

  *check({ resource, read }) {
    const plane = read.controlPlane();
    const isBound = SYSTEM_KINDS.includes(resource.kind);
    const node = resource.root.get('metadata.namespace');
    if ((!isBound && plane.mode !== 'global') || isSystem(resource, plane) !== false || node?.text() !== resource.namespace) return;
    yield {
      at: node ?? resource.root,
      message: `${isBound ? `A ${resource.kind}` : 'On a global control plane every policy'} belongs in namespace "${plane.systemNamespace}", not in "${resource.namespace!}".`,
    };
  },

  fix({ resource, read, text }) {
    const node = resource.root.get('metadata.namespace');
    const { systemNamespace } = read.controlPlane();
    return node === undefined ? [] : [{ title: `Change to "${systemNamespace}"`, edits: [replaceValue(text, node, systemNamespace)] }];
  },
});
