import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where programs of no use for these tests are found as well. */
const PATH = process.env['PATH'] ?? '';

/**
 * Puts a program `helm` into a folder, which prints templates with `{{ include "backend" . }}` made into what `backend.txt` of the chart
 * says, fails with that where it begins with `Error:`, and writes down each call. Gives the environment in which it is found.
 */
export function fakeHelm(folder: string): { readonly env: Readonly<Record<string, string>>; readonly calls: string } {
  const calls = path.join(folder, 'calls.log');
  const program = `#!${process.execPath}
const { appendFileSync, readFileSync, readdirSync } = require('node:fs');
const [command, release, chart] = process.argv.slice(2);
appendFileSync(${JSON.stringify(calls)}, process.argv.slice(2).join(' ') + '\\n');
const backend = readFileSync(chart + '/backend.txt', 'utf8').trim();
if (backend.startsWith('Error:')) {
  console.error(backend);
  process.exit(1);
}
if (backend === 'sleep') setTimeout(() => undefined, 60_000);
else for (const name of readdirSync(chart + '/templates'))
  if (name.endsWith('.yaml'))
    console.log('---\\n# Source: shop/templates/' + name + '\\n' + readFileSync(chart + '/templates/' + name, 'utf8').replaceAll('{{ include "backend" . }}', backend));
`;
  const bin = path.join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const file = path.join(bin, 'helm');
  writeFileSync(file, program);
  chmodSync(file, 0o755);
  return { env: { PATH: `${bin}${path.delimiter}${PATH}` }, calls };
}

/** A chart with a route whose backend a template names. */
export const CHART = {
  'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\n',
  'shop/backend.txt': 'checkuot\n',
  'shop/templates/route.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: routes, namespace: shop }
spec:
  hosts: [checkout]
  http:
  - route:
    - destination:
        host: {{ include "backend" . }}
`,
  'shop/templates/service.yaml': `apiVersion: v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
};
