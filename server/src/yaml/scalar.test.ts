import { expect, test } from 'vitest';
import { isSubstituted, plainKey, resolvePlain } from './scalar.js';

// What Kubernetes makes of each, by sigs.k8s.io/yaml.
test.each([
  ['', null],
  ['~', null],
  ['null', null],
  ['Null', null],
  ['nULL', 'nULL'],
  ['yes', true],
  ['On', true],
  ['off', false],
  ['N', false],
  ['yEs', 'yEs'],
  ['0', 0],
  ['-12', -12],
  ['+1', 1],
  ['0777', 511],
  ['0o17', 15],
  ['08', 8],
  ['0x1F', 31],
  ['0b11', 3],
  ['1_000', 1000],
  ['1.50', 1.5],
  ['.5', 0.5],
  ['1e3', 1000],
  ['1e', '1e'],
  ['1.2.3', '1.2.3'],
  ['12:30', '12:30'],
  ['2024-01-01', '2024-01-01'],
  ['.inf', Number.POSITIVE_INFINITY],
  ['-.Inf', Number.NEGATIVE_INFINITY],
  ['.nan', Number.NaN],
  ['v1', 'v1'],
  ['-', '-'],
  ['10.0.0.1', '10.0.0.1'],
])('plain %s is %s', (text, expected) => {
  expect(resolvePlain(text)).toBe(expected);
});

test('keys are text', () => {
  expect(['8080', 'yes', '1.50', 'a.b/c', '0777'].map(plainKey)).toEqual(['8080', 'true', '1.5', 'a.b/c', '511']);
});

test.each([
  ['${X}', true],
  ['a-$(HOST):80', true],
  ['${X:-y}', true],
  ['$X', false],
  ['$(', false],
  ['${}', false],
  ['a$$b', false],
  ['$(1)', false],
])('%s is filled in elsewhere: %s', (text, expected) => {
  expect(isSubstituted(text)).toBe(expected);
});
