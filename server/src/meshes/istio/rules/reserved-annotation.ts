import { defineRule } from '../../../rules/rule.js';
import { knownEntries, quoted } from '../validation/values.js';
import { repairs } from '../validation/repairs.js';

const DRY_RUN = 'istio.io/dry-run';
const BOOLEANS = ['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False'];
const INTERNAL = ['internal.istio.io/webhook-always-reject', 'internal.istio.io/parents', 'internal.istio.io/parent-namespace'];

export const reservedAnnotation = defineRule({
  id: 'istio/reserved-annotation',
  title: 'Annotation that this resource cannot have',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Only an AuthorizationPolicy that allows or denies can be tried out with "istio.io/dry-run". Annotations of "internal.istio.io" are for the control plane itself.',
  remedy: 'Remove the annotation.',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop, annotations: { istio.io/dry-run: "true" } }
spec: { mtls: { mode: PERMISSIVE } }
`,
    good: `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: PERMISSIVE } }
`,
  },

  mentions: ['dry-run', 'internal.istio.io'],
  kinds: [
    'AuthorizationPolicy',
    'PeerAuthentication',
    'RequestAuthentication',
    'VirtualService',
    'DestinationRule',
    'Gateway',
    'ServiceEntry',
    'Sidecar',
    'EnvoyFilter',
    'WorkloadEntry',
    'WorkloadGroup',
    'ProxyConfig',
    'Telemetry',
    'WasmPlugin',
    'TrafficExtension',
  ],
  reads: {},

  *check({ resource }) {
    const { root, kind } = resource;
    for (const { key, keyRange, value } of knownEntries(root.get('metadata.annotations'))) {
      if (INTERNAL.includes(key)) yield { at: keyRange, message: `"${key}" is for Istio's own use.`, data: { remove: key } };
      if (key !== DRY_RUN) continue;
      const action = root.has('spec.action') ? root.text('spec.action') : 'ALLOW';
      const written = value.text();
      if (kind !== 'AuthorizationPolicy') yield { at: keyRange, message: `A ${kind} has no dry run.`, data: { remove: key } };
      else if (action !== undefined && action !== 'ALLOW' && action !== 'DENY')
        yield { at: keyRange, message: `A policy with action ${action} has no dry run; ALLOW and DENY have.`, data: { remove: key } };
      else if (written !== undefined && !BOOLEANS.includes(written))
        yield { at: value, message: `${quoted(written)} is neither "true" nor "false".` };
    }
  },

  fix: repairs,
});
