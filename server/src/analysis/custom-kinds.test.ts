import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Settings } from '../index/settings.js';
import { createSchemas } from '../schema/schemas.js';
import { createHost } from './analyze.js';
import { diagnosticsOf } from './diagnostics.js';
import type { AnalysisHost } from './host.js';

const folder = new URL('../../../schemas/', import.meta.url);
const schemas = createSchemas((name) => {
  const file = new URL(name, folder);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
});

const CRD = 'file:///crd.yaml';
const THING = 'file:///thing.yaml';

function crd(size: string, kind = 'Thing', group = 'example.com'): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things.example.com
spec:
  group: ${group}
  names:
    plural: things
    shortNames:
    - th
    kind: ${kind}
  scope: Cluster
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            required: [size]
            x-kubernetes-validations:
            - rule: "!has(self.most) || self.most >= self.size"
              message: most must not be less than size
            properties:
              size:
                description: How *large* it is.
                type: ${size}
              most:
                type: integer
`;
}

const thing = (spec: string): string => `apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: a\nspec: ${spec}\n`;

function told(host: AnalysisHost, uri = THING): readonly string[] {
  return diagnosticsOf(host, uri).map((it) => `${it.severity} ${it.rule} ${it.path}: ${it.message}`);
}

function hostWith(files: Readonly<Record<string, string>>, settings: Settings = {}): AnalysisHost {
  const host = createHost({ schemas });
  host.setSettings(settings);
  host.apply(Object.entries(files).map(([uri, text]) => ({ uri, text })));
  return host;
}

test('a CRD gives its kind validation, with its own words', () => {
  const host = hostWith({ [THING]: thing('{ size: 3, most: 2 }'), [CRD]: crd('integer') });
  expect(told(host)).toEqual([
    'error schema/condition spec: most must not be less than size The API server rejects it. Change or take out one of the fields.',
  ]);
  expect(host.schemas?.root('example.com/v1', 'Thing')?.child('spec')?.child('size')?.docs).toBe('How \\*large\\* it is.');
  expect(host.kindOf('example.com', 'Thing')?.namespaced).toBe(false);
});

test('whichever file comes first, the findings are the same', () => {
  const host = hostWith({ [THING]: thing('{ size: big }') });
  expect(told(host)).toEqual([]);
  expect(host.file(THING)?.slots[0]?.document.foreign).toBe('unknown-kind');
  host.takeChanged();
  host.apply([{ uri: CRD, text: crd('integer') }]);
  expect(told(host).map((it) => it.split(' ')[1])).toEqual(['schema/wrong-type']);
  expect(host.takeChanged()).toContain(THING);
});

test('a list that is named after its kind is read anew when the CRD of that kind comes or goes', () => {
  const list = 'apiVersion: example.com/v1\nkind: ThingList\nitems:\n- metadata: { name: a }\n  spec: { size: 3, most: 2 }\n';
  const host = hostWith({ [THING]: list });
  host.work();
  expect(told(host)).toEqual([]);
  host.apply([{ uri: CRD, text: crd('integer') }]);
  host.work();
  expect(told(host)).toEqual(told(hostWith({ [THING]: list, [CRD]: crd('integer') })));
  expect(told(host)).toHaveLength(1);
  host.apply([{ uri: CRD, text: undefined }]);
  host.work();
  expect(told(host)).toEqual([]);
});

test('an edit of the CRD is followed, and with its file goes what it said', () => {
  const host = hostWith({ [THING]: thing('{ size: big }'), [CRD]: crd('integer') });
  expect(told(host)).toHaveLength(1);
  host.takeChanged();
  host.apply([{ uri: CRD, text: crd('string') }]);
  expect(host.takeChanged()).toContain(THING);
  expect(told(host)).toEqual([]);
  host.apply([{ uri: CRD, text: crd('boolean') }]);
  expect(told(host)).toHaveLength(1);
  host.apply([{ uri: CRD, text: undefined }]);
  expect(told(host)).toEqual([]);
  expect(host.file(THING)?.slots[0]?.document.foreign).toBe('unknown-kind');
  expect(host.resourceCount).toBe(0);
});

test('of several CRDs of a kind none is known to be in force: what one of them takes is not reported', () => {
  const OTHER = 'file:///other/crd.yaml';
  const host = hostWith({ [THING]: thing('{ size: big }'), [CRD]: crd('integer'), [OTHER]: crd('string') });
  expect(told(host)).toEqual([]);
  host.apply([{ uri: OTHER, text: crd('boolean') }]);
  expect(told(host)).toEqual(told(hostWith({ [THING]: thing('{ size: big }'), [CRD]: crd('integer') })));
  expect(told(host)).toHaveLength(1);
  host.apply([{ uri: OTHER, text: crd('integer').replace('name: v1', 'name: v2') }]);
  const newer = thing('{ size: 1 }').replace('example.com/v1', 'example.com/v2');
  host.apply([{ uri: THING, text: newer }]);
  expect(told(host)).toEqual([]);
  host.apply([{ uri: OTHER, text: undefined }]);
  expect(told(host).map((it) => it.split(' ')[1])).toEqual(['schema/unknown-version']);
});

test('a CRD wins over what comes with us, and our words stay', () => {
  const text = 'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata:\n  name: a\nspec: { size: 1 }\n';
  const host = hostWith({ [THING]: text, [CRD]: crd('integer', 'Gateway', 'networking.istio.io') });
  expect(diagnosticsOf(host, THING).filter((it) => it.rule.startsWith('schema/'))).toEqual([]);
  expect(host.schemas?.root('networking.istio.io/v1', 'Gateway')?.docs).toContain('Ports that gateway pods open');
  expect(host.schemas?.root('networking.istio.io/v1', 'Sidecar')?.child('spec')?.child('egress')).toBeDefined();
});

test.each([
  ['a template', crd('integer').replace('kind: Thing', 'kind: {{ .Values.kind }}')],
  ['no schema', crd('integer').replace(/ {4}schema:[^]*/, '')],
  ['broken YAML', `${crd('integer')}  - [`],
  ['an older API', crd('integer').replace('apiextensions.k8s.io/v1', 'apiextensions.k8s.io/v1beta1')],
])('a CRD with %s says nothing', (_, text) => {
  const host = hostWith({ [THING]: thing('{ size: big }'), [CRD]: text });
  expect(told(host).filter((it) => it.includes('schema/'))).toEqual([]);
});

test('a field that only the CRD of another release may have is a warning, a slip of the pen is an error', () => {
  const host = hostWith({ [THING]: thing('{ size: 1, flavour: x, mots: 2 }'), [CRD]: crd('integer') });
  expect(told(host).map((it) => it.split(' ').slice(0, 3).join(' '))).toEqual([
    'warning schema/unknown-field spec.flavour:',
    'error schema/unknown-field spec.mots:',
  ]);
});

test('a target release tells of what came later', () => {
  const text = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: api
spec:
  hosts: [api.example.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DYNAMIC_DNS
`;
  const schemaTold = (host: AnalysisHost): readonly string[] => told(host).filter((it) => it.includes(' schema/'));
  const host = hostWith({ [THING]: text });
  expect(schemaTold(host)).toEqual([]);
  host.setSettings({ istio: { version: '1.24' } });
  expect(schemaTold(host)).toHaveLength(1);
  expect(schemaTold(host)[0]).toMatch(
    /error schema\/unknown-value spec.resolution: "DYNAMIC_DNS" came with release 1\.\d+(-dev)?; these manifests are for 1.24/,
  );
  host.setSettings({ istio: { version: '1.99' } });
  expect(schemaTold(host)).toEqual([]);
});

