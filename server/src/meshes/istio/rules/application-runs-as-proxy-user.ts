import { toLabels } from '../../../model/selectors.js';
import type { Resource } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { isControlPlane } from '../injection.js';

const PROXY_USER = 1337;
const OWN_CONTAINERS: readonly string[] = ['istio-proxy', 'istio-operator'];

export const applicationRunsAsProxyUser = defineRule({
  id: 'istio/application-runs-as-proxy-user',
  title: 'Application runs with the user id of the proxy',
  severity: 'warning',
  category: 'pitfall',
  peers: ['IST0144'],
  effect: 'Its outbound traffic bypasses the sidecar.',
  why: "Traffic of user 1337 is not redirected to the sidecar, since it is taken for the sidecar's own. An application with that id talks past it: no mTLS, no routes, no policies.",
  remedy: 'Give the application another user id.',
  example: {
    bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec:
      securityContext: { runAsUser: 1337 }
      containers: [{ name: cart, image: example.org/cart:1 }]
`,
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec:
      securityContext: { runAsUser: 1000 }
      containers: [{ name: cart, image: example.org/cart:1 }]
`,
  },

  mentions: ['runAsUser'],
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod'],
  reads: {},

  *check({ resource }) {
    const spec = podSpec(resource);
    if (!spec || !runsAsProxyUser(spec) || isControlPlane(toLabels(resource.labels))) return;
    const containers = spec.list('containers.*');
    const applications = containers.filter((it) => !OWN_CONTAINERS.includes(it.text('name') ?? ''));
    // A pod of the proxy alone, such as a gateway, is the proxy's user for good reason.
    if (containers.length > 0 && applications.length === 0) return;
    const peers = resource.kind === 'Deployment' || resource.kind === 'Pod' ? ['IST0144'] : [];
    const ofPod = spec.get('securityContext.runAsUser');
    if (ofPod?.number() === PROXY_USER) yield { at: ofPod, peers, message: `These pods run as user ${PROXY_USER}, which is the proxy's.` };
    for (const container of applications) {
      const node = container.get('securityContext.runAsUser');
      if (node?.number() !== PROXY_USER) continue;
      yield { at: node, peers, message: `Container "${container.text('name') ?? ''}" runs as user ${PROXY_USER}, which is the proxy's.` };
    }
  },
});

/** Whether anything in pods runs as that user: mostly nothing does. */
function runsAsProxyUser(spec: YamlNode): boolean {
  return [spec, ...spec.list('containers.*')].some((it) => it.number('securityContext.runAsUser') === PROXY_USER);
}

function podSpec({ kind, root }: Resource): YamlNode | undefined {
  if (kind === 'Pod') return root.map('spec');
  return root.map(kind === 'CronJob' ? 'spec.jobTemplate.spec.template.spec' : 'spec.template.spec');
}
