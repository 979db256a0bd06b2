import { displayName } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import { defineRule, type Fix } from '../../../rules/rule.js';
import { shortPath } from '../../../text/uri.js';
import { insertItem, replaceValue } from '../../../yaml/edit.js';
import { gatewayPods, gatewayPorts } from '../gateways.js';
import { isOpen, labelsAt } from '../kinds/shared.js';

interface Data {
  readonly port: number;
  readonly numbers: readonly number[];
  readonly service: string | undefined;
}

export const gatewayPortNotOnService = defineRule({
  id: 'istio/gateway-port-not-on-service',
  title: 'Gateway listens on a port that no Service opens',
  severity: 'warning',
  category: 'reference',
  peers: ['IST0162'],
  effect: 'Nothing outside reaches it.',
  why: 'Clients come to the pods of a gateway through a Service. A port that the Service neither has nor leads to is open in the pod only.',
  remedy: 'Add the port to the Service of the gateway, or use one that it has.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: istio-ingress }
spec:
  selector: { istio: ingress }
  servers:
  - port: { number: 8004, name: http, protocol: HTTP }
    hosts: ["*"]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway, namespace: istio-ingress }
spec:
  selector: { matchLabels: { istio: ingress } }
  template:
    metadata: { labels: { istio: ingress, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: istio-proxy, image: auto, ports: [{ containerPort: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: gateway, namespace: istio-ingress }
spec: { selector: { istio: ingress }, ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: istio-ingress }
spec:
  selector: { istio: ingress }
  servers:
  - port: { number: 80, name: http, protocol: HTTP }
    hosts: ["*"]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway, namespace: istio-ingress }
spec:
  selector: { matchLabels: { istio: ingress } }
  template:
    metadata: { labels: { istio: ingress, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: istio-proxy, image: auto, ports: [{ containerPort: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: gateway, namespace: istio-ingress }
spec: { selector: { istio: ingress }, ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['Gateway'],
  reads: { gatewayPods, gatewayPorts },

  *check({ resource, read }) {
    const selector = labelsAt(resource.root, 'spec.selector') ?? {};
    if (Object.keys(selector).length === 0 || isOpen(resource, 'spec.selector')) return;
    const key = selectorText(selector);
    if (read.gatewayPods(key).length === 0) return; // its own rule says so
    const { numbers, services, incomplete } = read.gatewayPorts(key);
    if (incomplete) return;
    const [service] = services;
    for (const server of resource.root.list('spec.servers.*')) {
      const at = server.get('port.number');
      const port = at?.number();
      // Servers on a socket have no port.
      if (at === undefined || port === undefined || port === 0 || numbers.includes(port)) continue;
      yield {
        at,
        certainty: service ? 'proven' : 'unseen',
        message: `No Service opens port ${port} to the pods of this Gateway${numbers.length === 0 ? '' : `; open are ${listed(numbers)}`}.`,
        related: services.map((it) => ({ at: it, message: `Service "${displayName(it.data)}" leads to these pods` })),
        data: { port, numbers, service: service?.resource } satisfies Data,
      };
    }
  },

  fix({ resource, problem, text, other }) {
    const { port, numbers, service: id } = problem.data as Data;
    const server = resource.root.list('spec.servers.*').find((it) => it.get('port.number')?.start === problem.at.start);
    const node = server?.get('port.number');
    if (server === undefined || node === undefined) return [];
    const fixes: Fix[] = [];
    const service = id === undefined ? undefined : other(id);
    const list = service?.resource.root.get('spec.ports');
    if (service && list?.type === 'list') {
      const item = `name: ${server.text('port.name') ?? `port-${port}`}\nport: ${port}\ntargetPort: ${port}`;
      fixes.push({
        title: `Add port ${port} to Service "${displayName(service.resource)}" (${shortPath(service.file)})`,
        edits: [{ resource: service.resource.id, ...insertItem(service.text, list, item) }],
      });
    }
    return [...fixes, ...numbers.slice(0, 3).map((it) => ({ title: `Change to ${it}`, edits: [replaceValue(text, node, it)] }))];
  },
});

function listed(numbers: readonly number[]): string {
  const texts = numbers.map(String);
  if (texts.length > 4) return `${texts.slice(0, 3).join(', ')} and ${texts.length - 3} more`;
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}
