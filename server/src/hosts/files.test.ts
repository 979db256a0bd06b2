import { execFileSync, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  DEFAULT_MAX_SIZE,
  endOfLink,
  findFiles,
  pathOf,
  readText,
  readTextNow,
  readTexts,
  uriOf,
  wouldFind,
  type FindOptions,
} from './files.js';
import { normalizeUri } from '../text/uri.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meshwright-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(files: Record<string, string | Buffer>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
}

async function find(root = '', options?: FindOptions): Promise<string[]> {
  const found: string[] = [];
  for await (const files of findFiles([path.join(folder, root)], options)) found.push(...files.map((it) => path.relative(folder, it)));
  return found;
}

describe('finding files', () => {
  test('takes YAML and JSON at every depth, and passes over what tools keep', async () => {
    await write({
      'a.yaml': '',
      'b/c.YML': '',
      'b/d/e.json': '',
      'b/readme.md': '',
      'node_modules/x.yaml': '',
      'b/.terraform/y.yaml': '',
      '.git/z.yaml': '',
    });
    expect(await find()).toEqual(['a.yaml', 'b/c.YML', 'b/d/e.json']);
  });

  test('heeds nested .gitignore files, and those above within the repository', async () => {
    await write({
      '.git/HEAD': '',
      '.gitignore': 'out/\n*.gen.yaml\n',
      'k8s/.gitignore': '!keep.gen.yaml\n/local.yaml\n',
      'k8s/a.yaml': '',
      'k8s/a.gen.yaml': '',
      'k8s/keep.gen.yaml': '',
      'k8s/local.yaml': '',
      'k8s/deep/local.yaml': '',
      'k8s/out/b.yaml': '',
    });
    expect(await find('k8s')).toEqual(['k8s/a.yaml', 'k8s/keep.gen.yaml', 'k8s/deep/local.yaml']);
    expect(await find()).toEqual(['k8s/a.yaml', 'k8s/keep.gen.yaml', 'k8s/deep/local.yaml']);
  });

  test('leaves out what is excluded, but not a file that is named', async () => {
    await write({ 'a.yaml': '', 'testdata/b.yaml': '', 'k8s/testdata/c.yaml': '' });
    const exclude = [{ folder, globs: ['**/testdata/**'] }];
    expect(await find('', { exclude })).toEqual(['a.yaml']);
    expect(await find('testdata/b.yaml', { exclude })).toEqual(['testdata/b.yaml']);
  });

  test('follows links once, and never in circles', async () => {
    await write({ 'real/a.yaml': '', 'elsewhere.txt': 'x' });
    await symlink(path.join(folder, 'real'), path.join(folder, 'again'));
    await symlink(folder, path.join(folder, 'real', 'up'));
    await symlink(path.join(folder, 'real', 'a.yaml'), path.join(folder, 'link.yaml'));
    await symlink(path.join(folder, 'elsewhere.txt'), path.join(folder, 'other.yaml'));
    await symlink(path.join(folder, 'gone'), path.join(folder, 'dangling.yaml'));
    expect(await find()).toEqual(['real/a.yaml', 'other.yaml']);
  });

  test('tells of what cannot be read, and goes on', async () => {
    await write({ 'a.yaml': '', 'closed/b.yaml': '' });
    await chmod(path.join(folder, 'closed'), 0);
    const problems: string[] = [];
    const found: string[] = [];
    for await (const files of findFiles([folder, path.join(folder, 'missing')], {
      onProblem: (at, message) => problems.push(`${path.relative(folder, at)} ${message}`),
    })) {
      found.push(...files.map((it) => path.relative(folder, it)));
    }
    await chmod(path.join(folder, 'closed'), 0o700);
    expect(problems).toContain('missing cannot be read (no such file)');
    // An administrator may read everything.
    if (process.getuid?.() !== 0) expect(problems).toContain('closed cannot be read (permission denied)');
    expect(found).toContain('a.yaml');
  });

  test('answers for a single file as the walk would', async () => {
    await write({ '.git/HEAD': '', '.gitignore': 'out/\n', 'k8s/a.yaml': '', 'k8s/out/b.yaml': '', 'node_modules/c.yaml': '' });
    const would = (file: string): Promise<boolean> =>
      wouldFind(folder, path.join(folder, file), { exclude: [{ folder, globs: ['x/**'] }] });
    expect(await Promise.all(['k8s/a.yaml', 'k8s/out/b.yaml', 'node_modules/c.yaml', 'x/y.yaml', 'a.md', '../a.yaml'].map(would))).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('links', () => {
  test('end where files are found, whatever links lead to the workspace', async () => {
    await write({ 'w/common/a.yaml': '', 'w/app/b.yaml': '', 'outside/c.yaml': '' });
    await symlink(path.join(folder, 'w'), path.join(folder, 'again'));
    await symlink('../common', path.join(folder, 'w/app/base'));
    await symlink('../../outside/c.yaml', path.join(folder, 'w/app/c.yaml'));
    const uri = (at: string): string => pathToFileURL(path.join(folder, at)).href;
    expect(endOfLink(uri('w/app/base/a.yaml'), uri('w/app'))).toBe(uri('w/common/a.yaml'));
    expect(endOfLink(uri('again/app/base/a.yaml'), uri('again/app'))).toBe(uri('again/common/a.yaml'));
    expect(endOfLink(uri('again/app/b.yaml'), uri('again/app'))).toBeUndefined();
    expect(endOfLink(uri('w/app/c.yaml'), uri('w/app'))).toBe(uri('outside/c.yaml'));
    expect(endOfLink(uri('w/app/gone.yaml'), uri('w/app'))).toBeUndefined();
  });
});

describe('charts', () => {
  const chart = {
    '.helmignore': 'tests/\nold*\nci/',
    'Chart.yaml': '',
    'ci/values.yaml': '',
    'oldest.yaml': '',
    'templates/a.yaml': '',
    'templates/old.yaml': '',
    'templates/tests/b.yaml': '',
    'charts/sub/Chart.yaml': '',
    // Of what is in another chart, that one decides.
    'charts/sub/.helmignore': 'c.yaml',
    'charts/sub/templates/c.yaml': '',
    'charts/sub/templates/old.yaml': '',
  };
  const left = ['templates/old.yaml', 'templates/tests/b.yaml', 'charts/sub/templates/old.yaml'];

  test('are without the templates that their .helmignore leaves out', async () => {
    await write(chart);
    const all = Object.keys(chart).filter((it) => it.endsWith('.yaml'));
    const kept = all.filter((it) => !left.includes(it)).sort();
    expect((await find()).sort()).toEqual(kept);
    expect(await find('templates')).toEqual(['templates/a.yaml']);
    const would = await Promise.all(all.map(async (it) => [it, await wouldFind(folder, path.join(folder, it))] as const));
    expect(
      would
        .filter(([, is]) => is)
        .map(([it]) => it)
        .sort(),
    ).toEqual(kept);
  });

  test('that are none have no such rules', async () => {
    const { 'Chart.yaml': _, ...others } = chart;
    await write(others);
    expect(await find()).toContain('templates/old.yaml');
  });
});

describe('reading files', () => {
  const read = async (content: string | Buffer, maxSize?: number): Promise<unknown> => {
    await write({ 'a.yaml': content });
    const file = path.join(folder, 'a.yaml');
    const read = await readText(file, { maxSize });
    expect(readTextNow(file, maxSize ?? DEFAULT_MAX_SIZE)).toEqual(read);
    return read;
  };

  test('takes a byte-order mark away', async () => {
    expect(await read('\ufeffkind: Ä')).toEqual({ text: 'kind: Ä' });
  });

  test('reads many files in the order they are named, broken ones too', async () => {
    await write({ 'a.yaml': 'kind: A', 'b.yaml': '\ufeffkind: B' });
    const reads: unknown[] = [];
    for await (const [file, read] of readTexts(['b.yaml', 'missing.yaml', 'a.yaml'].map((it) => path.join(folder, it))))
      reads.push([path.basename(file), read]);
    expect(reads).toEqual([
      ['b.yaml', { text: 'kind: B' }],
      ['missing.yaml', { problem: 'unreadable', message: 'cannot be read (no such file)' }],
      ['a.yaml', { text: 'kind: A' }],
    ]);
  });

  test('says what is no UTF-8 text, and guesses nothing', async () => {
    expect(await read(Buffer.from('\ufeffkind: A', 'utf16le'))).toMatchObject({ problem: 'utf-16' });
    expect(await read('kind: \0')).toMatchObject({ problem: 'binary' });
    expect(await read('kind: A', 5)).toMatchObject({ problem: 'too-large' });
    expect(await readText(path.join(folder, 'missing.yaml'))).toEqual({ problem: 'unreadable', message: 'cannot be read (no such file)' });
    expect(await readText(folder)).toMatchObject({ problem: 'unreadable' });
    expect(readTextNow(folder, DEFAULT_MAX_SIZE)).toEqual(await readText(folder));
  });

  test.each([131_071, 131_072, 131_073, 300_000])('reads all of %d bytes', async (length) => {
    const content = 'ä'.repeat(length / 2) + 'x'.repeat(length % 2);
    expect(await read(content)).toEqual({ text: content });
    expect(await read(content, length)).toEqual({ text: content });
    expect(await read(content, length - 1)).toMatchObject({ problem: 'too-large' });
  });

  test.skipIf(process.platform === 'win32')('reads a pipe to its end', () => {
    const pipe = path.join(folder, 'pipe.yaml');
    execFileSync('mkfifo', [pipe]);
    const writer = spawn('sh', ['-c', '(printf "kind: "; sleep 0.1; printf A) > "$0"', pipe]);
    expect(readTextNow(pipe, DEFAULT_MAX_SIZE)).toEqual({ text: 'kind: A' });
    writer.kill();
  });
});

test.skipIf(process.platform === 'win32').each([
  ['/shop/team-a/web_1.yaml', 'file:///shop/team-a/web_1.yaml'],
  ['/shop/.github/a b.yaml', 'file:///shop/.github/a%20b.yaml'],
  ['/shop/50%/ä#1.yaml', normalizeUri(pathToFileURL('/shop/50%/ä#1.yaml').href)],
])('the URI of %s is spelled as all are', (file, uri) => {
  expect(uriOf(file)).toBe(uri);
  expect(uriOf(file)).toBe(normalizeUri(pathToFileURL(file).href));
  expect(fileURLToPath(uriOf(file))).toBe(file);
  expect(pathOf(uriOf(file))).toBe(file);
});
