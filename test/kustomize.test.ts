import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isScopeFile, planScopes } from '../server/src/sources/scopes.js';
import { toJson } from '../server/src/yaml/json.js';
import type { Json } from '../server/src/yaml/node.js';
import { parseDocument } from '../server/src/yaml/parse.js';
import { splitDocuments } from '../server/src/yaml/split.js';
import { buildAll, filesBelow } from './support/kustomize.js';

// What we build equals what `kubectl kustomize` prints for the same folder.

const CORPUS = path.join(import.meta.dirname, '../../shared/corpus/real-world');
const hasKubectl = spawnSync('kubectl', ['kustomize', '--help']).status === 0;
const FULL = process.env['FULL'] === '1';
if (!existsSync(CORPUS) || !hasKubectl) console.log('kustomize: no ../shared/corpus/real-world or no kubectl, nothing is compared');

test('an overlay with all there is comes out as kustomize builds it', () => {
  const folder = path.join(import.meta.dirname, 'fixtures/kustomize');
  const expected = splitDocuments(readFileSync(path.join(folder, 'expected.yaml'), 'utf8')).flatMap(({ text }) => {
    const root = parseDocument(text).root;
    return root ? [toJson(root)] : [];
  });
  const files = new Map([...filesBelow(folder)].filter(([uri]) => !uri.endsWith('/expected.yaml')));
  const scope = [...files.keys()].find((it) => it.endsWith('/overlays/prod/kustomization.yaml'))!.replace('/kustomization.yaml', '');
  expect(byName(buildAll(files, scope))).toEqual(byName(expected));
});

test('configurations tell of more fields with names, labels and namespaces', () => {
  const files = new Map(
    Object.entries({
      'kustomization.yaml': `namePrefix: eu-
namespace: shop
commonLabels: { team: shop }
resources: [all.yaml]
configurations: [fields.yaml]
`,
      'fields.yaml': `commonLabels:
- { kind: VirtualService, path: spec/http/route/headers/request/set, create: false }
nameReference:
- kind: Service
  fieldSpecs: [{ kind: VirtualService, path: spec/http/route/destination/host }]
namespace:
- { kind: VirtualService, path: spec/exported, create: true }
`,
      'all.yaml': `apiVersion: v1
kind: Service
metadata: { name: cart }
spec: { ports: [{ port: 80 }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart }
spec:
  hosts: [cart]
  http:
  - route: [{ destination: { host: cart }, headers: { request: { set: { a: b } } } }, { destination: { host: other } }]
`,
    }).map(([name, text]) => [`file:///w/${name}`, text]),
  );
  const [, route] = buildAll(files, 'file:///w') as { spec: unknown }[];
  // What kubectl kustomize prints of the same.
  expect(route!.spec).toEqual({
    exported: 'shop',
    hosts: ['cart'],
    http: [
      {
        route: [
          { destination: { host: 'eu-cart' }, headers: { request: { set: { a: 'b', team: 'shop' } } } },
          { destination: { host: 'other' } },
        ],
      },
    ],
  });
});

test.skipIf(!existsSync(CORPUS) || !hasKubectl)(
  'overlays of real repositories come out as kubectl builds them',
  () => {
    const repositories = FULL
      ? readdirSync(CORPUS).filter((it) => !it.endsWith('.md'))
      : ['kiali__kiali', 'linkerd__website', 'kubernetes-sigs__gateway-api', 'GoogleCloudPlatform__microservices-demo'];
    let equal = 0;
    for (const repository of repositories) {
      const files = filesBelow(path.join(CORPUS, repository));
      const plan = planScopes({ scopeFiles: [...files.keys()].filter(isScopeFile), textOf: (uri) => files.get(uri) });
      for (const scope of plan.scopes) {
        if (!plan.kustomizations.has(scope) || plan.isOpen(scope)) continue;
        const ran = spawnSync(
          'kubectl',
          ['kustomize', '--load-restrictor=LoadRestrictionsNone', decodeURI(scope.slice('file://'.length))],
          {
            encoding: 'utf8',
            timeout: 30_000,
          },
        );
        // A part that only stands in a whole, or a file that the corpus leaves out.
        if (ran.status !== 0) continue;
        const theirs = splitDocuments(ran.stdout).flatMap(({ text }) => {
          const root = parseDocument(text).root;
          return root ? [toJson(root)] : [];
        });
        expect(byName(buildAll(files, scope)), scope).toEqual(byName(theirs));
        equal++;
      }
    }
    console.log(`kustomize: ${equal} folders built alike`);
    expect(equal).toBeGreaterThan(5);
  },
  600_000,
);

function byName(resources: readonly Json[]): Record<string, unknown> {
  return Object.fromEntries(
    resources.map((it) => {
      const shown = plain(it) as { apiVersion: string; kind: string; metadata?: { name?: string; namespace?: string }; data?: unknown };
      if (shown.kind === 'ConfigMap' || shown.kind === 'Secret') delete shown.data;
      return [`${shown.apiVersion} ${shown.kind} ${shown.metadata?.namespace ?? ''}/${shown.metadata?.name ?? ''}`, shown];
    }),
  );
}

/** Without hashes of names, nulls and empty maps; text with template actions is how our reader leaves it, and is not compared. */
function plain(value: Json): unknown {
  if (Array.isArray(value)) return (value as readonly Json[]).map(plain);
  if (typeof value === 'string') return value.includes('{{') ? '' : value.replace(/-[2456789bcdfghkmt]{10}$/, '').replace(/\n+$/, '');
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, it]) => [key, plain(it)] as const);
  return Object.fromEntries(
    entries.filter(
      ([, it]) => it !== null && it !== '' && !(typeof it === 'object' && !Array.isArray(it) && Object.keys(it as object).length === 0),
    ),
  );
}
