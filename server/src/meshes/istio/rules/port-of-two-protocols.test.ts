import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { portOfTwoProtocols } from './port-of-two-protocols.js';

const services = (protocol: string) => `
    ---
    kind: Namespace
    metadata: { name: shop, labels: { istio-injection: enabled } }
    ---
    kind: Service
    metadata: { name: dns, namespace: shop }
    spec: { selector: { app: dns }, ports: [{ port: 53, protocol: TCP }] }
    ---
    kind: Service
    metadata: { name: dns-other, namespace: shop }
    spec: { selector: { app: dns }, ports: [{ port: 53, protocol: ${protocol} }] }`;

test('reports a port that is TCP here and UDP there', () => {
  check(
    portOfTwoProtocols,
    `
    kind: Deployment
    metadata: { name: resolver, namespace: shop }
    #                 ^^^^^^^^ warning istio/port-of-two-protocols "Port 53 is TCP and UDP in Services "dns" and "dns-other"."
    spec: { template: { metadata: { labels: { app: dns } } } }
    ${services('UDP').trimStart()}
    `,
  );
});

test('the same protocol, or a pod outside the mesh, is fine', () => {
  const deployment = (labels: string) => `
    kind: Deployment
    metadata: { name: resolver, namespace: shop }
    spec: { template: { metadata: { labels: { app: dns${labels} } } } }`;
  check(portOfTwoProtocols, deployment('') + services('TCP'));
  check(portOfTwoProtocols, deployment(', sidecar.istio.io/inject: "false"') + services('UDP'));
});
