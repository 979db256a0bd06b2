import { namespaceKey, type Resource } from '../../../model/resource.js';
import { defineRule, type Problem } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';
import { gateways, gatewaysIn } from '../../gateway-api/tables.js';
import { workloadKey, workloads } from '../../kubernetes/tables.js';
import { isWaypointName } from '../ambient.js';
import { namespaceLabels } from '../injection.js';
import { placeOfName } from '../places.js';

const USE_WAYPOINT = 'istio.io/use-waypoint';
/** Kinds that make pods. */
const PODS: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'];

export const unknownWaypoint = defineRule({
  id: 'istio/unknown-waypoint',
  title: 'Label names a waypoint that does not exist',
  severity: 'error',
  category: 'reference',
  peers: ['KIA1313'],
  effect: 'No waypoint sees this traffic.',
  why: 'The label istio.io/use-waypoint names a Gateway of the Gateway API, in the same namespace unless istio.io/use-waypoint-namespace says otherwise. Without that Gateway nothing enforces policies or routes for requests.',
  remedy: 'Correct the name, or deploy the waypoint.',
  otherTools: 'Kiali reports workloads only.',
  example: {
    bad: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, labels: { istio.io/use-waypoint: wayponit } }
spec: { ports: [{ name: http, port: 80 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`,
    good: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, labels: { istio.io/use-waypoint: waypoint } }
spec: { ports: [{ name: http, port: 80 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`,
  },

  workspaceMentions: ['use-waypoint'],
  kinds: ['Namespace', 'Service', 'ServiceEntry', 'Deployment', 'StatefulSet', 'DaemonSet', 'Pod'],
  reads: { gateways, gatewaysIn, namespaceLabels, workloads },

  *check({ resource, read }) {
    // Most have no such label, nor their namespace: facts tell, and the document is not read again.
    const isPods = PODS.includes(resource.kind);
    const labels = isPods ? read.workloads(workloadKey(resource)).find((it) => it.resource === resource.id)?.data.labels : undefined;
    const isLabelled = isPods ? labels === undefined || USE_WAYPOINT in labels : resource.labels.has(USE_WAYPOINT);
    const ofPlace = isPods ? read.namespaceLabels(namespaceKey(resource.namespace))?.data.labels[USE_WAYPOINT] : undefined;
    if (!isLabelled && !isWaypointName(ofPlace)) return;
    const node = labelNode(resource);
    if (node === undefined) {
      yield* ofNamespace();
      return;
    }
    const name = node.text();
    const namespace = placeOfWaypoint(resource);
    if (!isWaypointName(name) || name === undefined || namespace === undefined) return;
    if (read.gateways(`${namespace}/${name}`).length > 0 || read.gateways(`?/${name}`).length > 0) return;
    const here = read.gatewaysIn(namespace);
    const near = nearest(
      name,
      here.map((it) => it.data.name),
    );
    yield {
      at: node,
      certainty: near !== undefined ? 'near' : here.length > 0 ? 'owned' : 'unseen',
      peers: ['Namespace', 'Service', 'ServiceEntry'].includes(resource.kind) ? [] : ['KIA1313'],
      message: `No Gateway "${namespace}/${name}" exists${near === undefined ? '' : ` ("${near}" exists)`}.`,
      related: here.filter((it) => it.data.name === near).map((it) => ({ at: it, message: `Gateway "${it.data.name}" is defined here` })),
      ...(near !== undefined && { data: near }),
    };

    /** What has no label of its own follows its namespace, where it is told once; Kiali tells each workload. */
    function* ofNamespace(): Generator<Problem> {
      const own = namespaceKey(resource.namespace);
      const labels = read.namespaceLabels(own)?.data.labels ?? {};
      const name = labels[USE_WAYPOINT];
      if (!PODS.includes(resource.kind) || resource.partial || !isWaypointName(name)) return;
      const map = labelMap(resource);
      const mode = map?.type === 'map' ? map.entry('istio.io/dataplane-mode')?.value.text() : undefined;
      const namespace = labels[`${USE_WAYPOINT}-namespace`] ?? own;
      if (mode === 'none' || [namespace, '?'].some((it) => read.gateways(`${it}/${name}`).length > 0)) return;
      yield {
        at: placeOfName(resource),
        severity: 'hint',
        certainty: 'unseen',
        peers: ['KIA1313'],
        message: `No Gateway "${namespace}/${name}" exists, through which Namespace "${own}" sends this.`,
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = labelNode(resource);
    const near = problem.data as string | undefined;
    return node && near !== undefined ? [{ title: `Change to "${near}"`, preferred: true, edits: [replaceValue(text, node, near)] }] : [];
  },
});

/** Pods carry the labels of their template. */
function labelMap({ kind, root }: Resource): YamlNode | undefined {
  return root.map(['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind) ? 'spec.template.metadata.labels' : 'metadata.labels');
}

function labelNode(resource: Resource): YamlNode | undefined {
  const map = labelMap(resource);
  return map?.type === 'map' ? map.entry(USE_WAYPOINT)?.value : undefined;
}

function placeOfWaypoint(resource: Resource): string | undefined {
  const map = labelMap(resource);
  const written = map?.type === 'map' ? map.entry(`${USE_WAYPOINT}-namespace`)?.value : undefined;
  if (written) return written.text();
  return resource.kind === 'Namespace' ? resource.name : resource.namespace;
}
