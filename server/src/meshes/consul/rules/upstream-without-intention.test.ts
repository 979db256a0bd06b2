import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { upstreamWithoutIntention } from './upstream-without-intention.js';

test('upstreams under a default that denies', () => {
  check(
    upstreamWithoutIntention,
    `
    kind: ServiceIntentions
    metadata: { name: deny, namespace: shop }
    spec:
      destination: { name: '*' }
      sources: [{ name: '*', action: deny }]
    ---
    kind: ServiceIntentions
    metadata: { name: api, namespace: shop }
    spec:
      destination: { name: api }
      sources:
      - name: web
        action: allow
    ---
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-inject: 'true'
            consul.hashicorp.com/connect-service: web
            consul.hashicorp.com/connect-service-upstreams: 'api:1,db:2,far.svc.east.peer:3'
    #< warning consul/upstream-without-intention 💡 "No intention allows "web" to call "db"."
        spec: { containers: [{ name: web, image: web }] }
  `,
  );
});

test('without such a default nothing is said', () => {
  check(
    upstreamWithoutIntention,
    `
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec:
      template:
        metadata:
          annotations: { consul.hashicorp.com/connect-inject: 'true', consul.hashicorp.com/connect-service: web, consul.hashicorp.com/connect-service-upstreams: 'db:2' }
        spec: { containers: [{ name: web, image: web }] }
  `,
  );
});

test('pods of an unknown name are let in by nobody where nothing is about the upstream', () => {
  check(
    upstreamWithoutIntention,
    `
    kind: ServiceIntentions
    metadata: { name: deny, namespace: shop }
    spec:
      destination: { name: '*' }
      sources: [{ name: '*', action: deny }]
    ---
    kind: ServiceIntentions
    metadata: { name: api, namespace: shop }
    spec:
      destination: { name: api }
      sources: [{ name: somebody, action: allow }]
    ---
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-inject: 'true'
            consul.hashicorp.com/connect-service-upstreams: 'api:1,db:2'
    #                                                              ^^^^ warning consul/upstream-without-intention "No intention allows these pods to call "db". The upstream refuses every connection."
        spec: { containers: [{ name: web, image: web }] }
  `,
  );
});
