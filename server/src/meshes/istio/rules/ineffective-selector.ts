import { defineRule } from '../../../rules/rule.js';
import { indentOf } from '../../../yaml/edit.js';
import { namespaceKey } from '../../../model/resource.js';
import { gatewaysIn } from '../../gateway-api/tables.js';
import { pickedWorkloads } from '../../kubernetes/lookups.js';
import { meshConfig } from '../mesh-config.js';
import { keyRange } from '../places.js';
import { selectionOf } from '../selection.js';
import { authorizationPolicies } from '../tables.js';

const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';
/** The deployment of a Gateway has this label beside the name. */
const GATEWAY_CLASS = 'gateway.networking.k8s.io/gateway-class-name';

export const ineffectiveSelector = defineRule({
  id: 'istio/ineffective-selector',
  title: 'Policy selects pods of a Gateway API Gateway by label',
  severity: 'warning',
  category: 'pitfall',
  peers: ['IST0166'],
  effect: 'Istio does not apply it there.',
  why: 'Policies reach Gateways of the Gateway API, waypoints among them, by targetRefs. A selector that happens to match their pods is not used.',
  remedy: 'Name the Gateway in targetRefs instead of selecting its pods.',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: ingress, namespace: shop }
spec:
  selector: { matchLabels: { gateway.networking.k8s.io/gateway-name: public } }
`,
    good: `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: ingress, namespace: shop }
spec:
  targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: public }]
`,
  },

  kinds: ['AuthorizationPolicy', 'RequestAuthentication', 'Telemetry', 'WasmPlugin'],
  reads: { meshConfig, pickedWorkloads, gatewaysIn },

  *check({ resource, read, stated }) {
    const selection = selectionOf(resource, read.meshConfig().rootNamespace, stated(authorizationPolicies)?.data);
    if (!selection || Object.keys(selection.labels).length === 0) return;
    const named = selection.labels[GATEWAY_NAME];
    const ofClass = selection.labels[GATEWAY_CLASS];
    const byClass =
      named === undefined && ofClass !== undefined && Object.keys(selection.labels).length === 1
        ? read.gatewaysIn(namespaceKey(resource.namespace)).find((it) => it.data.className === ofClass)
        : undefined;
    const pod =
      named === undefined && byClass === undefined
        ? read.pickedWorkloads(selection.key).find((it) => GATEWAY_NAME in it.data.labels)
        : undefined;
    const gateway = named ?? byClass?.data.name ?? pod?.data.labels[GATEWAY_NAME];
    if (gateway === undefined) return;
    const at = keyRange(resource.root, 'spec.selector');
    if (!at) return;
    yield {
      at,
      message: `The selector picks pods of Gateway "${gateway}", which takes policies by targetRefs only.`,
      ...(byClass && { related: [{ at: byClass, message: `Gateway "${gateway}" is of this class` }] }),
      ...(pod && { related: [{ at: pod, message: `${pod.data.kind} "${pod.data.name}" belongs to Gateway "${gateway}"` }] }),
      data: gateway,
    };
  },

  fix({ resource, problem, text }) {
    const spec = resource.root.map('spec');
    const entry = spec?.entry('selector');
    if (!spec || !entry) return [];
    const name = problem.data as string;
    const range = { start: entry.keyRange.start, end: Math.max(entry.keyRange.end, entry.value.end) };
    const indent = indentOf(text, spec);
    const written = spec.flow
      ? `targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: ${name} }]`
      : `targetRefs:\n${indent}- group: gateway.networking.k8s.io\n${indent}  kind: Gateway\n${indent}  name: ${name}`;
    return [{ title: `Target Gateway "${name}" instead`, edits: [{ range, text: written }] }];
  },
});
