import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { egressWithoutDns } from './egress-without-dns.js';

const policy = (egress: string, mark = '    # ^^^^^^ warning cilium/egress-without-dns 💡', more = '') => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
${more}      endpointSelector: { matchLabels: { app: web } }
      egress:
${mark}
      - ${egress}
`;
const DB = '{ toEndpoints: [{ matchLabels: { app: db } }], toPorts: [{ ports: [{ port: "5432", protocol: TCP }] }] }';

test('reports pods that may not ask for names', () => {
  check(
    egressWithoutDns,
    policy(
      DB,
      '    # ^^^^^^ warning cilium/egress-without-dns 💡 "Egress of app=web is denied by default, and no policy in this workspace allows DNS. Names do not resolve."',
    ),
  );
  check(egressWithoutDns, policy(DB, '    # ^^^^^^ info cilium/egress-without-dns'), { world: 'open' });
  check(egressWithoutDns, policy('{ toPorts: [{ ports: [{ port: "53", protocol: TCP }] }] }'));
});

test.each([
  ['a port', '{ toPorts: [{ ports: [{ port: "53", protocol: UDP }] }] }'],
  ['every port', '{ toEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": kube-system } }] }'],
  ['the cluster', '{ toEntities: [cluster] }'],
  ['a range', '{ toPorts: [{ ports: [{ port: "1", endPort: 100 }] }] }'],
  ['nothing at all, which is meant', '{}'],
])('says nothing where %s is open', (_, egress) => {
  check(egressWithoutDns, policy(egress, ''));
});

test('other policies for the pods count, and so does a default that is off', () => {
  check(egressWithoutDns, policy(DB, '', '      enableDefaultDeny: { egress: false }\n'));
  check(
    egressWithoutDns,
    `${policy(DB, '')}    ---
    kind: CiliumNetworkPolicy
    metadata: { name: dns, namespace: shop }
    spec:
      endpointSelector: {}
      egress: [{ toPorts: [{ ports: [{ port: "53" }] }] }]
  `,
  );
});
