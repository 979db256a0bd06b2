import { workloadKey } from '../../kubernetes/tables.js';
import type { Definition } from '../../../model/facts.js';
import { displayName, namespaceKey } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import { defineRule, type Evidence, type Fix } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { namespaceLabels, proxylessWorkloads, type Injection, type Proxyless } from '../injection.js';
import type { NamespaceFacts } from '../../kubernetes/tables.js';
import { labelsAt } from '../kinds/shared.js';
import { labelNamespace, removeOptOut } from '../membership-fixes.js';
import { meshConfig } from '../mesh-config.js';
import { serverMtlsOf } from '../mtls.js';
import { counted, quotedList } from '../words.js';

export const strictMtlsWithoutInjection = defineRule({
  id: 'istio/strict-mtls-without-injection',
  title: 'STRICT mTLS covers workloads that have no sidecar',
  severity: 'warning',
  category: 'pitfall',
  why: 'Only a proxy can speak mTLS. A workload without one cannot call a workload that is STRICT, and nothing enforces STRICT on its own ports.',
  remedy: 'Inject the workloads first, or stay PERMISSIVE until they are.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata:
  name: payments
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: payments }
spec:
  mtls: { mode: STRICT }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: payment, namespace: payments }
spec:
  selector: { matchLabels: { app: payment } }
  template:
    metadata: { labels: { app: payment } }
    spec: { containers: [{ name: payment, image: example.org/payment:1 }] }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata:
  name: payments
  labels: { istio-injection: enabled }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: payments }
spec:
  mtls: { mode: STRICT }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: payment, namespace: payments }
spec:
  selector: { matchLabels: { app: payment } }
  template:
    metadata: { labels: { app: payment } }
    spec: { containers: [{ name: payment, image: example.org/payment:1 }] }
`,
  },

  kinds: ['PeerAuthentication'],
  reads: { meshConfig, proxylessWorkloads, serverMtlsOf, namespaceLabels },

  *check({ resource, read }) {
    const mode = resource.root.get('spec.mtls.mode');
    if (mode?.text() !== 'STRICT') return;
    const selector = labelsAt(resource.root, 'spec.selector.matchLabels') ?? {};
    const ofMesh = resource.namespace === read.meshConfig().rootNamespace && Object.keys(selector).length === 0;
    const place = ofMesh ? '*' : namespaceKey(resource.namespace);
    const covered = read
      .proxylessWorkloads(`${place}/${selectorText(selector)}`)
      .filter(({ workload }) => read.serverMtlsOf(workloadKey(workload.data)).policy?.resource === resource.id);
    if (covered.length === 0) return;

    const names = [...new Set(covered.map(({ workload }) => (ofMesh ? displayName(workload.data) : workload.data.name)))];
    const where = ofMesh ? 'the mesh' : resource.namespace === undefined ? 'its namespace' : `"${resource.namespace}"`;
    const one = covered.length === 1;
    yield {
      at: mode,
      message: `STRICT covers ${counted(covered.length, 'workload')} of ${where} without a sidecar, ${quotedList(names)}.`,
      effect: one
        ? 'Its calls into the mesh are refused, and its own ports stay plaintext.'
        : 'Their calls into the mesh are refused, and their own ports stay plaintext.',
      related: evidence(covered, (name) => read.namespaceLabels(name)),
      data: {
        optOuts: covered.filter(isOptOut).map(({ workload }) => ({ id: workload.resource, name: displayName(workload.data) })),
        unlabelled: unlabelledAmong(covered),
        place: where,
      },
    };
  },

  fix(context) {
    const { problem, resource, text } = context;
    const { optOuts, unlabelled, place } = problem.data as {
      optOuts: readonly { id: string; name: string }[];
      unlabelled: readonly string[];
      place: string;
    };
    const [optOut] = optOuts;
    const fixes: Fix[] = [
      ...(optOut && optOuts.length === 1 ? removeOptOut(optOut.id, context, optOut.name) : []),
      ...(unlabelled.length === 1 ? labelNamespace(unlabelled[0]!, context, ' first') : []),
    ];
    const mode = resource.root.get('spec.mtls.mode');
    if (mode) fixes.push({ title: `Go PERMISSIVE first for ${place}`, edits: [replaceValue(text, mode, 'PERMISSIVE')] });
    return fixes;
  },
});

/** Namespaces whose only fault it is that nobody labelled them. */
function unlabelledAmong(covered: readonly Proxyless[]): readonly string[] {
  const found = covered.flatMap(({ injection }) => (injection.why === 'namespace-unlabelled' ? (injection.decidedBy?.resource ?? []) : []));
  return [...new Set(found)];
}

function isOptOut({ injection }: Proxyless): boolean {
  return injection.why === 'pod-label' || injection.why === 'pod-annotation';
}

const REASONS: Partial<Record<Injection['why'], (proxyless: Proxyless) => string>> = {
  'pod-label': ({ workload }) => `the pod template of "${workload.data.name}" opts out here`,
  'pod-annotation': ({ workload }) => `the pod template of "${workload.data.name}" opts out here`,
  'host-network': ({ workload }) => `"${workload.data.name}" uses the node's network, which no sidecar can capture`,
  'namespace-disabled': ({ workload }) => `Namespace "${workload.data.namespace}" switches injection off here`,
  'namespace-unlabelled': ({ workload }) => `Namespace "${workload.data.namespace}" has no injection label`,
};

/** One line for each cause: an unlabelled Namespace is one, however many workloads it holds. */
function evidence(
  covered: readonly Proxyless[],
  namespaceNamed: (name: string) => Definition<NamespaceFacts> | undefined,
): readonly Evidence[] {
  const found = new Map<string, Evidence>();
  for (const proxyless of covered) {
    const message = REASONS[proxyless.injection.why]?.(proxyless);
    const at = proxyless.injection.decidedBy;
    if (message !== undefined && at && !found.has(message)) found.set(message, { at, message });
  }
  for (const it of covered) {
    // Who opts out of something: the Namespace that would have injected it.
    const place = isOptOut(it) && it.workload.data.namespace !== undefined ? namespaceNamed(it.workload.data.namespace) : undefined;
    const message = `"${it.workload.data.namespace}" is injected by default here`;
    if (place?.data.injectionRange && !found.has(message))
      found.set(message, { at: { resource: place.resource, range: place.data.injectionRange }, message });
  }
  for (const { workload } of covered) {
    const message = `${workload.data.kind} "${workload.data.name}"`;
    if (!found.has(message)) found.set(message, { at: workload, message });
  }
  return [...found.values()].slice(0, 5);
}
