import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { networkCidrInvalid } from './network-cidr-invalid.js';

test('takes addresses and ranges, with bits below the prefix too', () => {
  check(
    networkCidrInvalid,
    `
    kind: NetworkAuthentication
    metadata: { name: a, namespace: shop }
    spec: { networks: [{ cidr: 10.0.0.0/33 }, { cidr: 10.1.2.3/8 }, { cidr: "::1" }, { cidr: localhost }, { cidr: "fd00::/8", except: ["fd00::/200"] }] }
    #                          ^^^^^^^^^^^ error linkerd/network-cidr-invalid ""10.0.0.0/33" is no address and no range such as 10.0.0.0/8. The webhook rejects it. Write an address such as 10.1.2.3, or a range such as 10.0.0.0/8."
    #                                                                                        ^^^^^^^^^ error linkerd/network-cidr-invalid ""localhost" is no address and no range such as 10.0.0.0/8. The webhook rejects it. Write an address such as 10.1.2.3, or a range such as 10.0.0.0/8."
    #                                                                                                                                  ^^^^^^^^^^^^ error linkerd/network-cidr-invalid ""fd00::/200" is no address and no range such as 10.0.0.0/8. The webhook rejects it. Write an address such as 10.1.2.3, or a range such as 10.0.0.0/8."
    ---
    kind: ServerAuthorization
    metadata: { name: b, namespace: shop }
    spec: { server: { selector: {} }, client: { unauthenticated: true, networks: [{ cidr: 10.0.0 }, { cidr: "0.0.0.0/0" }] } }
    #                                                                                     ^^^^^^ error linkerd/network-cidr-invalid ""10.0.0" is no address and no range such as 10.0.0.0/8. The webhook rejects it. Write an address such as 10.1.2.3, or a range such as 10.0.0.0/8."

  `,
  );
});
