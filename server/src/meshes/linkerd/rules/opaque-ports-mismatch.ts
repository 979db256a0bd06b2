import { displayName, namespaceKey } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import { defineRule } from '../../../rules/rule.js';
import { insertEntry, quoteIfNeeded, replaceValue } from '../../../yaml/edit.js';
import { selectedWorkloads } from '../../kubernetes/lookups.js';
import { services } from '../../kubernetes/tables.js';
import { keyOf } from '../kinds/shared.js';
import { mismatchedPorts, OPAQUE_PORTS, opaquePortsOfNamespace } from '../opaque.js';

export const opaquePortsMismatch = defineRule({
  id: 'linkerd/opaque-ports-mismatch',
  title: 'Port that is opaque for the Service or for its pods, and not for both',
  severity: 'warning',
  category: 'semantics',
  effect: 'Clients and pods take the port for different protocols, and connections fail or hang.',
  why: 'The proxy of the client reads the list of opaque ports from the Service, that of the pod reads the list of the pod. A port that is on one of them only is plain TCP to one proxy and something to be found out to the other. Where the list is the same for all, the Namespace is the place for it.',
  remedy: 'Write the port on both: the port of the Service on the Service, the port of the container on the pod template.',
  example: {
    bad: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, annotations: { config.linkerd.io/opaque-ports: "5433" } }
spec: { selector: { app: cart }, ports: [{ name: pg, port: 5433 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1, ports: [{ containerPort: 5433 }] }] }
`,
    good: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, annotations: { config.linkerd.io/opaque-ports: "5433" } }
spec: { selector: { app: cart }, ports: [{ name: pg, port: 5433 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart }, annotations: { config.linkerd.io/opaque-ports: "5433" } }
    spec: { containers: [{ name: cart, image: example.org/cart:1, ports: [{ containerPort: 5433 }] }] }
`,
  },

  kinds: ['Service'],
  reads: { services, selectedWorkloads, opaquePortsOfNamespace },

  *check({ resource, read }) {
    const service = read.services(keyOf(resource)).find((it) => it.resource === resource.id)?.data;
    const node = resource.root.map('metadata.annotations')?.entry(OPAQUE_PORTS);
    if (service?.selector === undefined || service.headless || service.incomplete || (node && node.value.text() === undefined)) return;
    const ofNamespace = resource.namespace === undefined ? undefined : read.opaquePortsOfNamespace(resource.namespace);
    const ofService = node?.value.text() ?? ofNamespace;
    for (const workload of read.selectedWorkloads(`${namespaceKey(resource.namespace)}/${selectorText(service.selector)}`)) {
      const ofPods = workload.data.annotations[OPAQUE_PORTS] ?? ofNamespace;
      if (workload.data.incomplete || (ofService === undefined && ofPods === undefined)) continue;
      const [mismatch] = mismatchedPorts(service, workload.data, { ofService, ofPods });
      if (mismatch === undefined) continue;
      const { port, said } = mismatch;
      yield {
        at: node?.value ?? resource.root.get('metadata.name')!,
        message:
          said === 'service'
            ? `Port ${port.number} is opaque here, and not for the pods of "${displayName(workload.data)}".`
            : `Port ${port.number} is opaque for the pods of "${displayName(workload.data)}", and not here.`,
        related: [{ at: workload, message: `"${workload.data.name}" is selected by this Service` }],
        data: said === 'pods' ? (port.number ?? null) : null,
      };
    }
  },

  fix({ resource, problem, text }) {
    const port = problem.data as number | null;
    const metadata = resource.root.map('metadata');
    if (port === null || metadata === undefined) return [];
    const annotations = metadata.map('annotations');
    const entry = annotations?.entry(OPAQUE_PORTS);
    const list = `${entry?.value.text() ? `${entry.value.text()},` : ''}${port}`;
    const edit = entry
      ? replaceValue(text, entry.value, list)
      : annotations
        ? insertEntry(text, annotations, OPAQUE_PORTS, quoteIfNeeded(list))
        : insertEntry(text, metadata, 'annotations', `${OPAQUE_PORTS}: ${quoteIfNeeded(list)}`);
    return [{ title: `Make port ${port} opaque here, too`, edits: [edit] }];
  },
});
