import { expect, test } from 'vitest';
import { analyze, createHost } from '../analysis/analyze.js';
import { diagnosticsOf } from '../analysis/diagnostics.js';
import { toJson } from '../yaml/json.js';
import { parseDocument } from '../yaml/parse.js';
import { filled, helmValues } from './helm.js';

const values = helmValues(
  'name: shop\nappVersion: "1.2"',
  ['host: cart\nport: 80\nnested: { live: true, empty: "" }', 'port: 8080'],
  'shop',
);

/** A template filled in; undefined for what stays unknown. */
function fill(template: string): unknown {
  const root = filled(parseDocument(`a: ${template}`).root!, values);
  const node = root.get('a')!;
  return node.type === 'scalar' && node.opaque ? undefined : toJson(node);
}

test('simple paths are filled in, with values of the later file', () => {
  expect(fill('{{ .Values.host }}')).toBe('cart');
  expect(fill('{{ .Values.port }}')).toBe(8080);
  expect(fill('{{ .Values.port | quote }}')).toBe('8080');
  expect(fill('"{{ .Values.port }}"')).toBe('8080');
  expect(fill('{{- .Values.host -}}.{{ .Release.Namespace }}.svc')).toBe('cart.shop.svc');
  expect(fill('{{ .Chart.Name }}-{{ .Chart.AppVersion }}')).toBe('shop-1.2');
  expect(fill('{{ .Values.nested.live }}')).toBe(true);
  expect(fill('{{ .Values.none | default "web" }}')).toBe('web');
});

test('what no file tells, and what is more than a path, stays unknown', () => {
  expect(fill('{{ .Values.none }}')).toBeUndefined();
  expect(fill('{{ .Values.nested.empty }}')).toBeUndefined();
  expect(fill('{{ .Values.nested }}')).toBeUndefined();
  expect(fill('{{ .Release.Name }}')).toBeUndefined();
  expect(fill('{{ include "shop.name" . }}')).toBeUndefined();
  expect(fill('{{ .Values.host }}-{{ include "shop.name" . }}')).toBeUndefined();
  expect(fill('{{ if .Values.host }}a{{ end }}')).toBeUndefined();
});

const chart = {
  'shop/Chart.yaml': 'name: shop',
  'shop/values.yaml': 'backend: checkout',
  'shop/templates/all.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: routes, namespace: shop }
spec:
  hosts: [checkout]
  http:
  - route:
    - destination:
        host: {{ .Values.backend }}
---
apiVersion: v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
};
const filesOf = (tree: Readonly<Record<string, string>>) =>
  Object.entries(tree).map(([path, text]) => ({ uri: `file:///w/${path}`, text }));
const unknown = (found: readonly { rule: string; scopes?: readonly string[] }[]): unknown =>
  found.filter((it) => it.rule === 'istio/unknown-host').map((it) => it.scopes);

test('values of environments are scopes of the chart', () => {
  const tree = { ...chart, 'shop/values-dev.yaml': '{}', 'shop/values-prod.yaml': 'backend: checkuot' };
  expect(unknown(analyze(filesOf(chart), { world: 'closed' }).diagnostics)).toEqual([]);
  expect(unknown(analyze(filesOf(tree), { world: 'closed' }).diagnostics)).toEqual([['prod']]);
});

test('an edit of the values is followed', () => {
  const host = createHost();
  host.setSettings({ world: 'closed' });
  host.apply(filesOf(chart));
  const template = 'file:///w/shop/templates/all.yaml';
  expect(unknown(diagnosticsOf(host, template))).toEqual([]);
  host.apply([{ uri: 'file:///w/shop/values.yaml', text: 'backend: gone' }]);
  expect(unknown(diagnosticsOf(host, template))).toHaveLength(1);
  host.apply([{ uri: 'file:///w/shop/values.yaml', text: undefined }]);
  expect(unknown(diagnosticsOf(host, template))).toEqual([]);
});

const release = (name: string, values: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: flux }
spec:
  targetNamespace: shop
  chart: { spec: { chart: ./shop } }
