import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { resolverSubsetInvalid } from './resolver-subset-invalid.js';

test('names and filters', () => {
  check(
    resolverSubsetInvalid,
    `
    kind: ServiceResolver
    metadata: { name: web, namespace: shop }
    spec:
      subsets:
        V1: {}
    #< error consul/resolver-subset-invalid 💡
        a:
          filter: Service.Meta.version = v1
    #< error consul/resolver-subset-invalid 💡 "This filter compares with "=", which is "==" here."
        b:
          filter: (Service.Meta.version == v1
    #< error consul/resolver-subset-invalid
        c:
          filter: Service.Meta.version ==
    #< error consul/resolver-subset-invalid
        d:
          filter: Service.Meta.version == "v1" and not ("canary" in Service.Tags or Service.Meta.x is empty)
        e:
          filter: Service.Meta.version == v2
        h:
          filter: Service.Meta["my-version"] == v2 and Service.Meta["x y"] is not empty
        f:
          filter: Service.Meta.version == "v1
    #< error consul/resolver-subset-invalid
        g:
          filter: Service.Meta.version
    #< error consul/resolver-subset-invalid
  `,
  );
});
