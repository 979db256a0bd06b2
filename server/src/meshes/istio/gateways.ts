import { defineLookup } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { namespaceKey } from '../../model/resource.js';
import { selects, type Labels } from '../../model/selectors.js';
import { ANY_NAMESPACE, pickedWorkloads, servicesOfWorkload } from '../kubernetes/lookups.js';
import { servicesBySelector, workloadsByLabel, type Service, type Workload } from '../kubernetes/tables.js';
import { hasDefaultGateway } from './lookups.js';
import { meshConfig } from './mesh-config.js';

/** A pod that a Gateway configures. */
export interface GatewayPod {
  readonly namespace: string | undefined;
  readonly labels: Labels;
  /** Undefined: the ingress gateway of a default install, which the closed world takes for granted. */
  readonly workload: Definition<Workload> | undefined;
}

const DEFAULT_LABELS: Labels = { istio: 'ingressgateway' };

/** Ports of the Service that a default install makes for its ingress gateway. (istio-analyze 2.2) */
const DEFAULT_PORTS: readonly number[] = [80, 443, 31400, 15443];

/** Pods of any namespace that a Gateway's selector picks, by the selector's text. */
export const gatewayPods = defineLookup<readonly GatewayPod[]>('istio/gatewayPods', (look, selector) => {
  const picked = look
    .get(pickedWorkloads, `${ANY_NAMESPACE}/${selector}`)
    .map((workload): GatewayPod => ({ namespace: workload.data.namespace, labels: workload.data.labels, workload }));
  if (picked.length > 0 || !selects(labelsOf(selector), DEFAULT_LABELS) || !look.get(hasDefaultGateway, '')) return picked;
  return [{ namespace: look.get(meshConfig, '').rootNamespace, labels: DEFAULT_LABELS, workload: undefined }];
});

/** Ports that Services open to a Gateway's pods, and those Services; ports of both sides count. */
export interface GatewayPorts {
  readonly numbers: readonly number[];
  readonly services: readonly Definition<Service>[];
  /** A template hides some of it. */
  readonly incomplete: boolean;
}

/** Ports open to the pods that a Gateway's selector picks, by the selector's text. (istio-analyze IST0162) */
export const gatewayPorts = defineLookup<GatewayPorts>('istio/gatewayPorts', (look, selector) => {
  const pods = look.get(gatewayPods, selector);
  const numbers = new Set<number>(pods.some((it) => it.workload === undefined) ? DEFAULT_PORTS : []);
  const found: Definition<Service>[] = [];
  for (const { namespace, labels, workload } of pods) {
    const serving = workload
      ? look.get(servicesOfWorkload, `${namespaceKey(namespace)}/${workload.data.kind}/${workload.data.name}`)
      : look
          .get(servicesBySelector, `${namespaceKey(namespace)}/istio=ingressgateway`)
          .filter((it) => selects(it.data.selector ?? {}, labels));
    for (const service of serving) {
      if (found.some((it) => it.resource === service.resource)) continue;
      found.push(service);
      for (const port of service.data.ports) {
        if (port.protocol.toUpperCase() !== 'TCP') continue;
        for (const number of [port.number, port.targetPort]) if (typeof number === 'number') numbers.add(number);
      }
    }
  }
  return { numbers: [...numbers].sort((a, b) => a - b), services: found, incomplete: found.some((it) => it.data.incomplete) };
});

/** Workloads that carry a label `istio`, as gateways mostly do, in any namespace. */
export const gatewayWorkloads = defineLookup<readonly Definition<Workload>[]>('istio/gatewayWorkloads', (look) =>
  look.get(workloadsByLabel, '*/istio'),
);

/** Whether labels are those of the gateways that Istio's own charts and profiles install: their workloads are seldom in the same repository. */
export function isWellKnownGateway(selector: Labels): boolean {
  const values = ['ingressgateway', 'egressgateway', 'eastwestgateway', 'ingress', 'egress', 'gateway'];
  return Object.entries(selector).some(
    ([key, value]) =>
      (key === 'istio' && values.includes(value)) ||
      (key === 'app' && /^istio-(ingress|egress|eastwest)(gateway)?$/.test(value)) ||
      key === 'gateway.networking.k8s.io/gateway-name',
  );
}

/** Two selectors that some pod may satisfy both of, one being part of the other. */
export function isPartOf(selector: Labels, other: Labels): boolean {
  return Object.keys(selector).every((key) => other[key] === selector[key]);
}

function labelsOf(selector: string): Labels {
  return selector === ''
    ? {}
    : Object.fromEntries(selector.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}
