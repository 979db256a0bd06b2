import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { routeNotAdmitted } from './route-not-admitted.js';

const gateway = (admission: string) => `
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: ingress }
    spec:
      listeners:
      - name: http
        port: 80
        protocol: HTTP${admission}
    ---
    kind: Namespace
    metadata: { name: shop, labels: { team: a } }
`;
const route = (mark = '') => `
    kind: HTTPRoute
    metadata: { name: storefront, namespace: shop }
    spec:
      parentRefs:
      - name: public
${mark}
        namespace: ingress
`;
const mark = (message: string) => `    #         ^^^^^^ error gateway-api/route-not-admitted "${message}"`;
const fixable = (message: string) => mark(message).replace(' "', ' 💡 "');
const selecting = (selector: string) => `\n        allowedRoutes: { namespaces: { from: Selector, selector: ${selector} } }`;

test('listeners admit routes of their own namespace by default', () => {
  const message = 'Listener "http" of Gateway "ingress/public" admits routes of its own namespace only. This route is ignored.';
  check(routeNotAdmitted, route(fixable(message)) + gateway(''));
  check(routeNotAdmitted, route().replace('namespace: shop', 'namespace: ingress') + gateway(''));
  check(routeNotAdmitted, route().replace(', namespace: shop', '') + gateway(''));
});

test('listeners admit what they say they do', () => {
  check(routeNotAdmitted, route() + gateway('\n        allowedRoutes: { namespaces: { from: All } }'));
  check(routeNotAdmitted, route() + gateway('\n        allowedRoutes: { namespaces: { from: "{{ .Values.from }}" } }'));
  check(routeNotAdmitted, route() + gateway(selecting('{ matchLabels: { team: a } }')));
  check(routeNotAdmitted, route() + gateway(selecting('{ matchExpressions: [{ key: team, operator: In, values: [a, b] }] }')));
  check(
    routeNotAdmitted,
    route(mark('Listener "http" of Gateway "ingress/public" admits routes of namespaces with certain labels only.')) +
      gateway(selecting('{ matchLabels: { team: b } }')),
  );
});

test('kinds that do not fit the listener are not admitted', () => {
  const http = route(mark('Listener "http" of Gateway "ingress/public" admits no TCPRoute, only "HTTPRoute" and "GRPCRoute".'));
  check(routeNotAdmitted, http.replace('kind: HTTPRoute', 'kind: TCPRoute') + gateway(''));
  check(
    routeNotAdmitted,
    route(mark('Listener "http" of Gateway "ingress/public" admits no HTTPRoute, only "GRPCRoute".')) +
      gateway('\n        allowedRoutes: { namespaces: { from: All }, kinds: [{ kind: GRPCRoute }] }'),
  );
});

test('a namespace whose labels are not at hand is not judged', () => {
  check(
    routeNotAdmitted,
    (route() + gateway(selecting('{ matchLabels: { team: b } }'))).replace('name: shop, labels', 'name: other, labels'),
  );
});

test('admits the namespace', () => {
  checkFix(
    routeNotAdmitted,
    route().replace('- name: public', '- name: pu$0blic') + gateway(''),
    'Admit routes from "shop" (workspace/main.yaml)',
    route() +
      gateway(
        '\n        allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { kubernetes.io/metadata.name: shop } } } }',
      ),
  );
});
