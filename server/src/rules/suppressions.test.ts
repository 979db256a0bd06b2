import { expect, test } from 'vitest';
import { edit } from '../../../test/support/editor.js';
import { findingsIn } from '../analysis/workspace.js';
import { editsOf } from '../features/actions.js';
import type { Settings } from '../index/settings.js';
import { meshes } from '../meshes/index.js';
import { readSettings } from './configuration.js';
import { applyEdits } from '../text/edit.js';

/** What is reported of a route to a host that nothing defines, written with `lines` around. */
function told(yaml: string): readonly string[] {
  const { host, uri, textOf } = edit(yaml);
  return findingsIn(host, uri)
    .filter(({ diagnostic }) => diagnostic.rule !== 'yaml/syntax')
    .map(({ diagnostic: { rule, range, message } }) =>
      rule === 'meshwright/unused-ignore' ? message : `${rule} ${textOf(uri).slice(range.start, range.end)}`,
    );
}

const route = (before: string, behind = '', front = ''): string => `${front}
    kind: VirtualService
    metadata: { name: a, namespace: shop }
    spec:
      http:
      - route:
        - destination:
            ${before}
            host: nowhere${behind}
    $0`;

test('a comment silences the line below it, or its own', () => {
  expect(told(route(''))).toEqual(['istio/unknown-host nowhere']);
  expect(told(route('# meshwright-ignore istio/unknown-host: lives in the old cluster'))).toEqual([]);
  expect(told(route('', ' # meshwright-ignore istio/unknown-host'))).toEqual([]);
  expect(told(route('# meshwright-ignore reference'))).toEqual([]);
  expect(told(route('# meshwright-ignore IST0101'))).toEqual([]);
  expect(told(route('# meshwright-ignore IST0101: known'))).toEqual([]);
  expect(told(route('# meshwright-ignore IST0101:host: known'))).toEqual([]);
  expect(told(route('# meshwright-ignore IST0101:subset: known'))).toContain('istio/unknown-host nowhere');
});

test('stacked comments and several names count', () => {
  expect(told(route('# meshwright-ignore istio/unknown-host, istio/unknown-subset: both', ''))).toEqual([
    '"istio/unknown-subset" is not reported on the next line.',
  ]);
  expect(told(route('# meshwright-ignore istio/unknown-host: a\n            # and why', ''))).toEqual([]);
});

test('a document or a file can be silenced as a whole', () => {
  const two = (comment: string): string => `
    # file: a.yaml
    ${comment}
    kind: VirtualService
    metadata: { name: a, namespace: shop }
    spec: { http: [{ route: [{ destination: { host: nowhere } }] }] }
    ---
    kind: VirtualService
    metadata: { name: b, namespace: shop }
    spec: { http: [{ route: [{ destination: { host: elsewhere } }] }] }
    $0`;
  expect(told(two('# meshwright-ignore-document istio/unknown-host: known'))).toEqual(['istio/unknown-host elsewhere']);
  expect(told(two('# meshwright-ignore-file istio/unknown-host: known'))).toEqual([]);
});

test('what is no comment of ours silences nothing', () => {
  expect(told(route('x: "#meshwright-ignore istio/unknown-host"'))).toContain('istio/unknown-host nowhere');
  expect(told(route('# meshwright-ignored istio/unknown-host'))).toContain('istio/unknown-host nowhere');
});

test('a comment that silences nothing is told, and its fix takes the line away', () => {
  const { host, snapshot, uri, textOf } = edit(`
    kind: Service
    # meshwright-ignore istio/unknown-host: gone since
    metadata: { name: a, namespace: shop }
    $0`);
  const finding = findingsIn(host, uri).find((it) => it.diagnostic.rule === 'meshwright/unused-ignore')!;
  expect(finding.diagnostic).toMatchObject({
    severity: 'hint',
    tags: ['unnecessary'],
    message: '"istio/unknown-host" is not reported on the next line.',
  });
  const [fix] = finding.fixes();
  const [change] = editsOf(snapshot, finding, fix!)!;
  expect(applyEdits(textOf(uri), change!.edits)).toMatch(/by the fixture\nmetadata/);
});

test('nothing is said of unused comments while files are still being read', () => {
  const { host, uri } = edit(route('# meshwright-ignore istio/unknown-host'));
  expect(findingsIn(host, uri, 'own')).toEqual([]);
});

