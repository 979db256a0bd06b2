import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { removedKind } from './removed-kind.js';

const POLICY = (mark: string) => `
    apiVersion: cilium.io/v2alpha1
    kind: CiliumBGPPeeringPolicy
${mark}
    metadata: { name: rack0 }
`;

test('reports kinds that are gone, not before they are', () => {
  check(removedKind, POLICY('    #     ^^^^^^^^^^^^^^^^^^^^^^ error cilium/removed-kind'));
  check(removedKind, POLICY(''), { settings: { cilium: { version: '1.18' } } });
});
