import Ajv from 'ajv';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../program.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meshwright-'));
  await mkdir(path.join(folder, '.git'));
  await mkdir(path.join(folder, 'k8s/my shop'), { recursive: true });
  await writeFile(path.join(folder, 'k8s/my shop/cart.yaml'), shop);
});
afterEach(() => rm(folder, { recursive: true }));

const shop = `apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec:
  host: cart
  subsets:
  - name: v1
    labels: { version: v1 }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: cart
  namespace: shop
spec:
  hosts: [cart]
  http:
  - route:
    - destination:
        host: cart
        subset: v3
---
apiVersion: networking.istio.io/v1alpha3
kind: ServiceEntry
metadata:
  name: "a<b&c"
  namespace: shop
spec: { hosts: [a.example.net], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS, location: MESH_EXTERNAL }
`;

/** Runs the program in a folder of the repository, as people do. */
async function run(line: string, cwd = path.join(folder, 'k8s')): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await main(line.split(' '), {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    stdin: (async function* () {})(),
    cwd,
    env: {},
  });
  return { code, out, err };
}

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { id: string; help: { text: string; markdown: string } }[] } };
    readonly invocations: readonly { executionSuccessful: boolean }[];
    readonly results: readonly {
      ruleId: string;
      ruleIndex: number;
      level: string;
      message: { text: string };
      locations: { physicalLocation: { artifactLocation: unknown; region: unknown }; logicalLocations: unknown }[];
      relatedLocations: { message: unknown; physicalLocation: { artifactLocation: { uri: string } } }[];
      partialFingerprints: Record<string, string>;
    }[];
  }[];
}

describe('sarif', () => {
  const schemaFile = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const validator = async () => {
    // Its draft names the schema by "id", which later drafts read otherwise.
    const { $schema, id, ...schema } = JSON.parse(await readFile(schemaFile, 'utf8')) as Record<string, unknown>;
    expect([$schema, id]).toEqual(['http://json-schema.org/draft-04/schema#', expect.stringContaining('sarif') as string]);
    return new Ajv.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
  };

  test('is valid, with findings and without', async () => {
    const validate = await validator();
    for (const line of [
      'check --format sarif',
      'check --format sarif -v',
      'check --format sarif -q --set rules.istio/unknown-subset=off --set rules.schema/metadata=off',
    ]) {
      validate(JSON.parse((await run(line)).out));
      expect(validate.errors, line).toBeNull();
    }
    validate({ version: '2.1.0', runs: [{ tool: {} }] });
    expect(validate.errors).not.toBeNull();
  });

  test('a result names its rule, its place in the repository, the evidence and itself', async () => {
    const { code, out, err } = await run('check --format sarif');
    expect(code).toBe(1);
    expect(err).toMatch(/^2 errors/);
    const { tool, invocations, results } = (JSON.parse(out) as Sarif).runs[0]!;
    expect(invocations).toMatchObject([{ executionSuccessful: true }]);
    const result = results.find((it) => it.ruleId === 'istio/unknown-subset')!;
    const rule = tool.driver.rules[result.ruleIndex]!;
    expect(rule.id).toBe('istio/unknown-subset');
    expect(rule.help.markdown).toContain('# istio/unknown-subset\n');
    expect(result.level).toBe('error');
    expect(result.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'k8s/my%20shop/cart.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 26, startColumn: 17, endLine: 26, endColumn: 19 },
        },
        logicalLocations: [{ name: 'cart', fullyQualifiedName: 'VirtualService shop/cart', kind: 'resource' }],
      },
    ]);
    expect(result.relatedLocations[0]?.physicalLocation.artifactLocation.uri).toBe('k8s/my%20shop/cart.yaml');
    expect(out).not.toContain(folder);
  });

  test('fingerprints stay when lines move, and differ from one another', async () => {
    const prints = async () =>
      (JSON.parse((await run('check --format sarif -v')).out) as Sarif).runs[0]!.results.map(
        (it) => it.partialFingerprints['meshwright/v1'],
      );
    const before = await prints();
    expect(new Set(before).size).toBe(before.length);
    await writeFile(path.join(folder, 'k8s/my shop/cart.yaml'), `# moved\n\n${shop}`);
    expect(await prints()).toEqual(before);
  });
});

test('github: commands with paths in the repository, evidence in the text', async () => {
  const { code, out } = await run('check --format github');
  expect(code).toBe(1);
  const line = out.split('\n').find((it) => it.includes('unknown-subset'))!;
  expect(line).toMatch(
    /^::error file=k8s\/my shop\/cart\.yaml,line=26,endLine=26,col=17,endColumn=19,title=istio\/unknown-subset::Subset "v3"/,
  );
  expect(line).toMatch(/%0Amy shop\/cart\.yaml:\d+:\d+: /);
  for (const it of out.trimEnd().split('\n')) expect(it).toMatch(/^::(error|warning|notice) /);
});

test('gitlab: a list with unique fingerprints', async () => {
  const { out } = await run('check --format gitlab -v');
  const list = JSON.parse(out) as { check_name: string; severity: string; fingerprint: string; location: unknown; description: string }[];
  expect(list.find((it) => it.check_name === 'istio/unknown-subset')).toEqual({
    description: expect.stringMatching(/^Subset "v3"/) as string,
    check_name: 'istio/unknown-subset',
    fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    severity: 'critical',
    location: { path: 'k8s/my shop/cart.yaml', lines: { begin: 26, end: 26 } },
  });
  expect(new Set(list.map((it) => it.fingerprint)).size).toBe(list.length);
  expect((await run('check --format gitlab -q --set rules.istio/unknown-subset=off --set rules.schema/metadata=off')).out).toBe('[]\n');
});

test('junit: what fails the run is a failure, the rest passes with its text', async () => {
  const { out } = await run('check --format junit -v --fail-on error');
  expect(out).toMatch(
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="meshwright" tests="\d+" failures="2" errors="0" time="\d+\.\d{3}">\n/,
  );
  expect(out).toContain('<testcase classname="my shop/cart.yaml" name="istio/unknown-subset at my shop/cart.yaml:26:17">');
  expect(out).toContain('<failure type="error" message="Subset &quot;v3&quot; of &quot;cart.shop&quot; is not defined.');
  expect(out).toContain('<system-out>');
  expect(out.match(/<testcase /g)).toHaveLength(Number(/tests="(\d+)"/.exec(out)![1]));
  expect(out).toContain('message="&quot;a&lt;b&amp;c&quot; is no name');
  // What is left of the text between tags holds no bare signs.
  expect(out.replace(/<[^<>]*>/g, '').replace(/&(amp|lt|gt|quot|apos);/g, '')).not.toMatch(/[<>&]/);
});

test('junit: a clean run has a case, too', async () => {
  await rm(path.join(folder, 'k8s/my shop'), { recursive: true });
  const { code, out } = await run('check --format junit');
  expect(code).toBe(0);
  expect(out).toContain('tests="1" failures="0"');
  expect(out).toContain('<testcase classname="meshwright" name="no problems in 0 resources of 0 files"/>');
});