test('annotations of a resource silence what they name, ours and those of other tools', () => {
  const annotated = (annotation: string): string => `
    kind: VirtualService
    metadata:
      name: a
      namespace: shop
      annotations: { ${annotation} }
    spec: { http: [{ route: [{ destination: { host: nowhere } }] }] }
    $0`;
  const hosts = (annotation: string): readonly string[] => told(annotated(annotation)).filter((it) => it.startsWith('istio/unknown-host'));
  expect(hosts('meshwright.dev/ignore: istio/unknown-host')).toEqual([]);
  expect(hosts('galley.istio.io/analyze-suppress: "IST0103, IST0101"')).toEqual([]);
  expect(hosts('galley.istio.io/analyze-suppress: "*"')).toEqual([]);
  expect(hosts('kiali.io/ignore-validations: KIA1101')).toEqual([]);
  expect(hosts('kiali.io/ignore-validations: ""')).toEqual([]);
  expect(hosts('meshwright.dev/ignore: istio/unknown-subset')).toEqual(['istio/unknown-host nowhere']);
  expect(hosts('galley.istio.io/analyze-suppress: IST0102')).toEqual(['istio/unknown-host nowhere']);
});

test('an annotation that silences nothing is told, and its fix takes it away; those of other tools are not told', () => {
  const service = (annotation: string) =>
    edit(`
    kind: Service
    metadata:
      name: a
      namespace: shop
      annotations:
        example.com/owner: me
        ${annotation}
    $0`);
  const { host, snapshot, uri, textOf } = service('meshwright.dev/ignore: istio/unknown-host');
  const finding = findingsIn(host, uri).find((it) => it.diagnostic.rule === 'meshwright/unused-ignore')!;
  expect(finding.diagnostic).toMatchObject({ severity: 'hint', message: '"istio/unknown-host" is not reported on this resource.' });
  const [fix] = finding.fixes();
  expect(applyEdits(textOf(uri), editsOf(snapshot, finding, fix!)![0]!.edits)).toMatch(/owner: me\s*$/);
  for (const other of ['galley.istio.io/analyze-suppress: IST0101', 'kiali.io/ignore-validations: KIA1101']) {
    const { host, uri } = service(other);
    expect(findingsIn(host, uri).map((it) => it.diagnostic.rule)).not.toContain('meshwright/unused-ignore');
  }
});

test('a rule, a category and a code mean the same in a comment, an annotation, a settings file and the settings of the editor', () => {
  const isTold = (yaml: string, settings: Settings = {}): boolean => {
    const { host, uri } = edit(yaml);
    host.setSettings({ world: 'closed', ...settings });
    return findingsIn(host, uri).some((it) => it.diagnostic.rule === 'istio/unknown-host');
  };
  const rules = [...meshes.flatMap((it) => it.rules)];
  const annotated = (name: string): string =>
    route('').replace('namespace: shop }', `namespace: shop, annotations: { meshwright.dev/ignore: "${name}" } }`);
  for (const name of ['istio/unknown-host', 'reference', 'IST0101', 'IST0101:host', 'KIA1101']) {
    expect(isTold(route(`# meshwright-ignore ${name}`)), name).toBe(false);
    expect(isTold(annotated(name)), name).toBe(false);
    const { settings, problems } = readSettings(`rules: { "${name}": off }`, rules);
    expect(problems, name).toEqual([]);
    expect(isTold(route(''), settings), name).toBe(false);
    expect(isTold(route(''), { rules: { [name]: 'off' } }), name).toBe(false);
  }
  for (const name of ['istio/unknown-subset', 'schema', 'IST0102']) {
    expect(isTold(route(`# meshwright-ignore ${name}`)), name).toBe(true);
    expect(isTold(annotated(name)), name).toBe(true);
    expect(isTold(route(''), readSettings(`rules: { ${name}: off }`, rules).settings), name).toBe(true);
  }
});

test('overrides change severities of the files that they name', () => {
  const reported = (files: string): readonly string[] => {
    const { host, uri } = edit(route(''));
    host.setSettings({
      world: 'closed',
      overrides: [{ files: [files], rules: { 'istio/unknown-host': 'off' } }],
      overridesRoot: uri.slice(0, uri.lastIndexOf('/')),
    });
    return findingsIn(host, uri).map((it) => it.diagnostic.rule);
  };
  expect(reported('sandbox/**')).toContain('istio/unknown-host');
  expect(reported('*.yaml')).not.toContain('istio/unknown-host');
});
