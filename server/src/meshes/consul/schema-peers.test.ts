import { expect, test } from 'vitest';
import { analyzeWithSchemas } from '../../../../test/support/analyze.js';

const ids = (text: string): readonly string[] =>
  analyzeWithSchemas([{ uri: 'file:///a.yaml', text: `apiVersion: consul.hashicorp.com/v1alpha1\n${text}` }], {
    world: 'open',
  }).diagnostics.flatMap((it) => [it.rule, ...it.peers]);

test('what the schema reports bears the name that the rule would have', () => {
  expect(ids('kind: PeeringAcceptor\nmetadata: { name: a }\nspec: {}\n')).toEqual(['schema/required-field', 'consul/peering-invalid']);
  expect(ids('kind: ProxyDefaults\nmetadata: { name: global }\nspec: { config: text }\n')).toEqual([
    'schema/wrong-type',
    'consul/proxy-defaults-invalid',
  ]);
  expect(
    ids('kind: Registration\nmetadata: { name: a }\nspec: { node: external, address: db.example.com, service: { port: 1 } }\n'),
  ).toEqual(['schema/required-field', 'consul/registration-invalid']);
});

test('fields of no rule bear none', () => {
  expect(ids('kind: GatewayPolicy\nmetadata: { name: a }\nspec: {}\n')).toEqual(['schema/required-field']);
});
