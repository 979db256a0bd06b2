import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { waypointWithoutAmbient } from './waypoint-without-ambient.js';

const cart = (labels: string) => `
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    #                 ^^^^ warning istio/waypoint-without-ambient ""cart" names waypoint "wp", and "cart" is not in ambient."
    spec: { template: { metadata: { labels: { ${labels} } } } }
    ---`;
const unmarked = (text: string) => text.replace(/^ {4}#.*\n/m, '');

test('reports a waypoint that no traffic takes', () => {
  check(waypointWithoutAmbient, `${cart('istio.io/use-waypoint: wp')}\n    kind: Namespace\n    metadata: { name: shop }`);
});

test('ambient, "none", and a Namespace that is not at hand are silent', () => {
  const ambient = '\n    kind: Namespace\n    metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }';
  check(waypointWithoutAmbient, unmarked(cart('istio.io/use-waypoint: wp')) + ambient);
  check(waypointWithoutAmbient, `${unmarked(cart('istio.io/use-waypoint: none'))}\n    kind: Namespace\n    metadata: { name: shop }`);
  check(waypointWithoutAmbient, unmarked(cart('istio.io/use-waypoint: wp')).replace(/\n {4}---$/, ''));
});
