import { expect, test } from 'vitest';
import { complete, edit, labels } from '../../../test/support/editor.js';
import { expandSnippet } from '../../../test/support/snippet.js';
import { analyze } from '../analysis/analyze.js';
import { bundledSchemas } from '../hosts/schemas.js';
import { templatesFor } from './templates.js';

/** One resource of each system, so that all are in use, and names to choose from. */
const WORLD = `
    # file: world.yaml
    apiVersion: v1
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { selector: { app: cart }, ports: [{ name: http, port: 8080 }] }
    ---
    apiVersion: v1
    kind: Service
    metadata: { name: checkout, namespace: shop }
    spec: { selector: { app: checkout }, ports: [{ name: http, port: 8080 }] }
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart, version: v1 } }, spec: { containers: [{ name: cart, image: cart }] } } }
    ---
    apiVersion: networking.istio.io/v1
    kind: Sidecar
    metadata: { name: default, namespace: shop }
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
    ---
    apiVersion: policy.linkerd.io/v1beta3
    kind: Server
    metadata: { name: cart, namespace: shop }
    ---
    apiVersion: consul.hashicorp.com/v1alpha1
    kind: ServiceDefaults
    metadata: { name: cart, namespace: shop }
    ---
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: default }
    ---
    apiVersion: cilium.io/v2
    kind: CiliumCIDRGroup
    metadata: { name: cart }
`.replaceAll('\n    ', '\n');

const at = (text: string): ReturnType<typeof edit> => edit(`${text}\n${WORLD}`);

test('every template of every system is what its schema takes', () => {
  const { snapshot, uri } = at('# new\n$0');
  const templates = templatesFor(snapshot, uri);
  expect(templates.length).toBeGreaterThan(30);
  const complaints = templates.flatMap(({ label, snippet }) => {
    const text = expandSnippet(snippet);
    const { diagnostics } = analyze([{ uri: 'file:///x.yaml', text }], {}, { schemas: bundledSchemas() });
    return diagnostics.filter((it) => /^(schema|yaml)\//.test(it.rule)).map((it) => `${label}: ${it.message}\n${text}`);
  });
  expect(complaints.slice(0, 10).join('\n')).toBe('');
});

test('names of the workspace are choices', () => {
  const { snapshot, uri } = at('$0');
  const find = (label: string): string => templatesFor(snapshot, uri).find((it) => it.label === label)!.snippet;
  expect(find('VirtualService')).toBe(`apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: \${1:virtual-service}
  namespace: \${2:shop}
spec:
  hosts:
    - \${3|cart,checkout|}
  http:
    - route:
        - destination:
            host: \${4|cart,checkout|}
`);
  expect(find('HTTPRoute')).toContain('  parentRefs:\n    - name: ${3:public}\n');
  expect(find('Canary: VirtualService and DestinationRule')).toContain('---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\n');
  expect(find('PeerAuthentication')).toContain('mode: ${3|STRICT,PERMISSIVE,DISABLE|}');
});

test('are offered where a document starts, and nowhere else', () => {
  const offered = (text: string): boolean => labels(`${text}\n${WORLD}`).includes('VirtualService');
  expect(offered('$0')).toBe(true);
  expect(offered('# a comment\n\nVirt$0')).toBe(true);
  expect(offered('kind: Service\nmetadata: { name: a }\n---\n$0')).toBe(true);
  expect(offered('metadata:\n  name: a\n$0')).toBe(false);
  expect(offered('kind: Service\n$0')).toBe(false);
  expect(offered('foo:\n  $0')).toBe(false);
  expect(labels('$0\n# file: other.yaml\napiVersion: v1\nkind: Service\nmetadata: { name: a }\n')).toEqual([]);
});

test('kind and version come together where neither stands', () => {
  const text = (line: string): string => `${line}\n${WORLD}`;
  expect(complete(text('apiVersion: net$0')).find((it) => it.label === 'networking.istio.io/v1 VirtualService')?.text).toBe(
    'networking.istio.io/v1\nkind: VirtualService',
  );
  expect(complete(text('kind:$0')).find((it) => it.label === 'Sidecar')?.text).toBe(' Sidecar\napiVersion: networking.istio.io/v1');
});

/** A CRD of the workspace with a version that is given up, one that is served no longer, and one to write. */
const THINGS = `
    # file: crd.yaml
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: { name: things.example.com }
    spec:
      group: example.com
      names: { kind: Thing, plural: things }
      scope: Namespaced
      versions:
      - &version
        name: v1alpha1
        served: true
        deprecated: true
        storage: false
        schema:
          openAPIV3Schema:
            type: object
            required: [spec]
            properties:
              spec:
                type: object
                required: [size, mode]
                properties: { size: { type: integer, minimum: 3 }, mode: { type: string, enum: [fast, slow] }, note: { type: string } }
      - { <<: *version, name: v0, deprecated: false, served: false }
      - { <<: *version, name: v1, deprecated: false, storage: true }
`;

test('a kind that a CRD of the workspace brings has one, too', () => {
  const editor = edit(`    $0${THINGS}`, { checksSchemas: true });
  const [template, ...others] = templatesFor(editor.snapshot, editor.uri);
  expect(others).toEqual([]);
  expect(template).toMatchObject({ label: 'Thing', detail: 'Workspace · example.com/v1', kind: 'Thing' });
  const written = expandSnippet(template!.snippet);
  expect(written).toBe(
    'apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: thing\n  namespace: namespace\nspec:\n  size: 3\n  mode: fast\n',
  );
  expect(labels(`    kind: $0${THINGS}`, { checksSchemas: true })).toContain('Thing');
});

test('a CRD for a kind that a system has adds none of its own', () => {
  const text = THINGS.replaceAll('example.com', 'networking.istio.io').replace('kind: Thing', 'kind: Sidecar');
  const editor = edit(`    $0${text}`, { checksSchemas: true });
  expect(templatesFor(editor.snapshot, editor.uri)).toEqual([]);
});
