import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routeParentServerRefInvalid } from './route-parent-server-ref-invalid.js';

test('takes a Server by its name alone', () => {
  check(
    routeParentServerRefInvalid,
    `
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec:
      parentRefs:
      - { group: policy.linkerd.io, kind: Server, name: a, port: 80 }
    #                                                      ^^^^ error linkerd/route-parent-server-ref-invalid 💡 "A Server as parent has no "port". The controller drops the whole route."
      - { group: policy.linkerd.io, kind: Server, name: b, sectionName: http }
    #                                                      ^^^^^^^^^^^ error linkerd/route-parent-server-ref-invalid 💡 "A Server as parent has no "sectionName". The controller drops the whole route."
      - { group: policy.linkerd.io, kind: Server, name: c, namespace: payments }
    #                                                      ^^^^^^^^^ error linkerd/route-parent-server-ref-invalid 💡 "A Server as parent is in the namespace of the route. The controller drops the whole route."
      - { group: policy.linkerd.io, kind: Server, name: d, namespace: shop }
      - { group: core, kind: Service, name: e, namespace: payments, port: 80 }

  `,
  );
});
