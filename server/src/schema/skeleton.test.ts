import { expect, test } from 'vitest';
import { bundledSchemas } from '../hosts/schemas.js';
import type { YamlMap } from '../yaml/node.js';
import { parseDocument } from '../yaml/parse.js';
import { skeletonOf } from './skeleton.js';
import { validate } from './validate.js';

const schemas = bundledSchemas().choosing({ channels: { 'gateway-api': 'experimental' } });

test('every required field of every kind can be filled in so that the schema takes it', () => {
  const complaints: string[] = [];
  for (const { group, kind, versions } of schemas.groups().flatMap((it) => schemas.kinds(it))) {
    for (const version of Object.keys(versions).filter((it) => versions[it]!.served !== false)) {
      const apiVersion = group === '' ? version : `${group}/${version}`;
      const spec = skeletonOf(schemas.root(apiVersion, kind)!).replace(/^(apiVersion|kind|metadata):.*\n?( {2}.*\n)*/gm, '');
      const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: x\n${spec}\n`;
      const root = parseDocument(text).root as YamlMap;
      const findings = validate(schemas, {
        id: '',
        uri: 'file:///x.yaml',
        scope: '',
        apiVersion,
        group,
        version,
        kind,
        namespace: undefined,
        name: 'x',
        labels: new Map(),
        annotations: new Map(),
        partial: false,
        root,
      });
      // What an expression asks for in place of `required`, nobody can read off the schema.
      for (const it of findings.filter(({ code }) => code !== 'condition'))
        complaints.push(`${apiVersion} ${kind}: ${it.message}\n${text}`);
    }
  }
  expect(complaints).toEqual([]);
});
