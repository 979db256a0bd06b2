import type { Edit } from './measure.js';

/** Files of unusual shape beside those of a shop: very many documents in one, very large ones, one that many others lean on. */
export function layouts(): readonly { readonly uri: string; readonly text: string }[] {
  const file = (name: string, text: string) => ({ uri: `file:///bench/layouts/${name}.yaml`, text });
  return [
    file('bundle', Array.from({ length: 110 }, (_, i) => service(`bundled-${i}`, 6)).join('---\n')),
    file('giant', Array.from({ length: 2_400 }, (_, i) => service(`giant-${i}`, 20)).join('---\n')),
    file('foreign', `openapi: 3.0.0\npaths:\n${Array.from({ length: 16_000 }, (_, i) => operation(i)).join('')}`),
    file('shared', `${service('shared', 1)}---\n${destinationRule()}`),
    ...Array.from({ length: USERS }, (_, i) => file(`user-${i}`, virtualService(i))),
    ...Array.from({ length: KUSTOMIZATIONS }, (_, i) => [
      file(`app-${i}/kustomization`, 'resources:\n- service.yaml\n'),
      file(`app-${i}/service`, service(`app-${i}`, 1)),
    ]).flat(),
  ];
}

/** Files that lean on the shared one. */
export const USERS = 20;

/** Folders that are built by themselves. */
const KUSTOMIZATIONS = 800;

export const LAYOUT_EDITS: readonly Edit[] = [
  { name: 'in a file of 110 documents', file: () => 'bundle.yaml', from: 'name: http-3', to: 'name: http-z' },
  { name: 'in a file of 2 MB', file: () => 'giant.yaml', from: 'name: http-3', to: 'name: http-z' },
  { name: 'in a foreign file of 2 MB', file: () => 'foreign.yaml', from: 'summary: Reads 77\n', to: 'summary: Reads x\n' },
  { name: `a subset that ${USERS} files name`, file: () => 'shared.yaml', from: 'name: v2', to: 'name: v3' },
  {
    name: `one of ${KUSTOMIZATIONS} kustomizations`,
    file: (i) => `app-${i % KUSTOMIZATIONS}/kustomization.yaml`,
    from: /$/,
    to: 'namespace: other\n',
  },
];

function service(name: string, ports: number): string {
  const listed = Array.from({ length: ports }, (_, i) => `  - name: http-${i}\n    port: ${8000 + i}\n`).join('');
  return `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n  namespace: layouts\nspec:\n  ports:\n${listed}`;
}

function destinationRule(): string {
  return 'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: shared\n  namespace: layouts\nspec:\n  host: shared\n  subsets:\n  - name: v1\n    labels: { version: v1 }\n  - name: v2\n    labels: { version: v2 }\n';
}

function virtualService(i: number): string {
  return `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: user-${i}\n  namespace: layouts\nspec:\n  hosts:\n  - user-${i}.example.com\n  http:\n  - route:\n    - destination:\n        host: shared\n        subset: v2\n`;
}

function operation(i: number): string {
  return `  /items/${i}:\n    get:\n      summary: Reads ${i}\n      responses:\n        '200':\n          description: The item ${i} as it is\n`;
}
