import { expect, test } from 'vitest';
import { analyze } from '../analysis/analyze.js';
import type { YamlMap } from '../yaml/node.js';
import { toJson } from '../yaml/json.js';
import { parseDocument } from '../yaml/parse.js';
import { bundledSchemas } from '../hosts/schemas.js';
import { oneBranch } from './branches.js';

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
