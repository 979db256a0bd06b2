import { repairs } from '../validation/repairs.js';
import type { Definition } from '../../../model/facts.js';
import { namespaceKey } from '../../../model/resource.js';
import { defineRule, type Problem } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { bytesOf, milliCpuOf, showCpu, showMemory } from '../../kubernetes/quantities.js';
import { workloadKey, workloadsByLabel, type Workload } from '../../kubernetes/tables.js';
import { injectionOf } from '../injection.js';
import { counted } from '../words.js';

/** A resource that pods ask for. */
interface Amount {
  readonly name: 'cpu' | 'memory';
  readonly annotation: string;
  /** What it may use, which a LimitRange bounds, too. */
  readonly limitAnnotation: string;
  /** What a sidecar asks for at least and at most where no annotation says so. */
  readonly least: number;
  readonly usual: string;
  readonly read: (written: string) => number | undefined;
  readonly show: (amount: number) => string;
  readonly ofPods: (workload: Workload) => number | undefined;
}

const AMOUNTS: readonly Amount[] = [
  {
    name: 'cpu',
    annotation: 'sidecar.istio.io/proxyCPU',
    limitAnnotation: 'sidecar.istio.io/proxyCPULimit',
    least: 50,
    usual: '50–150m',
    read: milliCpuOf,
    show: showCpu,
    ofPods: (it) => it.requests.milliCpu,
  },
  {
    name: 'memory',
    annotation: 'sidecar.istio.io/proxyMemory',
    limitAnnotation: 'sidecar.istio.io/proxyMemoryLimit',
    least: 64 * 2 ** 20,
    usual: '64–128Mi',
    read: bytesOf,
    show: showMemory,
    ofPods: (it) => it.requests.bytes,
  },
];

export const quotaBelowSidecars = defineRule({
  id: 'istio/quota-below-sidecars',
  title: 'Limits of a namespace leave no room for its sidecars',
  severity: 'warning',
  category: 'pitfall',
  effect: 'Pods beyond it are not created.',
  why: 'Each injected pod asks for its own containers and for its sidecar: as much as annotations say, else 50–150m CPU and 64–128Mi memory, by how Istio was installed. A ResourceQuota counts that, and a LimitRange bounds it, so that a namespace that fitted before the mesh may not fit with it. The sum is made with the least that a sidecar asks for.',
  remedy: 'Raise the limit by what the sidecars ask for, or give the sidecars less by annotations.',
  example: { bad: example('500m'), good: example('600m') },

  kinds: ['ResourceQuota', 'LimitRange'],
  reads: { workloadsByLabel, injectionOf },

  *check({ resource, read }) {
    const { root, namespace } = resource;
    if (resource.partial || namespace === undefined) return;
    const injected = read
      .workloadsByLabel(`${namespaceKey(namespace)}/`)
      .filter((it) => !it.data.live && !['Job', 'CronJob', 'ReplicaSet', 'Pod'].includes(it.data.kind))
      .filter((it) => !it.data.containersIncomplete && !it.data.incomplete && read.injectionOf(workloadKey(it.data)).why !== 'own-proxy')
      .filter((it) => read.injectionOf(workloadKey(it.data)).state === 'injected');
    if (injected.length === 0) return;
    if (resource.kind === 'ResourceQuota') {
      if (root.has('spec.scopes') || root.has('spec.scopeSelector')) return;
      for (const amount of AMOUNTS) {
        const node = root.map('spec.hard')?.entry(`requests.${amount.name}`)?.value ?? root.map('spec.hard')?.entry(amount.name)?.value;
        const problem = node && quotaProblem(node, amount, injected);
        if (problem) yield problem;
      }
      return;
    }
    for (const limit of root.list('spec.limits.*')) {
      if (limit.text('type') !== 'Container') continue;
      for (const amount of AMOUNTS) {
        const node = limit.get(`max.${amount.name}`);
        const most = node && amountIn(node, amount);
        if (!node || most === undefined) continue;
        const over = injected.filter((it) => mostOf(it, amount) > most);
        const [first] = over;
        if (!first) continue;
        yield {
          at: node,
          message: `A container may have ${amount.show(most)} ${nameOf(amount)}; the sidecar of "${first.data.name}" ${proxyOf(first, amount) > most ? `asks for ${askedBy(first, amount)}` : `has a limit of ${amount.show(mostOf(first, amount))}`}.`,
          effect: 'Its pods are not created.',
          data: { write: amount.show(Math.max(...over.map((it) => mostOf(it, amount)))), preferred: false },
          related: over.slice(0, 3).map((it) => ({ at: it, message: `${it.data.kind} "${it.data.name}" is injected` })),
        };
      }
    }
  },

  fix: repairs,
});

/** The quota against what applications and sidecars ask for; of applications that do not say, nothing is counted. */
function quotaProblem(node: YamlNode, amount: Amount, injected: readonly Definition<Workload>[]): Problem | undefined {
  const hard = amountIn(node, amount);
  if (hard === undefined) return undefined;
  const pods = injected.reduce((sum, it) => sum + it.data.replicas, 0);
  const sidecars = injected.reduce((sum, it) => sum + it.data.replicas * proxyOf(it, amount), 0);
  const applications = injected.reduce((sum, it) => sum + it.data.replicas * (amount.ofPods(it.data) ?? 0), 0);
  // What does not fit without the mesh is no matter of sidecars.
  if (applications > hard || applications + sidecars <= hard) return undefined;
  const asked = `${amount.show(applications)} + ${amount.show(sidecars)} for sidecars`;
  return {
    at: node,
    data: { write: amount.show(applications + sidecars), preferred: false },
    message: `${counted(pods, 'injected pod')} ${pods === 1 ? 'asks' : 'ask'} for ${asked} = ${amount.show(applications + sidecars)} ${nameOf(amount)}, and ${amount.show(hard)} is allowed.`,
    related: injected.slice(0, 5).map((it) => ({
      at: it,
      message: `"${it.data.name}": ${it.data.replicas} × (${amount.show(amount.ofPods(it.data) ?? 0)} + ${askedBy(it, amount)})`,
    })),
  };
}

function amountIn(node: YamlNode, amount: Amount): number | undefined {
  const written = node.text() ?? node.number()?.toString();
  return written === undefined ? undefined : amount.read(written);
}

/** What a sidecar asks for: what its annotation says, else the least that installs give. */
function proxyOf({ data }: Definition<Workload>, amount: Amount): number {
  return amount.read(data.annotations[amount.annotation] ?? '') ?? amount.least;
}

/** The most that a sidecar says of itself: its limit, where an annotation gives it one, else what it asks for. */
function mostOf(workload: Definition<Workload>, amount: Amount): number {
  return Math.max(proxyOf(workload, amount), amount.read(workload.data.annotations[amount.limitAnnotation] ?? '') ?? 0);
}

function askedBy(workload: Definition<Workload>, amount: Amount): string {
  return workload.data.annotations[amount.annotation] === undefined
    ? `${amount.show(amount.least)} (usually ${amount.usual})`
    : amount.show(proxyOf(workload, amount));
}

function nameOf({ name }: Amount): string {
  return name === 'cpu' ? 'CPU' : 'memory';
}

function example(cpu: string): string {
  return `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: ResourceQuota
metadata: { name: shop, namespace: shop }
spec: { hard: { requests.cpu: ${cpu} } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1, resources: { requests: { cpu: 250m } } }] }
`;
}
