import { expect, test } from 'vitest';
import { createHost } from '../analysis/analyze.js';
import { diagnosticsOf } from '../analysis/diagnostics.js';
import type { YamlMap } from '../yaml/node.js';
import { parseDocument } from '../yaml/parse.js';
import { cameOf, onTemplate, printedDocuments } from './rendering.js';

/** The texts of a template at which parts of its rendering stand. */
function placesOf(template: string, rendered: string, ...paths: readonly string[]): unknown {
  const tree = onTemplate({ text: template, root: parseDocument(template).root }, parseDocument(rendered).root as YamlMap);
  return paths.map((path) => {
    const { start, end } = tree.get(path)!;
    return template.slice(start, end);
  });
}

test('what Helm prints is told apart by its comments', () => {
  const output = `---
# Source: shop/templates/a.yaml
kind: A
---
# Source: shop/templates/a.yaml
kind: B
---
# Source: shop/charts/cart/templates/b.yaml

---
# Source: shop/charts/cart/templates/c.yaml
kind: C
`;
  expect(printedDocuments(output).map((it) => [it.template, /kind: \w/.exec(it.text)![0]])).toEqual([
    ['shop/templates/a.yaml', 'kind: A'],
    ['shop/templates/a.yaml', 'kind: B'],
    ['shop/charts/cart/templates/c.yaml', 'kind: C'],
  ]);
});

test('a value stands where the template writes it, or at the action that prints it', () => {
  const template = `kind: Service
metadata:
  name: {{ include "name" . }}
  labels:
    app: cart
    {{- include "labels" . | nindent 4 }}
spec:
  ports:
  {{- range .Values.ports }}
  - name: http-{{ .name }}
    port: {{ .port }}
  {{- end }}
  selector: {{- toYaml .Values.labels | nindent 4 }}
`;
  const rendered = `kind: Service
metadata:
  name: web
  labels:
    app: cart
    team: shop
spec:
  ports:
  - name: http-a
    port: 1
  - name: http-b
    port: 2
  selector:
    app: web
`;
  expect(
    placesOf(
      template,
      rendered,
      'kind',
      'metadata.name',
      'metadata.labels.app',
      'metadata.labels.team',
      'spec.ports.1.port',
      'spec.selector.app',
    ),
  ).toEqual([
    'Service',
    '{{ include "name" . }}',
    'cart',
    '{{- include "labels" . | nindent 4 }}',
    '{{ .port }}',
    '{{- toYaml .Values.labels | nindent 4 }}',
  ]);
});

test('of two branches, the one that it came of', () => {
  const template = `kind: Service
spec:
  {{- if .Values.a }}
  type: NodePort
  {{- else }}
  type: ClusterIP
  {{- end }}
`;
  const { start } = onTemplate(
    { text: template, root: parseDocument(template).root },
    parseDocument('kind: Service\nspec: { type: NodePort }').root as YamlMap,
  ).get('spec.type')!;
  expect(start).toBe(template.indexOf('NodePort'));
});

test('documents go to those they came of, whatever the order', () => {
  const templates = [
    'kind: Service\nmetadata: { name: "{{ .a }}-web" }\n',
    '---\nkind: Service\nmetadata: { name: "{{ .a }}-api" }\n',
    '---\n{{ include "all" . }}\n',
  ];
  const shares = cameOf(templates, [
    'kind: Service\nmetadata: { name: x-api }',
    'kind: Deployment\nmetadata: { name: x }',
    'kind: Service\nmetadata: { name: x-web }',
  ]);
  expect(shares.map((it) => it.map((text) => /name: ([\w-]+)/.exec(text)![1]))).toEqual([['x-web'], ['x-api'], ['x']]);
});

const route = 'file:///w/shop/templates/route.yaml';
const source = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: routes, namespace: shop }
spec:
  hosts: [checkout]
  http:
  - route:
    - destination:
        host: {{ include "backend" . }}
    timeuot: 3s
`;
const service = `apiVersion: v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`;

function hostWithChart() {
  const host = createHost();
  host.setSettings({ world: 'closed' });
  host.apply([
    { uri: 'file:///w/shop/Chart.yaml', text: 'name: shop' },
    { uri: route, text: source },
    { uri: 'file:///w/shop/templates/service.yaml', text: service },
  ]);
  return host;
}

test('findings of a rendering stand in its template, each once', () => {
  const host = hostWithChart();
  const told = () => diagnosticsOf(host, route).map((it) => `${it.rule} ${host.file(route)!.text.slice(it.range.start, it.range.end)}`);
  expect(told()).toEqual([]);
  const { scope } = host.plan.charts[0]!;
  const rendered = (backend: string) =>
    new Map([[scope, new Map([[route, { source, documents: [source.replace(/\{\{.*\}\}/, backend)] }]])]]);
  host.setRenderings(rendered('checkuot'));
  expect(told()).toEqual(['istio/unknown-host {{ include "backend" . }}']);
  host.setRenderings(rendered('checkout'));
  expect(told()).toEqual([]);
  host.setRenderings(rendered('checkuot'));
  // The template is another now.
  host.apply([{ uri: route, text: `${source}# new\n` }]);
  expect(told()).toEqual([]);
  host.apply([{ uri: route, text: source }]);
  expect(told()).toHaveLength(1);
  host.setRenderings(new Map());
  expect(told()).toEqual([]);
});

test('a template that came to several resources is each of them', () => {
  const host = hostWithChart();
  const uri = 'file:///w/shop/templates/service.yaml';
  const { scope } = host.plan.charts[0]!;
  const documents = ['cart', 'checkout'].map((it) => service.replace('checkout', it));
  host.setRenderings(new Map([[scope, new Map([[uri, { source: service, documents }]])]]));
  const built = host.file(uri)!.slots.flatMap(({ document }) => document.built.map((it) => it.resource.name));
  expect(built.sort()).toEqual(['cart', 'checkout']);
});
