import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseDocument } from '../yaml/parse.js';
import type { YamlMap } from '../yaml/node.js';
import { createSchemas } from './schemas.js';
import { fieldAt, fieldAtPath } from './walk.js';

const loaded: string[] = [];
const schemas = createSchemas((file) => {
  loaded.push(file);
  return readFileSync(new URL(`../../../schemas/${file}`, import.meta.url), 'utf8');
});

test('reads only the files of the groups that are asked for', () => {
  expect(schemas.root('nothing.example.com/v1', 'Thing')).toBeUndefined();
  schemas.root('telemetry.istio.io/v1', 'Telemetry');
  expect(loaded).toContain('istio/telemetry.istio.io.json');
  expect(loaded).not.toContain('istio/networking.istio.io.json');
});

test('knows a kind in the versions that exist', () => {
  expect(schemas.root('networking.istio.io/v1', 'VirtualService')?.typeName).toBe('VirtualService');
  expect(schemas.root('networking.istio.io/v9', 'VirtualService')).toBeUndefined();
  expect(schemas.root('networking.istio.io/v1', 'VirtualServices')).toBeUndefined();
  expect(schemas.kind('networking.istio.io', 'VirtualService')?.versions['v1']?.since).toBe('1.22');
});

test('tells types, enums, groups and the release that brought a field', () => {
  const root = schemas.root('networking.istio.io/v1', 'DestinationRule')!;
  const at = (path: string) => fieldAtPath(root, path.split('.'));
  expect(at('spec.host')).toMatchObject({ type: 'string', required: true, path: 'spec.host' });
  expect(at('spec.subsets.0.trafficPolicy.retryBudget')?.since).toBe('1.27');
  expect(at('spec.trafficPolicy.loadBalancer.simple')?.enum).toContain('ROUND_ROBIN');
  expect(at('spec.trafficPolicy.loadBalancer.simple')?.oneOf).toEqual(['simple', 'consistentHash', 'backendUtilization']);
  expect(at('spec.trafficPolicy.connectionPool.tcp.connectTimeout')?.typeName).toBe('duration');
  expect(at('spec.nothing.below')).toBeUndefined();
});

test('gives every object the fields of metadata', () => {
  const root = schemas.root('networking.istio.io/v1', 'Gateway')!;
  expect(root.fields.map((field) => field.name)).toEqual(['apiVersion', 'kind', 'metadata', 'spec', 'status']);
  expect(fieldAtPath(root, ['metadata', 'labels', 'app'])).toMatchObject({ type: 'string', path: 'metadata.labels.*' });
});

test('finds the field under the cursor, and the map in which another key would go', () => {
  const text = 'spec:\n  http:\n  - timeout: 5s\n    retries:\n      attempts: 3\n';
  const root = parseDocument(text).root as YamlMap;
  const at = (word: string) => fieldAt(schemas, root, 'networking.istio.io/v1', 'VirtualService', text.indexOf(word) + 1)!;
  expect(at('timeout')).toMatchObject({ onKey: true, field: { path: 'spec.http.*.timeout' }, mapField: { path: 'spec.http.*' } });
  expect(at('5s')).toMatchObject({ onKey: false, field: { path: 'spec.http.*.timeout' } });
  expect(at('attempts').field?.path).toBe('spec.http.*.retries.attempts');
  expect(at('attempts').mapField?.path).toBe('spec.http.*.retries');
});
