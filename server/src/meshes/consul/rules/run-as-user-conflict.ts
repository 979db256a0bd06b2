import { defineRule } from '../../../rules/rule.js';
import { POD_KINDS, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { injectsByDefault } from '../settings.js';
import { isGateway, isInjected } from '../workloads.js';

export const runAsUserConflict = defineRule({
  id: 'consul/run-as-user-conflict',
  title: 'Application that runs as the user of the proxy',
  severity: 'error',
  category: 'schema',
  effect: 'Its pods are not created.',
  why: 'Traffic of user 5995 is that of the proxy, which is not redirected to it again. The webhook refuses applications with the same user.',
  remedy: 'Give the application another user; 5996 is that of the init container.',
  example: {
    bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web }
      annotations:
        consul.hashicorp.com/connect-inject: 'true'
    spec:
      containers: [{ name: web, image: shop/web:1, securityContext: { runAsUser: 5995 } }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web }
      annotations:
        consul.hashicorp.com/connect-inject: 'true'
    spec:
      containers: [{ name: web, image: shop/web:1, securityContext: { runAsUser: 1000 } }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: POD_KINDS,
  reads: { injectsByDefault },

  *check({ resource, read }) {
    const pods = podTemplateOf(resource);
    if (!pods || !isInjected(pods, read.injectsByDefault()) || isGateway(pods)) return;
    const users = ['securityContext.runAsUser', 'containers.*.securityContext.runAsUser'].flatMap((path) => pods.spec?.list(path) ?? []);
    const user = users.find((it) => it.number() === 5995);
    if (user) yield { at: user, message: 'User 5995 is that of the proxy.' };
  },
});
