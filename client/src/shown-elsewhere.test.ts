import { expect, test } from 'vitest';
import { isShownElsewhere, type Beside } from './shown-elsewhere.js';

const alone: Beside = { mode: 'auto', isSyntaxChecked: false, schemaLines: new Set() };

test('without the YAML extension we report syntax and schema', () => {
  expect(isShownElsewhere('yaml/syntax', 3, alone)).toBe(false);
  expect(isShownElsewhere('schema/unknown-field', 3, alone)).toBe(false);
});

test('syntax that the YAML extension reports is left to it', () => {
  const beside = { ...alone, isSyntaxChecked: true };
  expect(isShownElsewhere('yaml/syntax', 3, beside)).toBe(true);
  expect(isShownElsewhere('schema/unknown-field', 3, beside)).toBe(false);
});

test('a schema finding on the line of ours takes its place', () => {
  const beside = { ...alone, schemaLines: new Set([3]) };
  expect(isShownElsewhere('schema/unknown-field', 3, beside)).toBe(true);
  expect(isShownElsewhere('schema/unknown-field', 4, beside)).toBe(false);
});

test('what only we know is always shown', () => {
  const beside: Beside = { mode: 'off', isSyntaxChecked: true, schemaLines: new Set([3]) };
  expect(isShownElsewhere('istio/unknown-host', 3, beside)).toBe(false);
});

test('the setting decides: on shows ours, off never', () => {
  expect(isShownElsewhere('yaml/syntax', 3, { ...alone, mode: 'on', isSyntaxChecked: true })).toBe(false);
  expect(isShownElsewhere('schema/unknown-field', 3, { ...alone, mode: 'off' })).toBe(true);
});