${values}`;

test('what a HelmRelease says goes over the values of the chart', () => {
  const found = (files: Readonly<Record<string, string>>) =>
    unknown(analyze(filesOf({ ...chart, ...files }), { world: 'closed' }).diagnostics);
  expect(found({ 'flux/a.yaml': release('a', '  values: { backend: gone }') })).toEqual([['shop']]);
  expect(found({ 'flux/a.yaml': release('a', '  values: { other: gone }') })).toEqual([]);
  // What a Secret says, nobody sees.
  expect(found({ 'flux/a.yaml': release('a', '  valuesFrom: [{ kind: Secret, name: values }]\n  values: { other: 1 }') })).toEqual([]);
});

test('values from a ConfigMap are those of the file next to it, or of the generator', () => {
  const found = (files: Readonly<Record<string, string>>) =>
    unknown(analyze(filesOf({ ...chart, ...files }), { world: 'closed' }).diagnostics);
  const from = release('a', '  valuesFrom: [{ kind: ConfigMap, name: shop-values }]');
  const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop-values }\ndata:\n  values.yaml: |\n    backend: gone\n';
  expect(found({ 'flux/a.yaml': `${from}\n---\n${configMap}` })).toEqual([['shop']]);
  expect(
    found({
      'flux/a.yaml': from,
      'flux/kustomization.yaml': 'resources: [a.yaml]\nconfigMapGenerator: [{ name: shop-values, files: [values.yaml=mine.yaml] }]\n',
      'flux/mine.yaml': 'backend: gone\n',
    }),
  ).toEqual([['shop']]);
  // Not at hand: nothing is known.
  expect(found({ 'shop/values.yaml': 'backend: gone', 'flux/a.yaml': from })).toEqual([]);
});

test('a chart that is installed more than once is a scope each time', () => {
  const files = { 'flux/a.yaml': release('a', '  values: { backend: gone }'), 'flux/b.yaml': release('b', '') };
  expect(unknown(analyze(filesOf({ ...chart, ...files }), { world: 'closed' }).diagnostics)).toEqual([['shop-a']]);
});

test('a chart within another takes its values from that one', () => {
  const inner = Object.fromEntries(Object.entries(chart).map(([path, text]) => [`all/charts/${path}`, text]));
  const found = (values: string) =>
    unknown(analyze(filesOf({ ...inner, 'all/Chart.yaml': 'name: all', 'all/values.yaml': values }), { world: 'closed' }).diagnostics);
  expect(found('backend: gone')).toEqual([]);
  expect(found('shop: { backend: gone }')).toEqual([['all']]);
  // Where nobody knows what is said of the outer one, nobody knows what it says of the inner one.
  const hidden = release('a', '  valuesFrom: [{ kind: Secret, name: values }]').replace('./shop', './all');
  const files = { ...inner, 'all/Chart.yaml': 'name: all', 'all/charts/shop/values.yaml': 'backend: gone' };
  expect(unknown(analyze(filesOf({ ...files, 'flux/a.yaml': hidden }), { world: 'closed' }).diagnostics)).toEqual([]);
  expect(unknown(analyze(filesOf(files), { world: 'closed' }).diagnostics)).toEqual([['all']]);
});

test('where templates name things, what is missing may be one of them', () => {
  const host = createHost();
  host.setSettings({ world: 'closed' });
  const template = 'file:///w/shop/templates/all.yaml';
  const open = chart['shop/templates/all.yaml'].replace('metadata: { name: checkout,', 'metadata: { name: {{ include "name" . }},');
  host.apply(filesOf({ ...chart, 'shop/templates/all.yaml': open }));
  expect(unknown(diagnosticsOf(host, template))).toEqual([]);
  host.apply(filesOf({ 'shop/templates/all.yaml': chart['shop/templates/all.yaml'].replace('name: checkout,', 'name: other,') }));
  expect(unknown(diagnosticsOf(host, template))).toHaveLength(1);
});

test('an ApplicationSet installs a chart once for each element, with the values of that', () => {
  const applications = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: shops }
spec:
  generators:
  - matrix:
      generators:
      - list: { elements: [{ env: dev }, { env: prod }] }
      - list: { elements: [{ region: eu }] }
  template:
    metadata: { name: "shop-{{ region }}-{{env}}" }
    spec:
      destination: { namespace: shop }
      source:
        path: shop
        helm: { valueFiles: ["values-{{env}}.yaml"] }
`;
  const files = { ...chart, 'apps.yaml': applications, 'shop/values-dev.yaml': '{}', 'shop/values-prod.yaml': 'backend: gone' };
  expect(unknown(analyze(filesOf(files), { world: 'closed' }).diagnostics)).toEqual([['shop-eu-prod']]);
});

test('what a chart takes in from elsewhere may bring what is missing', () => {
  const host = createHost();
  host.setSettings({ world: 'closed' });
  const template = 'file:///w/shop/templates/all.yaml';
  host.apply(filesOf({ ...chart, 'shop/values.yaml': 'backend: gone' }));
  const severity = () => diagnosticsOf(host, template).find((it) => it.rule === 'istio/unknown-host')?.severity;
  expect(severity()).toBe('error');
  host.takeChanged();
  host.apply(filesOf({ 'shop/Chart.yaml': 'name: shop\ndependencies: [{ name: gone, version: 1.0.0, repository: "oci://example.com" }]' }));
  expect(host.takeChanged()).toContain(template);
  expect(severity()).toBeUndefined();
  host.apply(filesOf({ 'shop/charts/gone/Chart.yaml': 'name: gone' }));
  expect(host.takeChanged()).toContain(template);
  expect(severity()).toBe('error');
});
