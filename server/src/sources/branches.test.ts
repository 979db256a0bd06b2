import { expect, test } from 'vitest';
import { analyze } from '../analysis/analyze.js';
import type { YamlMap } from '../yaml/node.js';
import { toJson } from '../yaml/json.js';
import { parseDocument } from '../yaml/parse.js';
import { bundledSchemas } from '../hosts/schemas.js';
import { branchesIn, oneBranch } from './branches.js';

const template = `a:
  {{- if .Values.a }}
  exact: 1
  both: 2
  {{- else if .Values.b }}
  both: 3
  prefix: 4
  {{- else }}
  regex: 5
  {{- end }}
  always: 6
list:
{{- range .Values.list }}
- one
{{- else }}
- none
{{- end }}
`;

test('the first branch counts, and what all say of a key is unknown', () => {
  const tree = oneBranch(template)!(parseDocument(template).root as YamlMap);
  expect(toJson(tree)).toEqual({ a: { exact: 1, both: '', always: 6 }, list: ['one'] });
  expect(tree.get('a.both')).toMatchObject({ opaque: true });
  expect(tree.get('a')).toMatchObject({ partial: true });
  expect(oneBranch('{{ if .a }}\na: 1\n{{ end }}')).toBeUndefined();
});

test('branches are not told to clash, and what is wrong within any of them is told', () => {
  const text = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: routes, namespace: shop }
spec:
  hosts: [checkout]
  http:
  - match:
    - uri:
        {{- if .Values.exact }}
        exact: /a
        {{- else }}
        prefix: /a
        {{- end }}
    {{- if .Values.redirect }}
    redirect: { uri: /x }
    {{- else }}
    rewrite: { uri: /x, foo: 3 }
    route:
    - destination: { host: checkout }
    {{- end }}
`;
  const files = [
    { uri: 'file:///w/shop/Chart.yaml', text: 'name: shop' },
    { uri: 'file:///w/shop/templates/route.yaml', text },
  ];
  const told = analyze(files, { world: 'open' }, { schemas: bundledSchemas() }).diagnostics.map(
    (it) => `${it.rule} ${text.slice(it.range.start, it.range.end)}`,
  );
  expect(told).toEqual(['schema/unknown-field foo']);
});

test('what a template defines for others is no part of the document around it', () => {
  const text = `{{- define "x" -}}
a: b
{{- end }}
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: routes, namespace: shop }
spec:
  hosts: [checkout]
  htp: 1
  {{- if .Values.a }}
  gateways: [mesh]
  {{- else }}
  gatways: [mesh]
  {{- end }}
  http: [{ route: [{ destination: { host: checkout } }] }]
`;
  const files = [
    { uri: 'file:///w/shop/Chart.yaml', text: 'name: shop' },
    { uri: 'file:///w/shop/templates/route.yaml', text },
  ];
  const told = analyze(files, { world: 'open' }, { schemas: bundledSchemas() }).diagnostics.map((it) =>
    text.slice(it.range.start, it.range.end),
  );
  expect(told.sort()).toEqual(['gatways', 'htp']);
});

const route = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: routes, namespace: shop }
spec:
  hosts: [checkout]
  http:
  - route:
    {{- if .Values.a }}
    - destination: { host: one }
    {{- else if .Values.b }}
    - destination: { host: two }
    {{- else }}
    {{- if .Values.c }}
    - destination: { host: checkout, subset: v1 }
    {{- else }}
    - destination: { host: three, subset: v2 }
    - destination: { host: checkout, subset: v3 }
    - destination: { host: checkout, subset: v2 }
    {{- end }}
    {{- end }}
`;
const around = `apiVersion: v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: checkout, namespace: shop }
spec: { host: checkout, subsets: [{ name: v1, labels: { v: "1" } }, { name: v2, labels: { v: "2" } }] }
`;

/** What is told of references in a template beside some manifests of the same chart. */
function referencesTold(template: string, others: string): readonly string[] {
  const files = [
    { uri: 'file:///w/shop/Chart.yaml', text: 'name: shop' },
    { uri: 'file:///w/shop/templates/others.yaml', text: others },
    { uri: 'file:///w/shop/templates/route.yaml', text: template },
  ];
  return analyze(files, { world: 'closed' }, { schemas: bundledSchemas() }).diagnostics.flatMap((it) =>
    it.category === 'reference' && it.uri.endsWith('route.yaml') ? [`${it.rule} ${template.slice(it.range.start, it.range.end)}`] : [],
  );
}

test('references of every branch are checked, each without the others', () => {
  expect(branchesIn(route)).toHaveLength(5);
  expect(referencesTold(route, around)).toEqual([
    'istio/unknown-host one',
    'istio/unknown-host two',
    'istio/unknown-host three',
    'istio/unknown-subset v3',
  ]);
});

test('what another branch defines is there', () => {
  const both = around.replace(
    /spec: \{ host: checkout.*/,
    `spec:
  host: checkout
  subsets:
  - { name: v1, labels: { v: "1" } }
  {{- if .Values.c }}
  - { name: v4, labels: { v: "4" } }
  {{- else }}
  - { name: v3, labels: { v: "3" } }
  - { name: v2, labels: { v: "2" } }
  {{- end }}`,
  );
  expect(referencesTold(route, both).filter((it) => it.includes('subset'))).toEqual([]);
});

test('one key in two branches is known in each', () => {
  const text = route.replace(
    / {4}\{\{- if .*/s,
    `    - destination:
        {{- if .Values.a }}
        host: chekcout
        {{- else }}
        host: checkuot
        {{- end }}
`,
  );
  expect(referencesTold(text, around)).toEqual(['istio/unknown-host chekcout', 'istio/unknown-host checkuot']);
});

test('a branch that makes another resource is not taken for this one', () => {
  const text = route.replace('kind: VirtualService', '{{- if .Values.k }}\nkind: VirtualService\n{{- else }}\nkind: Other\n{{- end }}');
  expect(() => referencesTold(text, around)).not.toThrow();
});
