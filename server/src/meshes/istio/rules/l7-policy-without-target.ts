import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { selectorText } from '../../../model/selectors.js';
import { insertEntry, quoteIfNeeded, removeEntry } from '../../../yaml/edit.js';
import type { YamlMap } from '../../../yaml/node.js';
import { pickedWorkloads, servicesOfWorkload } from '../../kubernetes/lookups.js';
import { workloadKey } from '../../kubernetes/tables.js';
import { labelsAt } from '../kinds/shared.js';
import { quotedList } from '../words.js';
import { isLabelledAmbient, needsWaypoint } from '../ambient.js';
import { keyRange, placeOfName } from '../places.js';

const PEERS: Readonly<Record<string, string>> = {
  AuthorizationPolicy: 'KIA0110',
  RequestAuthentication: 'KIA1115',
  WasmPlugin: 'KIA1116',
  Telemetry: 'KIA1117',
};

export const l7PolicyWithoutTarget = defineRule({
  id: 'istio/l7-policy-without-target',
  title: 'Policy looks at requests in ambient and names no target',
  severity: 'warning',
  category: 'pitfall',
  peers: Object.values(PEERS),
  effect: 'Waypoints do not apply it.',
  why: 'Waypoints take policies that name a Service or the waypoint itself in targetRefs. Selectors and policies for a whole namespace reach ztunnel only, which cannot look at requests.',
  remedy: 'Name the Services, or the waypoint Gateway, in targetRefs.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: tracing, namespace: shop }
spec: { tracing: [{ randomSamplingPercentage: 10 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: tracing, namespace: shop }
spec:
  targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: waypoint }]
  tracing: [{ randomSamplingPercentage: 10 }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`,
  },

  workspaceMentions: ['ambient'],
  kinds: ['AuthorizationPolicy', 'RequestAuthentication', 'WasmPlugin', 'Telemetry'],
  reads: { isLabelledAmbient, pickedWorkloads, servicesOfWorkload },

  *check({ resource, read }) {
    const { root } = resource;
    if (!read.isLabelledAmbient(namespaceKey(resource.namespace))) return;
    if (resource.partial || root.has('spec.targetRef') || root.has('spec.targetRefs') || !needsWaypoint(resource)) return;
    yield {
      at: keyRange(root, 'spec.selector') ?? placeOfName(resource),
      peers: [PEERS[resource.kind]!],
      message: `"${resource.namespace}" is in ambient, and this ${resource.kind} has no targetRefs.`,
    };
  },

  fix({ resource, read, text }) {
    const spec = resource.root.map('spec');
    const selector = spec?.entry('selector');
    const labels = labelsAt(resource.root, 'spec.selector.matchLabels') ?? {};
    if (!spec || spec.partial || !selector || Object.keys(labels).length === 0) return [];
    const picked = read.pickedWorkloads(`${namespaceKey(resource.namespace)}/${selectorText(labels)}`);
    const names = picked.flatMap((it) => read.servicesOfWorkload(workloadKey(it.data)).map((service) => service.data.name));
    // A workload without a Service would lose what the policy says of it.
    if (picked.length === 0 || picked.some((it) => read.servicesOfWorkload(workloadKey(it.data)).length === 0)) return [];
    const services = [...new Set(names)].sort();
    if (services.length > 3) return [];
    const refs = services.map((it) => `- kind: Service\n  group: ""\n  name: ${quoteIfNeeded(it)}`).join('\n');
    const removal = removeEntry(text, spec, selector);
    if (!removal) return [];
    return [
      {
        title: `Target ${services.length === 1 ? 'Service' : 'Services'} ${quotedList(services)} in place of the selector`,
        edits: spec.entries.length === 1 ? [] : [removal, insertEntry(text, spec, 'targetRefs', refs, neighborOf(spec))],
      },
    ].filter((it) => it.edits.length > 0);
  },
});

/** Behind which field targets go: not behind the selector, which is taken out. */
function neighborOf(spec: YamlMap): string {
  return spec.entries.filter((it) => it.key !== 'selector').at(-1)!.key;
}
