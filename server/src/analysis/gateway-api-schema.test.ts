import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { analyze } from './analyze.js';
import type { Settings } from '../index/settings.js';
import { createSchemas } from '../schema/schemas.js';

const folder = new URL('../../../schemas/', import.meta.url);
const schemas = createSchemas((name) => {
  const file = new URL(name, folder);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
});

/** What the schemas say of a manifest. */
function told(text: string, settings: Settings = {}): readonly string[] {
  return analyze([{ uri: 'file:///a.yaml', text }], settings, { schemas })
    .diagnostics.filter((it) => it.category === 'schema')
    .map((it) => `${it.severity} ${it.path}: ${it.message}`);
}

const route = (rule: string): string => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: shop
  namespace: shop
spec:
  parentRefs:
  - name: public
  rules:
  - ${rule}
`;

test('a field of the experimental channel is named as one, unless the setting asks for it', () => {
  const text = route('retry: { attempts: 2 }');
  const message =
    'spec.rules[0].retry: "retry" is in the experimental channel only (gateway-api.channel). The API server rejects or drops it.';
  // Where nobody says which channel the cluster has, it may be this one.
  expect(told(text)).toEqual([`hint ${message}`]);
  expect(told(text, { 'gateway-api': { channel: 'standard' } })).toEqual([`error ${message}`]);
  expect(told(text, { world: 'closed' })).toEqual([`error ${message}`]);
  expect(told(text, { 'gateway-api': { channel: 'experimental' } })).toEqual([]);
});

test('a kind of the experimental channel is known with the setting only', () => {
  const text =
    'apiVersion: gateway.networking.x-k8s.io/v1alpha1\nkind: XMesh\nmetadata:\n  name: mesh\nspec:\n  controllerName: a.example/b\n';
  expect(told(text)).toHaveLength(1);
  expect(told(text)[0]).toContain('"XMesh" is in the experimental channel only');
  expect(told(text, { 'gateway-api': { channel: 'experimental' } })).toEqual([]);
});

test('conditions see defaults', () => {
  // Group and kind of a backend default to those of a Service, which needs a port.
  expect(told(route('backendRefs: [{ name: cart }]'))).toEqual([
    'error spec.rules[0].backendRefs[0]: A Service as backend needs a "port". The API server rejects it. Change or take out one of the fields.',
  ]);
  expect(told(route('backendRefs: [{ name: cart, port: 80 }]'))).toEqual([]);
  // Matches default to one of type PathPrefix, which a prefix can be replaced of.
  const rewrite = '{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: / } } }';
  expect(told(route(`filters: [${rewrite}]`))).toEqual([]);
  expect(told(route(`filters: [${rewrite}]\n    matches: [{ path: { type: Exact, value: /a } }]`))).toHaveLength(1);
});

test('of alternatives that the schema writes out, one has to hold', () => {
  const gateway = (address: string): string => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: public
  namespace: shop
spec:
  gatewayClassName: any
  addresses:
  - ${address}
  listeners:
  - { name: http, port: 80, protocol: HTTP }
`;
  expect(told(gateway('value: nowhere'))[0]).toContain('has to be an IPv4 or IPv6 address');
  expect(told(gateway('value: 192.0.2.1'))).toEqual([]);
  expect(told(gateway('value: "{{ .Values.address }}"'))).toEqual([]);
  expect(told(gateway('{ type: Hostname, value: shop.example.com }'))).toEqual([]);
});

test('a version that only a channel or an older release serves is a warning, and a hint where nobody says the channel', () => {
  const tcp = (version: string): string => `apiVersion: gateway.networking.k8s.io/${version}
kind: TCPRoute
metadata:
  name: db
  namespace: shop
spec:
  parentRefs: [{ name: public }]
  rules: [{ backendRefs: [{ name: db, port: 5432 }] }]
`;
  expect(told(tcp('v1'))).toEqual([]);
  expect(told(tcp('v1alpha2')).map((it) => it.split(' ')[0])).toEqual(['hint']);
  expect(told(tcp('v1alpha2'), { 'gateway-api': { channel: 'standard' } }).map((it) => it.split(' ')[0])).toEqual(['warning']);
  expect(told(tcp('v7')).map((it) => it.split(' ')[0])).toEqual(['error']);
});

test('every condition of the Gateway API has a message of ours', () => {
  const all = schemas.choosing({ channels: { 'gateway-api': 'experimental' } });
  const silent = new Set<string>();
  for (const group of ['gateway.networking.k8s.io', 'gateway.networking.x-k8s.io']) {
    for (const kind of all.kinds(group)) {
      const visit = (field: NonNullable<ReturnType<typeof all.root>>): void => {
        for (const rule of field.facts.rules ?? [])
          if (!rule.includes('oldSelf') && field.ruleMessage(rule) === undefined) silent.add(rule);
        for (const child of [...field.fields, ...(field.item ? [field.item] : [])]) visit(child);
      };
      for (const version of Object.keys(kind.versions)) visit(all.root(`${group}/${version}`, kind.kind)!);
    }
  }
  expect([...silent]).toEqual([]);
});

test('a workspace without a system reads nothing of it', () => {
  const fresh: string[] = [];
  const lazy = createSchemas((name) => {
    fresh.push(name);
    return readFileSync(new URL(name, folder), 'utf8');
  });
  const text = 'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata:\n  name: default\nspec:\n  mtls:\n    mode: STRICT\n';
  analyze(
    [
      { uri: 'file:///a.yaml', text },
      { uri: 'file:///b.yaml', text: 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: a\n' },
    ],
    {},
    { schemas: lazy },
  );
  expect(fresh.filter((name) => !name.startsWith('istio/') && !name.startsWith('kubernetes/'))).toEqual(['index.json']);
});
