import { expect, test } from 'vitest';
import { conditionOnAll, holds } from './cel.js';

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