test('a CRD in braces, and one in JSON, say as much', () => {
  const spec = {
    group: 'example.com',
    names: { kind: 'Thing', plural: 'things' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } } },
        },
      },
      {
        name: 'v1alpha1',
        served: true,
        storage: false,
        deprecated: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  };
  const head = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'things.example.com' } };
  const texts = [
    `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: things.example.com }\nspec: ${JSON.stringify(spec)}\n`,
    JSON.stringify({ ...head, spec }, undefined, 2),
  ];
  for (const text of texts) expect(told(hostWith({ [THING]: thing('{ size: big }'), [CRD]: text }))).toHaveLength(1);
  const old = hostWith({ [THING]: thing('{ x: 1 }').replace('example.com/v1', 'example.com/v1alpha1'), [CRD]: texts[0]! });
  expect(told(old)).toEqual([
    'warning schema/unknown-version apiVersion: Version "v1alpha1" of Thing is deprecated; use example.com/v1. The API server takes it, with a warning.',
  ]);
});

test('conditions that are none are passed over', () => {
  const text = crd('integer').replace(
    '- rule: "!has',
    '- 3\n            - rule: "(("\n            - rule: "frobnicate(self.size)"\n            - rule: "!has',
  );
  expect(told(hostWith({ [THING]: thing('{ size: 1 }'), [CRD]: text }))).toEqual([]);
  expect(told(hostWith({ [THING]: thing('{ size: 3, most: 2 }'), [CRD]: text }))).toHaveLength(1);
});

test('comments in a condition end with their line', () => {
  const text = crd('integer').replace(
    'rule: "!has(self.most) || self.most >= self.size"',
    `rule: |
                // not (yet) for those without it
                !has(self.most) || // http://example.com
                  self.most >= self.size`,
  );
  expect(told(hostWith({ [THING]: thing('{ size: 3, most: 2 }'), [CRD]: text }))).toHaveLength(1);
  expect(told(hostWith({ [THING]: thing('{ size: 3, most: 3 }'), [CRD]: text }))).toEqual([]);
  const silent = text.replace(/ *message: .*\n/, '');
  expect(told(hostWith({ [THING]: thing('{ size: 3, most: 2 }'), [CRD]: silent }))[0]).toContain(
    'a condition of "spec": !has(self.most) || // http://example.com self.most >= self.size',
  );
});

test.each([
  [`"'at least ' + string(self.size) + ', not ' + string(self.most)"`, 'at least 3, not 2'],
  ['self.nothing', 'most must not be less than size'],
  ['"\' \'"', 'most must not be less than size'],
  ['"(("', 'most must not be less than size'],
  ['self.size', 'most must not be less than size'],
])('the message of a condition is what %s makes, or else the one that is written', (expression, message) => {
  const text = crd('integer').replace('message:', `messageExpression: ${expression}\n              message:`);
  expect(told(hostWith({ [THING]: thing('{ size: 3, most: 2 }'), [CRD]: text }))).toEqual([
    `error schema/condition spec: ${message} The API server rejects it. Change or take out one of the fields.`,
  ]);
});
