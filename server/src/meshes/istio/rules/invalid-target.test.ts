import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
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

test('writes the group that the kind is in', () => {
  const yaml = (ref: string) => `
    kind: AuthorizationPolicy
    metadata: { name: a, namespace: shop }
    spec: { targetRefs: [{ ${ref} }], rules: [{}] }
  `;
  checkFix(
    invalidTarget,
    yaml('kind: Gate$0way, name: gate'),
    'Set group: gateway.networking.k8s.io',
    yaml('kind: Gateway, name: gate, group: gateway.networking.k8s.io'),
  );
  checkFix(
    invalidTarget,
    yaml('kind: Serv$0ic, group: "", name: cart'),
    'Change to "Service"',
    yaml('kind: Service, group: "", name: cart'),
  );
});
