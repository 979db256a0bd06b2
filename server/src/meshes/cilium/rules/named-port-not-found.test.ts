import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { namedPortNotFound } from './named-port-not-found.js';

const policy = (port: string, mark = '', labels = 'app: web') => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: { matchLabels: { ${labels} } }
      ingress: [{ toPorts: [{ ports: [{ port: ${port}, protocol: TCP }] }] }]
${mark}
    ---
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec:
      template:
        metadata: { labels: { app: web } }
        spec: { containers: [{ name: web, ports: [{ name: http, containerPort: 8080 }] }] }
`;

test('reports names that no container port has', () => {
  check(
    namedPortNotFound,
    policy(
      'https',
      '    #                                         ^^^^^ warning cilium/named-port-not-found 💡 "No pod that this is about has a port "https" ("http" exists)."',
    ),
  );
  check(namedPortNotFound, policy('http'));
  check(namedPortNotFound, policy('"8081"'));
  check(namedPortNotFound, policy('https', '', 'app: other'));
});

test('for egress, those of the peers', () => {
  const egress = policy('x').replace(
    /ingress: .*/,
    'egress: [{ toEndpoints: [{ matchLabels: { app: web } }], toPorts: [{ ports: [{ port: grpc }] }] }]',
  );
  check(
    namedPortNotFound,
    egress.replace(
      '\n\n',
      '\n    #                                                                                      ^^^^ warning cilium/named-port-not-found 💡\n',
    ),
  );
  check(namedPortNotFound, egress.replace('toEndpoints: [{ matchLabels: { app: web } }]', 'toEntities: [cluster]'));
});

test('offers a port that exists', () => {
  checkFix(namedPortNotFound, policy('https'), 'Change to "http"', policy('http'));
});
