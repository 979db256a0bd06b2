import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidTarget } from './invalid-target.js';

test('reports kinds that no policy can target', () => {
  check(
    invalidTarget,
    `
    kind: AuthorizationPolicy
    metadata: { name: a, namespace: shop }
    spec:
      targetRefs:
      - { kind: Pod, name: a }
    #           ^^^ error istio/invalid-target "No policy can target a Pod."
      - { kind: Gateway, name: a }
    #           ^^^^^^^ error istio/invalid-target "A Gateway that a policy can target is in group "gateway.networking.k8s.io"."
      - { kind: Service, name: a }
      - { group: core, kind: Service, name: a }
      - { group: "{{ .Values.group }}", kind: Other, name: a }
      - { group: networking.istio.io, kind: ServiceEntry, name: a }
  `,
  );
});
