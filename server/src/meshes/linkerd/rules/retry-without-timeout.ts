import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';
import { annotationSitesIn } from '../../kubernetes/annotation-sites.js';
import { parentsOf, REQUEST_ROUTES } from '../references.js';
import { isOutbound } from '../references.js';

export const retryWithoutTimeout = defineRule({
  id: 'linkerd/retry-without-timeout',
  title: 'Retries without a timeout',
  severity: 'info',
  category: 'pitfall',
  effect: 'A try that hangs is never given up, so it is not tried again either.',
  why: 'A request is tried again once a try has failed. Without a timeout a try that hangs does not fail, and the client waits as long as it lasts.',
  remedy: 'Set retry.linkerd.io/timeout for each try, or timeout.linkerd.io/request for all of them.',
  example: {
    bad: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, annotations: { retry.linkerd.io/http: 5xx } }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, annotations: { retry.linkerd.io/http: 5xx, retry.linkerd.io/timeout: 500ms } }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['Service', ...REQUEST_ROUTES],
  reads: {},

  *check({ resource }) {
    const { root, kind, annotations } = resource;
    const site = annotationSitesIn(resource, (name) => name === 'retry.linkerd.io/http' || name === 'retry.linkerd.io/grpc')[0];
    if (site === undefined || resource.partial) return;
    if (site.map.partial || site.map.entry('retry.linkerd.io/timeout') || site.map.entry('timeout.linkerd.io/request')) return;
    if (kind === 'HTTPRoute' && root.list('spec.rules.*.timeouts.request').length > 0) return;
    // What is misplaced is told as that.
    if (kind !== 'Service' && !isOutbound(parentsOf(resource))) return;
    if (kind === 'HTTPRoute' && !annotations.has('retry.linkerd.io/http')) return;
    if (kind === 'GRPCRoute' && !annotations.has('retry.linkerd.io/grpc')) return;
    yield { at: site.keyRange, message: 'Requests are tried again, and no timeout ends a try.' };
  },

  fix({ resource, text }) {
    const map = resource.root.map('metadata.annotations');
    return map ? [{ title: 'Set retry.linkerd.io/timeout: 1s', edits: [insertEntry(text, map, 'retry.linkerd.io/timeout', '1s')] }] : [];
  },
});
