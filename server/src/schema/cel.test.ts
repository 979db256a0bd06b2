import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseDocument } from '../yaml/parse.js';
import { celValue, concerns, conditionOnAll, holds } from './cel.js';
import { createSchemas } from './schemas.js';

test('evaluates what CRDs use', () => {
  const rule =
    'has(self.portLevelMtls) ? (((has(self.selector) && has(self.selector.matchLabels)) ? self.selector.matchLabels : {}).size() > 0) : true';
  expect(holds(rule, { self: {} })).toBe(true);
  expect(holds(rule, { self: { portLevelMtls: { '80': {} } } })).toBe(false);
  expect(holds(rule, { self: { portLevelMtls: { '80': {} }, selector: { matchLabels: { app: 'a' } } } })).toBe(true);
  expect(holds('url(self).getScheme() in ["http", "https"]', { self: 'https://example.com/keys' })).toBe(true);
  expect(holds('url(self).getScheme() in ["http", "https"]', { self: 'ftp://example.com/keys' })).toBe(false);
  expect(holds('self.all(key, size(key) < 63 && key.matches("^[a-z]+$"))', { self: { a: 1n, b2: 2n } })).toBe(false);
  expect(holds('has(self[0].port)', { self: [{ port: 1n }] })).toBe(true);
});

test('an expression that fails does not hold', () => {
  expect(holds('self.all(key, 0 < int(key) && int(key) <= 65535)', { self: { http: {} } })).toBe(false);
  expect(holds('self.value != ""', { self: {} })).toBe(false);
});

test('what cannot be told offline is left undecided', () => {
  expect(holds('self == oldSelf', { self: 1n })).toBeUndefined();
  expect(holds('authorizer.path("/x").check("get").allowed()', { self: 1n })).toBeUndefined();
  expect(holds('self.matches("(?=a)b")', { self: 'a' })).toBeUndefined();
  expect(holds('self.matches("(?s)a.b")', { self: 'a\nb' })).toBe(true);
  expect(holds('format.dns1123Label().validate(self) == null', { self: 'a-b' })).toBe(true);
  expect(holds('format.dns1123Label().validate(self) == null', { self: 'A.b' })).toBe(false);
  expect(holds('format.uri().validate(self) == null', { self: 'a' })).toBeUndefined();
  expect(holds('self.matches("\\\\PC")', { self: 'a' })).toBe(true);
  expect(holds('(((', { self: 1n })).toBeUndefined();
});

test('takes a condition on all items apart', () => {
  expect(conditionOnAll('self.all(l1, self.exists_one(l2, l1.number == l2.number))')).toEqual({
    name: 'l1',
    condition: 'self.exists_one(l2, l1.number == l2.number)',
  });
  expect(conditionOnAll('self.all(a, a) || self.all(b, b)')).toBeUndefined();
});

test('knows without evaluating where no two items are equal', () => {
  const rule = 'self.all(l1, self.exists_one(l2, l1.number == l2.number))';
  const lists = [
    [],
    [{ number: 80n }],
    [{ number: 80n }, { number: 81n }],
    [{ number: 80n }, { number: 80n }],
    [{ number: 'a' }, { number: 'b' }],
    [{ number: 'a' }, { number: 'a' }],
    [{ number: 80n }, { number: '80' }],
    [{ number: 80n }, { number: 80 }],
    [{ number: 80n }, { name: 'http' }],
    [{ name: 'http' }],
    [80n],
  ];
  // As a part of a longer expression it is evaluated.
  for (const self of lists) expect([self, holds(rule, { self })]).toEqual([self, holds(`true && ${rule}`, { self })]);
});

test('knows without evaluating what the commonest expressions say', () => {
  const values = ['', '*', 'a*b', 'a', 1n, null, {}, { '*': 'a' }, { a: '*' }, { '': 'a' }, { a: 'b', 'b*': 'c' }, [], ['*'], ['']];
  for (const rule of ['!self.contains("*")', 'self != "*"', 'self.all(key, !key.contains("*"))', 'self.all(key, key.size() != 0)'])
    // As a part of a longer expression it is evaluated.
    for (const self of values) expect([rule, self, holds(rule, { self })]).toEqual([rule, self, holds(`true && ${rule}`, { self })]);
});

test('an expression holds for what it is not about', () => {
  const schemas = createSchemas((file) => readFileSync(new URL(`../../../schemas/${file}`, import.meta.url), 'utf8'));
  const passedOver = (apiVersion: string, kind: string, path: string, text: string) => {
    let field = schemas.root(apiVersion, kind)!;
    for (const step of path.split('.')) field = step === '*' ? field.item! : field.child(step)!;
    const node = parseDocument(text).root!;
    const without = field.facts.rules!.filter((rule) => !concerns(rule, node, field));
    for (const rule of without) expect([rule, text, holds(rule, { self: celValue(node, field)! })]).toEqual([rule, text, true]);
    return without.length;
  };
  const ofEntry = (text: string) => passedOver('networking.istio.io/v1', 'ServiceEntry', 'spec', `hosts: [example.com]\n${text}`);
  expect(ofEntry('resolution: DNS')).toBe(3);
  expect(ofEntry('resolution: NONE')).toBe(2);
  expect(ofEntry('resolution: NONE\nendpoints: [{ address: 10.0.0.1 }]')).toBe(2);
  expect(ofEntry('endpoints: [{ address: 10.0.0.1 }]')).toBe(2);
  expect(ofEntry('resolution: DNS_ROUND_ROBIN\naddresses: [10.0.0.0/8]')).toBe(1);
  expect(ofEntry('resolution: 5\naddresses: null')).toBe(0);
  const ofSource = (text: string) => passedOver('security.istio.io/v1', 'AuthorizationPolicy', 'spec.rules.*.from.*.source', text);
  expect(ofSource('principals: [a]')).toBe(1);
  expect(ofSource('principals: [a]\nserviceAccounts: [b]')).toBe(0);
  expect(ofSource('notServiceAccounts: [b]')).toBe(0);
  // A field that has a value where nobody writes one is there all the same.
  const ofMethod = (text: string) => passedOver('gateway.networking.k8s.io/v1', 'GRPCRoute', 'spec.rules.*.matches.*.method', text);
  expect(ofMethod('service: a')).toBe(0);
});
