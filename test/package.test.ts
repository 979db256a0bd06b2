import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { YamlNode } from '../server/src/yaml/node.js';
import { parseDocument } from '../server/src/yaml/parse.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const isBuilt = ['cli', 'server'].every((it) => existsSync(path.join(root, 'dist', `${it}.js`)));
if (!isBuilt) console.log('test/package.test.ts is skipped: dist/ is not built (npm run build)');

const run = promisify(execFile);
const isWindows = process.platform === 'win32';

describe.skipIf(!isBuilt)('the npm package, installed in an empty folder', () => {
  let folder: string;
  const bin = (name: string): string => path.join(folder, 'node_modules/.bin', isWindows ? `${name}.cmd` : name);
  const npm = (cwd: string, ...args: string[]) => run(isWindows ? 'npm.cmd' : 'npm', args, { cwd, shell: isWindows });

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'meshwright-'));
    await npm(root, 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder);
    const packed = (await readdir(folder)).find((it) => it.endsWith('.tgz'))!;
    await writeFile(path.join(folder, 'package.json'), '{}\n');
    // It needs no other package, so no registry is asked.
    await npm(folder, 'install', '--offline', '--no-audit', '--no-fund', '--silent', `./${packed}`);
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('holds programs, schemas and pages of rules, and nothing that only the repository needs', async () => {
    const installed = path.join(folder, 'node_modules/meshwright');
    expect((await readdir(installed)).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'docs', 'package.json']);
    expect(existsSync(path.join(installed, 'docs/rules/istio/unknown-host.md'))).toBe(true);
    expect(existsSync(path.join(installed, 'dist/client.js'))).toBe(false);
    expect(await readdir(path.join(folder, 'node_modules'))).toContain('meshwright');
  });

  test('meshwright checks, with schemas', async () => {
    const manifest =
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: cart, namespace: shop}\nspec: {hots: [cart]}\n';
    await writeFile(path.join(folder, 'cart.yaml'), manifest);
    const failed = (await run(bin('meshwright'), ['check', 'cart.yaml'], { cwd: folder, shell: isWindows }).catch((it: unknown) => it)) as {
      code: number;
      stdout: string;
    };
    expect(failed.code).toBe(1);
    expect(failed.stdout).toContain('[schema/unknown-field]');
  });

  test('meshwright-language-server answers', async () => {
    const server = spawn(bin('meshwright-language-server'), ['--stdio'], { cwd: folder, shell: isWindows });
    try {
      const answer = new Promise<string>((resolve, reject) => {
        let output = '';
        server.stdout.on('data', (chunk: Buffer) => {
          output += chunk.toString();
          if (output.includes('"capabilities"')) resolve(output);
        });
        server.on('error', reject);
        server.on('close', () => reject(new Error(`no answer: ${output}`)));
      });
      const request = JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'initialize',
        params: { processId: null, rootUri: null, capabilities: {} },
      });
      server.stdin.write(`Content-Length: ${request.length}\r\n\r\n${request}`);
      expect(await answer).toContain('"hoverProvider"');
    } finally {
      server.kill();
    }
  });

  describe.skipIf(isWindows)('in a pipeline', () => {
    const broken = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: [cart], http: [{ timeuot: 3s, route: [{ destination: { host: cart } }] }] }
`;
    const ci = (name: string) => readFile(path.join(root, 'examples/ci', name), 'utf8');

    /** Runs a script as a runner does, in a repository of its own with one mistake in it. */
    async function script(text: string, env: Readonly<Record<string, string>> = {}) {
      const repository = await mkdtemp(path.join(folder, 'repository-'));
      await run('git', ['-C', repository, 'init', '-q']);
      await writeFile(path.join(repository, 'cart.yaml'), broken);
      await run('git', ['-C', repository, 'add', '.']);
      const PATH = `${path.join(folder, 'node_modules/.bin')}${path.delimiter}${process.env['PATH'] ?? ''}`;
      const options = { cwd: repository, env: { ...process.env, ...env, PATH } };
      const ran = await run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', text], options).then(
        (it) => ({ code: 0, ...it }),
        (error: { code: number; stdout: string; stderr: string }) => error,
      );
      return { code: ran.code, out: ran.stdout, err: ran.stderr, made: (name: string) => readFile(path.join(repository, name), 'utf8') };
    }

    /** Commands of a pipeline, without those that install. */
    const commands = (nodes: readonly YamlNode[]): readonly string[] =>
      nodes.flatMap((it) => (it.type === 'scalar' ? [String(it.value)] : [])).filter((it) => !it.startsWith('npm install'));

    test('the action marks findings, and fails as it is told', async () => {
      const step = parseDocument(await ci('action.yml'))
        .root!.list('runs.steps.*.run')
        .at(-1)!;
      const [command] = commands([step]);
      const inputs = { FAIL_ON: 'warning', SINCE: '', PATHS: '.' };
      const failed = await script(command!, inputs);
      expect(failed.code).toBe(1);
      expect(failed.out).toMatch(/^::error .*file=cart\.yaml/m);
      expect((await script(command!, { ...inputs, FAIL_ON: 'never' })).code).toBe(0);
      expect((await script(command!, { ...inputs, SINCE: 'nowhere' })).err).toContain('found no revision "nowhere"');
      // Nothing that comes in is a command.
      const { made } = await script(command!, { ...inputs, SINCE: '$(touch made)' });
      await expect(made('made')).rejects.toThrow();
    });

    test('the workflow writes SARIF for code scanning', async () => {
      const steps = commands(parseDocument(await ci('github-actions.yml')).root!.list('jobs.check.steps.*.run'));
      expect((await script(steps[0]!)).code).toBe(1);
      const { code, made } = await script(steps[1]!);
      expect(code).toBe(0);
      expect(JSON.parse(await made('meshwright.sarif'))).toMatchObject({
        version: '2.1.0',
        runs: [{ results: [{ ruleId: 'schema/unknown-field' }] }],
      });
    });

    test.each([
      ['gitlab-template.yml', 'meshwright'],
      ['gitlab-ci.yml', 'mesh'],
    ])('%s leaves its reports, and fails at the end', async (name, job) => {
      const text = (await ci(name))
        .split('\n---\n')
        .at(-1)!
        .replaceAll('$[[ inputs.paths ]]', '.')
        .replaceAll('$[[ inputs.fail-on ]]', 'warning');
      const { code, made } = await script(commands(parseDocument(text).root!.list(`${job}.script.*`)).join('\n'));
      expect(code).toBe(1);
      expect(JSON.parse(await made('meshwright-quality.json'))).toMatchObject([{ location: { path: 'cart.yaml' } }]);
      expect(await made('meshwright-junit.xml')).toMatch(/^<\?xml/);
    });

    test('the hook refuses the commit', async () => {
      const { code, out, err } = await script(await ci('pre-commit'));
      expect(code).toBe(1);
      expect(out).toContain('schema/unknown-field');
      expect(err).toContain('Not committed');
    });
  });
});
