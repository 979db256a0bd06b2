import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { gatewayApiTooOld } from './gateway-api-too-old.js';

const crd = (name: string, version: string, mark = ''): string => `
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: ${name}.gateway.networking.k8s.io
      annotations:
        gateway.networking.k8s.io/bundle-version: ${version}
${mark}`;

test('reports a CRD from before the release that Istio needs', () => {
  check(
    gatewayApiTooOld,
    crd(
      'tlsroutes',
      'v1.4.1',
      '    #                                             ^^^^^^ warning istio/gateway-api-too-old "This CRD is of Gateway API v1.4.1, and Istio reads tlsroutes from 1.5.0 on."',
    ),
  );
});

test('a pre-release of the needed release is new enough, and other CRDs are not compared', () => {
  check(gatewayApiTooOld, crd('tlsroutes', 'v1.5.0-rc.1'));
  check(gatewayApiTooOld, crd('tlsroutes', 'v1.10.0'));
  check(gatewayApiTooOld, crd('httproutes', 'v0.8.0'));
  check(gatewayApiTooOld, crd('tlsroutes', 'main'));
});
