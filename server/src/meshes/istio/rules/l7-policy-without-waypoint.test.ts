import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { l7PolicyWithoutWaypoint } from './l7-policy-without-waypoint.js';

const world = (namespace = '', service = '') => `
    ---
    kind: Namespace
    metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient${namespace} } }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop, labels: { app: cart${service} } }`;

const policy = (spec: string) => `
    kind: AuthorizationPolicy
    metadata: { name: access, namespace: shop }
    spec: { ${spec} }`;
const PATHS = 'rules: [{ to: [{ operation: { paths: [/a] } }] }]';
const TARGET = 'targetRefs: [{ kind: Service, group: "", name: cart }]';

test('reports policies for requests that no waypoint sees', () => {
  const mark = '    #                 ^^^^^^ warning istio/l7-policy-without-waypoint';
  const marked = (spec: string) => policy(spec).replace(/(metadata:.*)\n/, `$1\n${mark}\n`);
  check(l7PolicyWithoutWaypoint, marked(PATHS) + world());
  check(l7PolicyWithoutWaypoint, marked(`${TARGET}, ${PATHS}`) + world());
  check(l7PolicyWithoutWaypoint, marked(`${TARGET}, ${PATHS}`) + world(', istio.io/use-waypoint: wp', ', istio.io/use-waypoint: none'));
});

test('enrolled targets, connection policies and sidecar namespaces are fine', () => {
  check(l7PolicyWithoutWaypoint, policy(`${TARGET}, ${PATHS}`) + world('', ', istio.io/use-waypoint: wp'));
  check(l7PolicyWithoutWaypoint, policy(PATHS) + world(', istio.io/use-waypoint: wp'));
  check(l7PolicyWithoutWaypoint, policy('rules: [{ to: [{ operation: { ports: ["80"] } }] }]') + world());
  check(l7PolicyWithoutWaypoint, policy(`targetRefs: [{ kind: Gateway, name: wp }], ${PATHS}`) + world(', istio.io/use-waypoint: wp'));
  check(l7PolicyWithoutWaypoint, policy(PATHS));
});

test('leads the Namespace through the waypoint at hand', () => {
  const gateway = `
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: wp, namespace: shop }
    spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }`;
  checkFix(
    l7PolicyWithoutWaypoint,
    policy(PATHS).replace('access', 'acc$0ess') + world() + gateway,
    'Use waypoint "wp" for Namespace "shop"',
    policy(PATHS) + world(', istio.io/use-waypoint: wp') + gateway,
  );
});
