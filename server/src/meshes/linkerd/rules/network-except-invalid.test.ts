import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { networkExceptInvalid } from './network-except-invalid.js';

test('wants exceptions smaller than their network, and within it', () => {
  check(
    networkExceptInvalid,
    `
    kind: NetworkAuthentication
    metadata: { name: a, namespace: shop }
    spec:
      networks:
      - { cidr: 10.0.0.0/8, except: [10.0.0.0/8, 10.1.0.0/16] }
    #                                ^^^^^^^^^^ error linkerd/network-except-invalid 💡 ""10.0.0.0/8" takes out all of "10.0.0.0/8". The webhook rejects it."
      - { cidr: 10.0.0.0/8, except: [192.168.0.0/16] }
    #                                ^^^^^^^^^^^^^^ error linkerd/network-except-invalid 💡 ""192.168.0.0/16" is no part of "10.0.0.0/8". The webhook rejects it."
      - { cidr: 10.0.0.0/8, except: ["fd00::/8"] }
    #                                ^^^^^^^^^^ error linkerd/network-except-invalid 💡 ""fd00::/8" is no part of "10.0.0.0/8". The webhook rejects it."
      - { cidr: 10.0.0.0/8, except: ["0.0.0.0/0"] }
    #                                ^^^^^^^^^^^ error linkerd/network-except-invalid 💡 ""0.0.0.0/0" takes out all of "10.0.0.0/8". The webhook rejects it."
      - { cidr: "fd00::/8", except: ["fd12::1"] }

  `,
  );
});
