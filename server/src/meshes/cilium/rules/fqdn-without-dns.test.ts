import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { fqdnWithoutDns } from './fqdn-without-dns.js';

const POLICY = `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: { matchLabels: { app: web } }
      egress:
      - toFQDNs: [{ matchName: api.example.org }]
`;
const dns = (selector: string, namespace = 'shop', rules = '{ dns: [{ matchPattern: "*" }] }') => `
    ---
    kind: CiliumNetworkPolicy
    metadata: { name: dns, namespace: ${namespace} }
    spec:
      endpointSelector: ${selector}
      egress: [{ toPorts: [{ ports: [{ port: "53" }], rules: ${rules} }] }]
`;
const REPORTED = `${POLICY}    #   ^^^^^^^ warning cilium/fqdn-without-dns 💡`;

test('reports names without DNS rules for the same pods', () => {
  check(fqdnWithoutDns, REPORTED);
  check(fqdnWithoutDns, REPORTED + dns('{ matchLabels: { app: cart } }'));
  check(fqdnWithoutDns, REPORTED + dns('{}', 'payments'));
  check(fqdnWithoutDns, REPORTED.replace('warning', 'info'), { world: 'open' });
});

test('a DNS rule in any policy for the pods will do', () => {
  check(fqdnWithoutDns, POLICY + dns('{}'));
  check(fqdnWithoutDns, POLICY + dns('{ matchLabels: { "k8s:app": web } }'));
  check(fqdnWithoutDns, POLICY + dns('{}').replace('CiliumNetwork', 'CiliumClusterwideNetwork').replace(', namespace: shop', ''));
});

test('offers a DNS rule', () => {
  checkFix(
    fqdnWithoutDns,
    POLICY,
    'Add a DNS rule to this policy',
    `${POLICY.trimEnd()}
      - toEndpoints:
        - matchLabels:
            k8s:io.kubernetes.pod.namespace: kube-system
            k8s-app: kube-dns
        toPorts:
        - ports:
          - port: "53"
            protocol: ANY
          rules:
            dns:
            - matchPattern: "*"
`,
  );
});
