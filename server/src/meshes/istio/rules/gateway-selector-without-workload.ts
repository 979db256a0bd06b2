import { displayName, namespaceKey } from '../../../model/resource.js';
import { selectorText, type Labels } from '../../../model/selectors.js';
import { defineRule, type Fix } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { hiddenWorkloads, workloadsByLabel } from '../../kubernetes/tables.js';
import { gatewayPods, gatewayWorkloads, isWellKnownGateway } from '../gateways.js';
import { isOpen, labelsAt } from '../kinds/shared.js';
import { keyRange } from '../places.js';

export const gatewaySelectorWithoutWorkload = defineRule({
  id: 'istio/gateway-selector-without-workload',
  title: 'Gateway selects no pod',
  severity: 'error',
  category: 'reference',
  peers: ['IST0101:selector', 'KIA0302'],
  effect: 'It opens no port anywhere.',
  why: 'A Gateway is configuration for the proxies that its selector picks. Where it picks none, nobody listens on its ports.',
  remedy: 'Use labels that the pods of a gateway carry.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: istio-ingress }
spec:
  selector: { istio: ingres }
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
  reads: { gatewayPods, gatewayWorkloads, workloadsByLabel, hiddenWorkloads },

  *check({ resource, read }) {
    const map = resource.root.map('spec.selector');
    const selector = labelsAt(resource.root, 'spec.selector') ?? {};
    const keys = Object.keys(selector);
    if (map === undefined || keys.length === 0 || isOpen(resource, 'spec.selector')) return;
    if (read.gatewayPods(selectorText(selector)).length > 0 || read.hiddenWorkloads('*').length > 0) return;
    const others = read.gatewayWorkloads();
    const here = read.workloadsByLabel(`${namespaceKey(resource.namespace)}/`);
    const isShown = !isWellKnownGateway(selector) && ((keys.includes('istio') && others.length > 0) || here.length > 0);
    yield {
      at: keys.length === 1 ? map.entry(keys[0]!)!.value : (keyRange(resource.root, 'spec.selector') ?? map),
      certainty: isShown ? 'owned' : 'unseen',
      message: `No workload${isShown ? ' in this workspace' : ''} carries ${selectorText(selector).replaceAll(',', ', ')}.`,
      related: others
        .slice(0, 3)
        .map((it) => ({ at: it, message: `pods of "${displayName(it.data)}" carry istio=${it.data.labels['istio']}` })),
      data: others.map((it) => ({ name: displayName(it.data), labels: it.data.labels })),
    };
  },

  fix({ resource, problem, text }) {
    const map = resource.root.map('spec.selector');
    const candidates = problem.data as readonly { readonly name: string; readonly labels: Labels }[];
    if (map?.entries.length !== 1) return [];
    const { key, value } = map.entries[0]!;
    const fixes: Fix[] = [];
    for (const { name, labels } of candidates) {
      const label = labels[key];
      if (label === undefined || fixes.some((it) => it.title.startsWith(`Use ${key}=${label} `))) continue;
      fixes.push({ title: `Use ${key}=${label} (${name})`, edits: [replaceValue(text, value, label)] });
    }
    return fixes.slice(0, 3);
  },
});
