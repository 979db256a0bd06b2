import { defineRule } from '../../../rules/rule.js';

export const stateKind = defineRule({
  id: 'cilium/state-kind',
  title: "Cilium's own record, written by hand",
  severity: 'warning',
  category: 'pitfall',
  effect: 'Cilium overwrites it.',
  why: 'Endpoints, identities, nodes and their BGP configs are records that the agents and the operator keep. A manifest of one fights with them, and may cut off pods.',
  remedy: 'Delete the manifest.',
  example: {
    bad: `
apiVersion: cilium.io/v2
kind: CiliumIdentity
metadata: { name: "12345" }
security-labels: { "k8s:app": web }
`,
    good: `
apiVersion: cilium.io/v2
kind: CiliumCIDRGroup
metadata: { name: partners }
spec: { externalCIDRs: [192.0.2.0/24] }
`,
  },

  kinds: ['CiliumEndpoint', 'CiliumEndpointSlice', 'CiliumIdentity', 'CiliumNode', 'CiliumBGPNodeConfig'],
  reads: {},

  *check({ resource }) {
    const at = resource.root.get('kind');
    if (at) yield { at, message: `A ${resource.kind} is a record of Cilium's own.` };
  },
});
