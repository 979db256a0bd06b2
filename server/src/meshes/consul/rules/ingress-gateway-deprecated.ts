import { defineRule } from '../../../rules/rule.js';

export const ingressGatewayDeprecated = defineRule({
  id: 'consul/ingress-gateway-deprecated',
  title: 'Ingress gateway, which is deprecated',
  severity: 'info',
  category: 'style',
  effect: 'It still works.',
  why: 'Ingress gateways are served still, and no longer worked on. The API Gateway does the same with Gateways and routes of Kubernetes.',
  remedy: 'Write a Gateway of class consul, and HTTPRoutes or TCPRoutes for it.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: IngressGateway
metadata: { name: public, namespace: shop }
spec:
  listeners:
  - { port: 8080, protocol: http, services: [{ name: web }] }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  gatewayClassName: consul
  listeners: [{ name: http, port: 8080, protocol: HTTP }]
`,
  },

  kinds: ['IngressGateway'],
  reads: {},

  *check({ resource }) {
    const kind = resource.root.get('kind');
    if (kind) yield { at: kind, message: 'IngressGateway is deprecated; the API Gateway replaces it.', tags: ['deprecated'] };
  },
});
