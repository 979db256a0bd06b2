import { expect, test } from 'vitest';
import type { Json } from '../yaml/node.js';
import { compactCrds, compactDefinitions, type CompactOptions } from './compact.js';

const options: CompactOptions = { shapes: [], since: () => ({ versions: {}, paths: {} }), oldest: undefined };

function crd(spec: Json, more: { readonly [key: string]: Json } = {}): Json {
  return {
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { kind: 'Thing' },
      versions: ['v1', 'v1alpha1'].map((name) => ({
        name,
        ...(name === 'v1alpha1' && { deprecated: true, served: false }),
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec, status: { type: 'object', properties: { a: { type: 'string' } } } },
            ...more,
          },
        },
      })),
    },
  };
}

function specOf(spec: Json, given = options): Json {
  const { types } = compactCrds([crd(spec)], given);
  return types['Thing']!.fields!['spec'] as unknown as Json;
}

test('carries facts over and leaves prose behind', () => {
  const spec = specOf({
    type: 'object',
    description: 'Some prose.',
    required: ['a'],
    properties: { a: { type: 'string', description: 'More.', enum: ['X'], maxLength: 3 } },
  });
  expect(spec).toEqual({ type: 'object', required: ['a'], fields: { a: { type: 'string', enum: ['X'], maxLength: 3 } } });
});

test('versions with one schema share it, and what the controller writes takes anything', () => {
  const { kinds, types } = compactCrds([crd({ type: 'object', properties: {} })], options);
  expect(kinds[0]!.versions).toEqual({ v1: { type: 'Thing' }, v1alpha1: { type: 'Thing', served: false, deprecated: true } });
  expect(types['Thing']!.fields!['status']).toEqual({ type: 'object', open: true });
});

test('reads a oneOf with "none of them" as at most one, without it as exactly one', () => {
  const members = [{ required: ['a'] }, { required: ['b'] }];
  const atMost = { type: 'object', properties: {}, oneOf: [{ not: { anyOf: members } }, ...members] };
  expect(specOf(atMost)).toMatchObject({ oneOf: [['a', 'b']] });
  expect(specOf({ type: 'object', properties: {}, oneOf: members })).toMatchObject({ exactlyOne: [['a', 'b']] });
  expect(specOf({ type: 'object', properties: {}, allOf: [{ oneOf: atMost.oneOf }, { oneOf: members }] })).toMatchObject({
    oneOf: [['a', 'b']],
    exactlyOne: [['a', 'b']],
  });
});

test('keeps other combinations as they are', () => {
  expect(specOf({ type: 'string', anyOf: [{ pattern: 'a' }, { pattern: 'b', description: 'Prose.' }] })).toEqual({
    type: 'string',
    logic: { anyOf: [{ pattern: 'a' }, { pattern: 'b' }] },
  });
});

test('an int-or-string is a type of its own', () => {
  expect(specOf({ 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] })).toEqual({
    type: 'int-or-string',
  });
});

test('expressions that count fields become groups, others stay expressions', () => {
  const rule = (text: string): Json => ({ rule: text, message: 'Prose.' });
  expect(
    specOf({
      type: 'object',
      properties: {},
      'x-kubernetes-validations': [
        rule('(has(self.a) ? 1 : 0) + (has(self.b) ? 1 : 0) <= 1'),
        rule('has(self.c) != has(self.d)'),
        rule('self.a !=\n  ""'),
      ],
    }),
  ).toEqual({ type: 'object', fields: {}, oneOf: [['a', 'b']], exactlyOne: [['c', 'd']], rules: ['self.a != ""'] });
});

test('a repeated shape is written once, a named one under its name', () => {
  const port: Json = { type: 'object', required: ['number'], properties: { number: { type: 'integer', minimum: 1, maximum: 65535 } } };
  const spec: Json = { type: 'object', properties: { a: port, b: port } };
  const plain = compactCrds([crd(spec)], options);
  expect(plain.types['Thing']!.fields!['spec']).toEqual({ type: 'object', fields: { a: '_1', b: '_1' } });
  const named = compactCrds([crd(spec)], { ...options, shapes: [{ name: 'Port', at: 'Thing spec.b' }] });
  expect(named.types['Thing']!.fields!['spec']).toEqual({ type: 'object', fields: { a: 'Port', b: 'Port' } });
  const missing: string[] = [];
  compactCrds([crd(spec)], { ...options, shapes: [{ name: 'Port', at: 'Thing spec.c' }], onMissing: (it) => missing.push(it.at) });
  expect(missing).toEqual(['Thing spec.c']);
});

test('tells the release of a path once, at its first step', () => {
  const { kinds } = compactCrds([crd({ type: 'object', properties: {} })], {
    ...options,
    oldest: '1.20',
    since: () => ({
      versions: { v1: '1.22', v1alpha1: '1.20' },
      paths: { 'spec.a': '1.25', 'spec.a[]': '1.25', 'spec.a[].b': '1.25', 'spec.a[].c': '1.26', 'spec.m=X': '1.27' },
    }),
  });
  expect(kinds[0]!.since).toEqual({ 'spec.a': '1.25', 'spec.a.*.c': '1.26', 'spec.m=X': '1.27' });
  expect(kinds[0]!.versions['v1']!.since).toBe('1.22');
  expect(kinds[0]!.versions['v1alpha1']!.since).toBeUndefined();
});

test('reads JSON schema documents, and names shapes as they do', () => {
  const file = compactDefinitions(
    {
      kinds: [
        { apiVersion: 'v1', kind: 'Pod', definition: 'io.k8s.Pod', namespaced: true },
        { apiVersion: 'v1', kind: 'Node', definition: 'io.k8s.Node', namespaced: false },
      ],
      definitions: {
        'io.k8s.Pod': { type: 'object', properties: { spec: { description: 'Prose.', $ref: '#/definitions/io.k8s.PodSpec' } } },
        'io.k8s.PodSpec': {
          type: 'object',
          properties: { port: { $ref: '#/definitions/io.k8s.IntOrString' }, again: { $ref: '#/definitions/io.k8s.PodSpec' } },
        },
        'io.k8s.IntOrString': { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
        'io.k8s.Node': { type: 'object', properties: {} },
      },
    },
    (kind) => kind === 'Pod',
    options,
  );
  expect(file.kinds.map((it) => it.kind)).toEqual(['Pod']);
  expect(file.types).toEqual({
    Pod: { type: 'object', fields: { spec: 'PodSpec' } },
    PodSpec: { type: 'object', fields: { port: { type: 'int-or-string' }, again: { type: 'any' } } },
  });
});

test('places that share a name keep what each of them asks for', () => {
  const inner = { type: 'object', properties: { name: { type: 'string' } } };
  const spec = { type: 'object', properties: { strict: { ...inner, required: ['name'] }, lax: inner } };
  const shapes = ['Thing spec.strict', 'Thing spec.lax'].map((at) => ({ name: 'Named', at }));
  const { types } = compactCrds([crd(spec)], { ...options, shapes });
  expect(types['Thing']!.fields!['spec']).toMatchObject({ fields: { strict: 'Named', lax: 'Named~2' } });
  expect([types['Named']!.required, types['Named~2']!.required]).toEqual([['name'], undefined]);
});

test('an enum said twice is one enum', () => {
  const a = { type: 'string', allOf: [{ enum: ['X', 'Y'] }, { enum: ['Y', 'Z'] }] };
  expect(specOf({ type: 'object', properties: { a } })).toMatchObject({ fields: { a: { type: 'string', enum: ['Y'] } } });
});
