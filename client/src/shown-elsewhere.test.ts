import { expect, test } from 'vitest';
import { hasSchemaElsewhere, isOfSchema, isShownElsewhere, type Beside } from './shown-elsewhere.js';

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

test('the YAML extension explains our files where somebody gave it a schema for them', () => {
  const file = { text: 'kind: Service\n', path: '/work/k8s/cart.yaml', schemas: {}, disabled: [] };
  const has = (more: Partial<Parameters<typeof hasSchemaElsewhere>[0]>): boolean => hasSchemaElsewhere({ ...file, ...more });
  expect(has({})).toBe(false);
  expect(has({ text: '# yaml-language-server: $schema=https://example.com/service.json\nkind: Service\n' })).toBe(true);
  expect(has({ schemas: { kubernetes: 'k8s/*.yaml' } })).toBe(true);
  expect(has({ schemas: { kubernetes: ['/*.yaml'] } })).toBe(true);
  expect(has({ schemas: { kubernetes: ['charts/**/*.yaml'] } })).toBe(false);
  expect(has({ schemas: { kubernetes: ['*.yaml', '!**/cart.yaml'] } })).toBe(false);
  expect(has({ schemas: { kubernetes: '*.yaml' }, disabled: ['k8s/*'] })).toBe(false);
});

test('keys and enums come from a schema, names of the workspace do not', () => {
  expect(isOfSchema({ apiVersion: 'v1', kind: 'Service', path: ['spec'] })).toBe(true);
  expect(isOfSchema({ apiVersion: '', kind: '', path: [], text: 'A Service.' })).toBe(false);
  expect(isOfSchema(undefined)).toBe(false);
});
