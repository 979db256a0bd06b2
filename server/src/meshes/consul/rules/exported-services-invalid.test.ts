import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { exportedServicesInvalid } from './exported-services-invalid.js';

test('services and their consumers', () => {
  check(
    exportedServicesInvalid,
    `
    kind: ExportedServices
    metadata: { name: default, namespace: shop }
    spec:
      services:
      - name: a
    #< error consul/exported-services-invalid
      - name: b
        consumers:
        - peer: east
          samenessGroup: all
    #< error consul/exported-services-invalid
        - peer: '*'
    #< error consul/exported-services-invalid
        - peer: west
  `,
  );
});

test('nothing exported', () => {
  check(
    exportedServicesInvalid,
    `
    kind: ExportedServices
    metadata: { name: default, namespace: shop }
    spec:
      services: []
    #< error consul/exported-services-invalid
  `,
  );
});
