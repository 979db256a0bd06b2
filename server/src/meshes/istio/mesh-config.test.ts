import { expect, test } from 'vitest';
import { parseFixture } from '../../../../test/support/fixture.js';
import { createHost } from '../../analysis/analyze.js';
import type { Settings } from '../../index/settings.js';
import { meshConfig, type MeshConfig } from './mesh-config.js';

function configOf(yaml: string, settings: Settings = {}): MeshConfig {
  const host = createHost();
  host.setSettings(settings);
  host.apply(parseFixture(yaml).files.map(({ uri, text }) => ({ uri, text })));
  return host.look().get(meshConfig);
}

const operator = `
  apiVersion: install.istio.io/v1alpha1
  kind: IstioOperator
  metadata: { name: mesh }
  spec: { meshConfig: { rootNamespace: mesh-root, trustDomain: shop.example } }
`;

test('without any, the defaults hold', () => {
  expect(configOf('kind: Namespace\nmetadata: { name: shop }')).toMatchObject({
    source: undefined,
    rootNamespace: 'istio-system',
    trustDomain: 'cluster.local',
  });
});

test('is read from what an installer is given', () => {
  expect(configOf(operator)).toMatchObject({ source: 'workspace', rootNamespace: 'mesh-root', trustDomain: 'shop.example' });
  const sail = `
    apiVersion: sailoperator.io/v1
    kind: Istio
    metadata: { name: default }
    spec: { values: { meshConfig: { enableAutoMtls: false } } }
  `;
  expect(configOf(sail)).toMatchObject({ source: 'workspace', enableAutoMtls: false });
});

test('a template tells nothing', () => {
  expect(configOf(operator.replace('mesh-root', '"{{ .Values.root }}"'))).toMatchObject({
    source: undefined,
    rootNamespace: 'istio-system',
  });
});

test('a ConfigMap goes before an installer, and settings before both', () => {
  const map = `
  ---
  kind: ConfigMap
  metadata: { name: istio, namespace: istio-system }
  data: { mesh: "trustDomain: map.example" }
`;
  expect(configOf(operator + map).trustDomain).toBe('map.example');
  expect(configOf(operator + map, { istio: { trustDomain: 'set.example' } }).trustDomain).toBe('set.example');
  expect(configOf(operator, { istio: { meshConfigText: 'trustDomain: file.example' } }).trustDomain).toBe('file.example');
});
