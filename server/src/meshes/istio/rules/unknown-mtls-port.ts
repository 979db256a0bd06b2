import { workloadKey } from '../../kubernetes/tables.js';
import { namespaceKey } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import { defineRule } from '../../../rules/rule.js';
import { pickedWorkloads, servicesOfWorkload } from '../../kubernetes/lookups.js';
import { labelsAt } from '../kinds/shared.js';
import { quotedList } from '../words.js';

export const unknownMtlsPort = defineRule({
  id: 'istio/unknown-mtls-port',
  title: 'portLevelMtls names a port that the workload does not listen on',
  severity: 'warning',
  category: 'reference',
  effect: 'This mode applies to no traffic.',
  why: 'The keys of portLevelMtls are ports of the container, not of the Service. For a port that nothing listens on the setting is kept and never used, and the real port keeps the mode of the workload.',
  remedy: 'Write the container port.',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  portLevelMtls:
    80: { mode: DISABLE }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1, ports: [{ containerPort: 8080 }] }] }
`,
    good: `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  portLevelMtls:
    8080: { mode: DISABLE }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1, ports: [{ containerPort: 8080 }] }] }
`,
  },

  kinds: ['PeerAuthentication'],
  reads: { pickedWorkloads, servicesOfWorkload },

  *check({ resource, read }) {
    const ports = resource.root.map('spec.portLevelMtls');
    const selector = labelsAt(resource.root, 'spec.selector.matchLabels') ?? {};
    if (!ports || Object.keys(selector).length === 0) return;
    const workloads = read.pickedWorkloads(`${namespaceKey(resource.namespace)}/${selectorText(selector)}`);
    if (workloads.length === 0) return;
    const services = workloads.flatMap((it) => read.servicesOfWorkload(workloadKey(it.data)));
    const declared = workloads.flatMap((it) => it.data.containers.flatMap((container) => container.ports));
    const servicePorts = services.flatMap((it) => it.data.ports);
    // A named target port that no container declares may be any number.
    if (services.some((it) => it.data.incomplete)) return;
    if (servicePorts.some((it) => typeof it.targetPort === 'string' && !declared.some((port) => port.name === it.targetPort))) return;
    const listening = new Set([
      ...declared.map((it) => it.number),
      ...servicePorts.map((it) => (it.targetPort === undefined ? it.number : it.targetPort)),
    ]);
    for (const entry of ports.entries) {
      const port = Number(entry.key);
      if (entry.keyOpaque || !Number.isInteger(port) || listening.has(port)) continue;
      const ofService = servicePorts.find((it) => it.number === port);
      // Containers may listen on ports that nobody declares; a Service port in its place is the usual mistake.
      const certain = ofService !== undefined;
      if (!certain && declared.length === 0) continue;
      const names = [...new Set(workloads.map((it) => it.data.name))];
      yield {
        at: entry.keyRange,
        ...(!certain && { severity: 'info' as const }),
        message: certain
          ? `Port ${port} is the Service's; the container port behind it is ${String(ofService.targetPort)}.`
          : `No container of ${quotedList(names, 'or')} declares port ${port}, and no Service leads to it.`,
        ...(typeof ofService?.targetPort === 'number' && { data: String(ofService.targetPort) }),
        related: workloads.slice(0, 3).map((it) => ({ at: it, message: `${it.data.kind} "${it.data.name}" is selected` })),
      };
    }
  },

  fix({ resource, problem }) {
    const target = problem.data as string | undefined;
    const ports = resource.root.map('spec.portLevelMtls');
    if (target === undefined || ports?.entry(target)) return [];
    return [{ title: `Change to ${target}`, edits: [{ range: problem.at, text: target }] }];
  },
});
