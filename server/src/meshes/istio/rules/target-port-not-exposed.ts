import { namespaceKey, type Resource } from '../../../model/resource.js';
import { labelsIn, selectorText, toLabels, type Labels } from '../../../model/selectors.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { pickedWorkloads } from '../../kubernetes/lookups.js';
import { servicePortIn } from '../../kubernetes/kinds/services.js';
import { services, type ServicePort } from '../../kubernetes/tables.js';
import { isControlPlane, isIstioManaged } from '../injection.js';
import { meshConfig } from '../mesh-config.js';
import { namespaceUsesIstio } from '../usage.js';
import { quotedList } from '../words.js';

export const targetPortNotExposed = defineRule({
  id: 'istio/target-port-not-exposed',
  title: 'Service sends to a port that no container declares',
  severity: 'warning',
  category: 'reference',
  peers: ['KIA0701'],
  why: 'A named target port is looked up among the ports of the containers: without one of that name the Service has no endpoint. A number is used as it is; a number that no container declares is most often an old one.',
  remedy: 'Write a port that a container declares, or declare it there.',
  otherTools:
    'Kiali compares the labels of Deployments instead of those of their pods; and it reports containers that declare no port at all.',
  example: {
    bad: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: web }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1, ports: [{ name: http, containerPort: 8080 }] }] }
`,
    good: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: http }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1, ports: [{ name: http, containerPort: 8080 }] }] }
`,
  },

  kinds: ['Service'],
  reads: { meshConfig, namespaceUsesIstio, pickedWorkloads },

  *check({ resource, read, stated }) {
    const own = stated(services)?.data;
    const labels = own?.labels ?? toLabels(resource.labels);
    if (isControlPlane(labels) || isIstioManaged(labels) || resource.namespace === read.meshConfig().rootNamespace) return;
    if (labels['istio.io/gateway-name'] !== undefined || labels['gateway.networking.k8s.io/gateway-name'] !== undefined) return;
    const selector = own === undefined ? selectorIn(resource) : (own.selector ?? {});
    if (Object.keys(selector).length === 0 || !read.namespaceUsesIstio(namespaceKey(resource.namespace))) return;
    const workloads = read.pickedWorkloads(`${namespaceKey(resource.namespace)}/${selectorText(selector)}`);
    if (workloads.length === 0 || workloads.some((it) => it.data.incomplete || it.data.containersIncomplete)) return;
    const declared = workloads.flatMap((it) => it.data.containers.flatMap((container) => container.ports));
    const isFound = ({ targetPort, number }: ServicePort): boolean => {
      const wanted = targetPort ?? number;
      return wanted === undefined || declared.some((it) => it.number === wanted || it.name === wanted);
    };
    if (own?.ports.every(isFound) === true) return;
    for (const node of resource.root.list('spec.ports.*')) {
      const target = node.get('targetPort') ?? node.get('port');
      if (node.type !== 'map' || node.partial || !target || (target.type === 'scalar' && target.opaque)) continue;
      const port = servicePortIn(node);
      const wanted = port.targetPort ?? port.number;
      if (wanted === undefined || isFound(port)) continue;
      const isName = typeof wanted === 'string';
      // Ports of containers are optional: where none is declared, a number proves nothing.
      if (!isName && declared.length === 0) continue;
      const names = quotedList([...new Set(workloads.map((it) => it.data.name))], 'or');
      const near = isName
        ? nearest(
            wanted,
            declared.flatMap((it) => it.name ?? []),
          )
        : undefined;
      yield {
        at: target,
        ...(!isName && { severity: 'info' as const }),
        message: isName ? `No container of ${names} has a port named "${wanted}".` : `No container of ${names} declares port ${wanted}.`,
        effect: isName ? 'The Service has no endpoint for it.' : 'Connections are refused unless something listens there.',
        related: workloads.slice(0, 3).map((it) => ({ at: it, message: `${it.data.kind} "${it.data.name}" is selected` })),
        ...(near !== undefined && { data: near }),
      };
    }
  },

  fix({ resource, problem, text }) {
    const name = problem.data as string | undefined;
    const node = resource.root.list('spec.ports.*.targetPort').find((it) => it.start === problem.at.start);
    return node && name !== undefined ? [{ title: `Change to "${name}"`, edits: [replaceValue(text, node, name)] }] : [];
  },
});

function selectorIn({ root }: Resource): Labels {
  return labelsIn(root.map('spec.selector'));
}
