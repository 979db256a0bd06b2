import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidName } from './invalid-name.js';

test('reports names with dots and underscores', () => {
  check(
    invalidName,
    `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: shop.gateway, namespace: shop }
    #                 ^^^^^^^^^^^^ error istio/invalid-name ""shop.gateway" is no name for a Gateway: letters, digits and "-" only."
    ---
    kind: DestinationRule
    metadata: { name: cart.shop, namespace: shop }
    spec: { subsets: [{ name: V1-Blue }, { name: v1.2 }, { name: "" }, { name: "v{{ .Values.version }}" }] }
    #                                            ^^^^ error istio/invalid-name
    #                                                            ^^ error istio/invalid-name "The name of this subset is empty."
    ---
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { tcp: [{ route: [{ destination: { host: cart, subset: a_b } }] }] }
    #                                                            ^^^ error istio/invalid-name
    ---
    kind: ServiceEntry
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ name: http_1 }, { name: http-1 }] }
    #                       ^^^^^^ error istio/invalid-name
  `,
  );
});
