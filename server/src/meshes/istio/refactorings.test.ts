import { expect, test } from 'vitest';
import { edit } from '../../../../test/support/editor.js';
import { withoutFilledIn } from '../../../../test/support/fixture.js';
import { refactorings } from '../../features/refactorings.js';
import { applyEdits } from '../../text/edit.js';

/** Titles on offer at `$0`. */
function titles(yaml: string): readonly string[] {
  const { snapshot, uri, offset } = edit(yaml);
  return refactorings(snapshot, uri, { start: offset, end: offset }).map((it) => it.title);
}

/** All files after a refactoring at `$0`. */
function refactored(yaml: string, title: string): string {
  const { snapshot, host, uri, offset } = edit(yaml);
  const found = refactorings(snapshot, uri, { start: offset, end: offset }).find((it) => it.title.startsWith(title));
  if (!found) throw new Error(`"${title}" is not offered`);
  return [...host.files()]
    .map((file) => withoutFilledIn(applyEdits(file.text, found.files.find((it) => it.uri === file.uri)?.edits ?? [])))
    .join('');
}

const deployment = (version: string): string => `
  ---
  apiVersion: apps/v1
  kind: Deployment
  metadata: { name: checkout-${version}, namespace: shop }
  spec: { template: { metadata: { labels: { app: checkout, version: ${version} } }, spec: { containers: [] } } }`;

const service = `
  ---
  apiVersion: v1
  kind: Service
  metadata: { name: checkout, namespace: shop }
  spec: { selector: { app: checkout }, ports: [{ name: http, port: 80 }] }`;

test('splits a route to a subset that a new version suggests, and defines it', () => {
  const after = refactored(
    `
  apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata: { name: checkout, namespace: shop }
  spec:
    hosts: [checkout]
    http:
    - name: default
      route:
      - destination:
          host: checkout$0
          subset: v1
          port:
            number: 80
  # file: rule.yaml
  apiVersion: networking.istio.io/v1
  kind: DestinationRule
  metadata: { name: checkout, namespace: shop }
  spec:
    host: checkout
    subsets:
    - name: v1
      labels:
        version: v1
  ${service.trimStart()}${deployment('v1')}${deployment('v2')}
  `,
    'Split: send 10 % of this route to new subset "v2", defined in DestinationRule "shop/checkout"',
  );
  expect(after).toContain(`    route:
    - destination:
        host: checkout
        subset: v1
        port:
          number: 80
      weight: 90
    - destination:
        host: checkout
        subset: v2
        port:
          number: 80
      weight: 10
`);
  expect(after).toContain(`  subsets:
  - name: v1
    labels:
      version: v1
  - name: v2
    labels:
      version: v2
`);
});

test('defines both subsets where a host has none yet', () => {
  const after = refactored(
    `
  apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata: { name: checkout, namespace: shop }
  spec:
    hosts: [checkout]
    http:
    - route: [{ destination: { host: checkout$0 } }]
  ${service.trimStart()}${deployment('v1')}${deployment('v2')}
  `,
    'Split: send 10 % of this route to new subset "v2", defined in a new DestinationRule',
  );
  expect(after).toContain(
    'route: [{ destination: { host: checkout, subset: v1 }, weight: 90 }, { destination: { host: checkout, subset: v2 }, weight: 10 }]',
  );
  expect(after).toContain(`kind: DestinationRule
metadata:
  name: checkout
  namespace: shop
spec:
  host: checkout
  subsets:
  - name: v1
    labels:
      version: v1
  - name: v2
    labels:
      version: v2
`);
});

test('offers no subset that no pod would carry, and nothing outside of a route', () => {
  const route = (where: string): string => `
  apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata: { name: checkout, namespace: shop }
  spec:
    hosts: [${where === 'hosts' ? 'check$0out' : 'checkout'}]
    http:
    - route: [{ destination: { host: checkout${where === 'route' ? '$0' : ''} } }]
  ${service.trimStart()}${deployment('v1')}
  `;
  expect(titles(route('route'))).toEqual([]);
  expect(titles(`${route('hosts')}${deployment('v2')}`)).toEqual([]);
});

test('shifts weights step by step, to the end and back', () => {
  const route = (stable: number, canary: number): string => `
  apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata: { name: checkout, namespace: shop }
  spec:
    hosts: [checkout]
    http:
    - route:
      - destination: { host: checkout, subset: v1 }
        weight: ${stable}
      - destination: { host: checkout, subset: v2$0 }
        weight: ${canary}
  `;
  expect(titles(route(90, 10))).toEqual(['Shift weights to 75/25', 'Shift all requests to "v2"', 'Shift all requests back']);
  expect(titles(route(25, 75))).toEqual(['Shift all requests to "v2"', 'Shift all requests back']);
  expect(titles(route(0, 100))).toEqual(['Shift all requests back']);
  // Weights are shares of their sum, whatever that is.
  expect(titles(route(3, 1))).toEqual(['Shift weights to 50/50', 'Shift all requests to "v2"', 'Shift all requests back']);
  expect(titles(route(0, 0))).toEqual([]);
  expect(refactored(route(90, 10), 'Shift weights to 75/25')).toContain(
    'weight: 75\n    - destination: { host: checkout, subset: v2 }\n      weight: 25',
  );
});
