import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { GROUP as GATEWAY_GROUP } from '../../gateway-api/references.js';
import { annotationSitesIn } from '../../kubernetes/annotation-sites.js';
import { POD_KINDS } from '../../kubernetes/pod-templates.js';
import { isRetryOrTimeout } from '../annotations.js';
import { ALL_ROUTES, isOf, parentsOf } from '../references.js';

const OTHER_KINDS = [
  'Server',
  'ServerAuthorization',
  'AuthorizationPolicy',
  'MeshTLSAuthentication',
  'NetworkAuthentication',
  'ServiceProfile',
];

export const retryAnnotationMisplaced = defineRule({
  id: 'linkerd/retry-annotation-misplaced',
  title: 'Annotation of retries or timeouts where Linkerd does not read it',
  severity: 'warning',
  category: 'semantics',
  effect: 'It has no effect here.',
  why: 'Retries and timeouts belong to calls, so they stand on what is called: a Service, an EgressNetwork, or an HTTPRoute or GRPCRoute that is attached to one of them. HTTP conditions do not apply to GRPCRoutes, nor those of gRPC to HTTPRoutes.',
  remedy: 'Move the annotation to the Service, or to a route of it.',
  example: {
    bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop, annotations: { timeout.linkerd.io/request: 5s } }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, annotations: { timeout.linkerd.io/request: 5s } }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: [
    ...POD_KINDS,
    ...ALL_ROUTES,
    ...OTHER_KINDS,
    'HTTPLocalRateLimitPolicy',
    'ExternalWorkload',
    'TrafficSplit',
    'Namespace',
    'ServiceAccount',
    'ConfigMap',
    'Ingress',
    `${GATEWAY_GROUP}/Gateway`,
  ],
  reads: {},

  *check({ resource }) {
    const sites = annotationSitesIn(resource, isRetryOrTimeout);
    if (sites.length === 0) return;
    const isRoute = resource.kind === 'HTTPRoute' || resource.kind === 'GRPCRoute';
    const list = resource.root.get('spec.parentRefs');
    const parents = parentsOf(resource);
    const isUnknown = list?.type === 'list' ? list.partial || parents.length < list.items.length : list !== undefined;
    // A Service of the wrong group is a problem of its own.
    const hasOutbound = isUnknown || parents.some((it) => it.sort === 'EgressNetwork' || isOf(it, it.group, 'Service'));
    for (const { name, keyRange, carrier, isTemplate } of sites) {
      const reason = !isRoute
        ? `${name} is read on a Service or a route, not on a ${isTemplate ? 'pod template' : carrier}.`
        : !hasOutbound
          ? `${name} needs a route that is attached to a Service or an EgressNetwork.`
          : name === 'retry.linkerd.io/http' && resource.kind === 'GRPCRoute'
            ? 'A GRPCRoute reads retry.linkerd.io/grpc, not retry.linkerd.io/http.'
            : name === 'retry.linkerd.io/grpc' && resource.kind === 'HTTPRoute'
              ? 'An HTTPRoute reads retry.linkerd.io/http, not retry.linkerd.io/grpc.'
              : undefined;
      if (reason !== undefined) yield { at: keyRange, message: reason, data: name };
    }
  },

  fix({ resource, problem, text }) {
    const name = problem.data as string;
    const site = annotationSitesIn(resource, isRetryOrTimeout).find((it) => it.keyRange.start === problem.at.start);
    const removal = site && removeEntry(text, site.map, name);
    return removal ? [{ title: `Remove "${name}"`, edits: [removal] }] : [];
  },
});
