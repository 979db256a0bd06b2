import { expect, test } from 'vitest';
import { isIp, isPort, isSubnet, isUnixPath } from './addresses.js';
import { complaintAboutDuration, isWholeSeconds } from './durations.js';
import { complaintAboutHeaderValue, isClaim, isMatchableHeader } from './headers.js';
import { complaintAboutLabelKey, isFqdn, isLabel, isLabelValue, isPartialWildcard, isWildDomain } from './names.js';
import { knownProtocol } from './ports.js';
import { complaintAboutRegex } from './regexes.js';

test.each([
  ['cart', true],
  ['V1-Blue', true],
  ['a.b', false],
  ['-a', false],
  ['a_b', false],
  ['a'.repeat(63), true],
  ['a'.repeat(64), false],
  ['', false],
])('label %s: %s', (text, expected) => {
  expect(isLabel(text)).toBe(expected);
});

test.each([
  ['cart.shop.svc.cluster.local', true, true],
  ['shop.example.com.', true, true],
  ['*.example.com', false, true],
  ['*-a.example.com', false, true],
  ['*', false, true],
  ['cart', true, true],
  ['cart.*.svc', false, false],
  ['10.0.0.1', false, false],
  ['a..b', false, false],
  ['', false, false],
  ['x_y.example.com', false, false],
])('host %s: a name %s, a pattern %s', (text, name, pattern) => {
  expect([isFqdn(text), isWildDomain(text)]).toEqual([name, pattern]);
});

test('tells a star that is no label of its own', () => {
  expect(['*shop.example.com', '*-shop.example.com', '*.example.com', '*'].map(isPartialWildcard)).toEqual([true, true, false, false]);
});

test.each([
  ['10.1.2.3', true, true],
  ['10.0.0.300', false, false],
  ['10.0.0', false, false],
  ['fe80::1%eth0', true, true],
  ['10.0.0.1/8', false, true],
  ['10.0.0.1/33', false, false],
  ['10.0.0.1/08', false, false],
  ['2001:db8::/32', false, true],
])('address %s: one %s, a range %s', (text, address, range) => {
  expect([isIp(text), isSubnet(text)]).toEqual([address, range]);
});

test('knows ports, sockets and protocols', () => {
  expect([0, 1, 65535, 65536, 1.5].map(isPort)).toEqual([false, true, true, false, false]);
  expect(['@a', '/run/x.sock', '/run/', 'run'].map(isUnixPath)).toEqual([true, true, false, false]);
  expect(['grpc-web', 'http', 'HBONE', ''].map(knownProtocol)).toEqual(['GRPC-Web', 'HTTP', undefined, undefined]);
});

test.each([
  ['1h30m', undefined],
  ['1.0005s', 'Istio counts in whole milliseconds'],
  ['1500us', 'Istio counts in whole milliseconds'],
  ['0.3s', undefined],
  ['1s100ms', undefined],
  // Words and what is below a millisecond are the business of the schema.
  ['soon', undefined],
  ['0s', undefined],
])('duration %s: %s', (text, expected) => {
  expect(complaintAboutDuration(text)).toBe(expected);
});

test('knows whole seconds', () => {
  expect(['24h', '1.5s', '1500ms', '2000ms'].map(isWholeSeconds)).toEqual([true, false, false, true]);
});

test.each([
  ['50%% %HOSTNAME% %REQ(X-B)%', true],
  ['%DYNAMIC_METADATA(["a", "b\\"c"])%', true],
  ['%REQ(X-B) %', true],
  ['50%', false],
  ['%REQ(X%', false],
  ['%REQ(X)a%', false],
  ['a\nb', false],
  ['a\tb', true],
])('header value %j: %s', (text, expected) => {
  expect(complaintAboutHeaderValue(text) === undefined).toBe(expected);
});

test.each([
  ['x-a', true],
  [':path', true],
  [':port', false],
  ['x a', false],
  ['@request.auth.claims.group', true],
  ['@request.auth.claims', false],
])('header %s: %s', (text, expected) => {
  expect(isMatchableHeader(text)).toBe(expected);
});

test('knows claims by dot and by bracket', () => {
  expect(['@request.auth.claims.', '@Request.Auth.Claims[a][b.c]', '@request.auth.claims[a'].map(isClaim)).toEqual([false, true, false]);
});

test.each([
  ['^/a(/|$)', true],
  ['(?i)a(?P<b>c)', true],
  ['[[:alpha:]]+\\p{L}\\z', true],
  ['[a', false],
  ['(a', false],
  ['*a', false],
  ['a(?!b)', false],
  ['(?<=a)b', false],
  ['(a)\\1', false],
  ['[(?!]', true],
  ['\\/a\\.b', true],
  ['a\\Z', false],
])('pattern %s: %s', (text, expected) => {
  expect(complaintAboutRegex(text) === undefined).toBe(expected);
});

test('knows keys and values of labels', () => {
  expect(['app', 'app.kubernetes.io/name', 'a b', '/a', 'a_b.c-d'].map((it) => complaintAboutLabelKey(it) === undefined)).toEqual([
    true,
    true,
    false,
    false,
    true,
  ]);
  expect(['', 'v1', 'a b', '-a'].map(isLabelValue)).toEqual([true, true, false, false]);
});
