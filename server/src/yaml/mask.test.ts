import { expect, test } from 'vitest';
import { maskTemplates } from './mask.js';

test.each([
  ['a: 1\n', 'a: 1\n'],
  ['a: {{ .X }}\n', 'a: xxxxxxxx\n'],
  ['{{- if .X }}\na: 1\n{{- end }}\n', '            \na: 1\n          \n'],
  ['  {{ .A }} {{ .B }}\n', '                   \n'],
  ['a: "{{ "}}" }}-b"\n', 'a: "xxxxxxxxxx-b"\n'],
  ['{{/* a }} b */}}\nc: 1\n', '                \nc: 1\n'],
  ['a: {{ .X\n  | quote }}\nb: 1\n', 'a: xxxxx\n            \nb: 1\n'],
  ['a: {{ .X\nb: 1\n', 'a: xxxxx\nb: 1\n'],
])('%j reads as %j', (text, expected) => {
  const masked = maskTemplates(text);
  expect(masked.text).toBe(expected);
  expect(masked.text).toHaveLength(text.length);
});

test('an action tells whether it stands alone, whether it only steers, and where what it prints begins', () => {
  const text = 'a: {{ .X }}\n{{- if .Y }}\n    {{ .Z }}\n{{- toYaml .W | nindent 6 }}\n  {{ .V | indent 4 }}{{ end }}\n';
  expect(maskTemplates(text).actions.map(({ alone, control, column }) => ({ alone, control, column }))).toEqual([
    { alone: false, control: false, column: 3 },
    { alone: true, control: true, column: 0 },
    { alone: true, control: false, column: 4 },
    { alone: true, control: false, column: 6 },
    { alone: true, control: false, column: 6 },
    { alone: true, control: true, column: 21 },
  ]);
});
