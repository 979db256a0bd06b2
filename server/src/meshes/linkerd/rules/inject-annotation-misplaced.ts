import { defineRule } from '../../../rules/rule.js';
import { insertEntry, quoteIfNeeded, removeEntry } from '../../../yaml/edit.js';
import { GROUP as GATEWAY_GROUP } from '../../gateway-api/references.js';
import { annotationSitesIn, podTemplate } from '../../kubernetes/annotation-sites.js';
import { POD_KINDS } from '../../kubernetes/pod-templates.js';
import { annotationFacts, isProxyConfig } from '../annotations.js';
import { INJECT } from '../injection.js';

const isWanted = (name: string): boolean => name === INJECT || isProxyConfig(name);

export const injectAnnotationMisplaced = defineRule({
  id: 'linkerd/inject-annotation-misplaced',
  title: 'Annotation for pods on something that makes pods',
  severity: 'warning',
  category: 'semantics',
  effect: 'It has no effect here.',
  why: 'The injector sees pods and their Namespace, not the Deployment that made them. What is for pods has to stand in the pod template; on Servers, policies and routes nobody reads it.',
  remedy: 'Move it to the pod template.',
  example: {
    bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop, annotations: { linkerd.io/inject: enabled } }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart }, annotations: { linkerd.io/inject: enabled } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: [
    ...POD_KINDS.filter((it) => it !== 'Pod'),
    'Server',
    'ServerAuthorization',
    'AuthorizationPolicy',
    'HTTPRoute',
    `${GATEWAY_GROUP}/HTTPRoute`,
    `${GATEWAY_GROUP}/GRPCRoute`,
  ],
  reads: {},

  *check({ resource }) {
    const template = podTemplate(resource);
    for (const { name, keyRange, value, isTemplate } of annotationSitesIn(resource, isWanted)) {
      if (isTemplate) continue;
      const there = template?.map('metadata.annotations')?.entry(name)?.value;
      if (there && value.text() !== undefined && (there.text() === value.text() || there.text() === undefined)) continue;
      yield {
        at: keyRange,
        message:
          template || resource.kind === 'CronJob'
            ? `"${name}" is for the pod template, not for a ${resource.kind}.`
            : `"${name}" is for pods, not for a ${resource.kind}.`,
        // Of a name that Linkerd does not know this is the only word there is.
        ...(POD_KINDS.includes(resource.kind) &&
          isProxyConfig(name) &&
          annotationFacts(name) === undefined && { peers: ['linkerd/annotation-unknown'] }),
        data: name,
      };
    }
  },

  fix({ resource, problem, text }) {
    const name = problem.data as string;
    const site = annotationSitesIn(resource, isWanted).find((it) => it.keyRange.start === problem.at.start);
    const removal = site && removeEntry(text, site.map, name);
    if (!site || !removal) return [];
    const metadata = podTemplate(resource)?.map('metadata');
    const value = site.value.text();
    const annotations = metadata?.map('annotations');
    const removing = { title: `Remove "${name}"`, edits: [removal] };
    if (!metadata || value === undefined || value.includes('\n') || annotations?.entry(name)) return [removing];
    const insertion = annotations
      ? insertEntry(text, annotations, name, quoteIfNeeded(value))
      : insertEntry(text, metadata, 'annotations', `${name}: ${quoteIfNeeded(value)}`);
    return [{ title: 'Move it to the pod template', preferred: true, edits: [removal, insertion] }, removing];
  },
});
