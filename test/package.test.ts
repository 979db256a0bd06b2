import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

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
});
