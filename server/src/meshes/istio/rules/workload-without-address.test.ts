import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { workloadWithoutAddress } from './workload-without-address.js';

test('warns of endpoints with nothing but a network', () => {
  check(
    workloadWithoutAddress,
    `
    kind: WorkloadEntry
    metadata: { name: cart, namespace: shop }
    spec: { network: a }
    #       ^^^^^^^ warning istio/workload-without-address
    ---
    kind: ServiceEntry
    metadata: { name: cart, namespace: shop }
    spec: { resolution: STATIC, endpoints: [{ network: a }, { network: a, address: 10.0.0.1 }, { network: a, address: "{{ .Values.a }}" }] }
    #                                         ^^^^^^^ warning istio/workload-without-address
  `,
  );
});
