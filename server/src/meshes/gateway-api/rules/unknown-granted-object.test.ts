import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownGrantedObject } from './unknown-granted-object.js';

const yaml = (to: string) => `
    kind: ReferenceGrant
    metadata: { name: from-shop, namespace: payments }
    spec:
      from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }]
      to:
      - ${to}
    ---
    kind: Service
    metadata: { name: payment, namespace: payments }
`;

test('reports objects that do not exist', () => {
  check(
    unknownGrantedObject,
    yaml(
      '{ group: "", kind: Service, name: paymnet }\n    #                                     ^^^^^^^ warning gateway-api/unknown-granted-object 💡 "No Service "payments/paymnet" exists ("payment" exists). This entry permits nothing."',
    ),
  );
  check(unknownGrantedObject, yaml('{ group: "", kind: Service, name: payment }'));
  check(unknownGrantedObject, yaml('{ group: "", kind: Service }'));
  check(unknownGrantedObject, yaml('{ group: example.org, kind: Backend, name: other }'));
});

test('in the open world, a Secret may be elsewhere', () => {
  check(unknownGrantedObject, yaml('{ group: "", kind: Secret, name: tls }'), { world: 'open' });
});

test('changes to the nearest object', () => {
  checkFix(
    unknownGrantedObject,
    yaml('{ group: "", kind: Service, name: pay$0mnet }'),
    'Change to "payment"',
    yaml('{ group: "", kind: Service, name: payment }'),
  );
});
