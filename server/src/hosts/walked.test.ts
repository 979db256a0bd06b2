import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endOfLink, findFiles, isOnDisk, uriOf } from './files.js';
import { Walked } from './walked.js';

let root: string;
beforeEach(() => void (root = realpathSync(mkdtempSync(path.join(tmpdir(), 'meshwright-')))));
afterEach(() => rmSync(root, { recursive: true }));

const uri = (name: string): string => uriOf(path.join(root, name));

async function walk(): Promise<Walked> {
  const walked = new Walked();
  for await (const files of findFiles([root], { onFolder: walked.note, exclude: [{ folder: root, globs: ['left-out/**'] }] })) void files;
  return walked;
}

test('tells what is on disk as the disk does', async () => {
  for (const name of ['app/kustomization.yaml', 'app/some file.yaml', 'app/Big.yaml', 'app/notes.txt', 'left-out/a.yaml', 'other/a.yaml']) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), '');
  }
  symlinkSync(path.join(root, 'gone'), path.join(root, 'app/dangling.yaml'));
  symlinkSync(path.join(root, 'other/a.yaml'), path.join(root, 'app/linked.yaml'));
  symlinkSync(path.join(root, 'other'), path.join(root, 'app/folder'));
  const walked = await walk();
  const names = [
    'app',
    'app/kustomization.yaml',
    'app/Kustomization',
    'app/some file.yaml',
    'app/big.yaml',
    'app/notes.txt',
    'none',
    'none/a',
  ];
  const more = [
    'app/dangling.yaml',
    'app/linked.yaml',
    'app/folder',
    'app/folder/a.yaml',
    'app/folder/b.yaml',
    'left-out/a.yaml',
    'left-out/b',
  ];
  for (const name of [...names, ...more]) {
    expect(walked.isOnDisk(uri(name)), name).toBe(isOnDisk(uri(name)));
    for (const folder of ['app', 'app/folder']) {
      expect(walked.endOfLink(uri(name), uri(folder)), name).toBe(endOfLink(uri(name), uri(folder)));
    }
  }
});

test('does not ask the disk for what the walk saw, until that may be another', async () => {
  mkdirSync(path.join(root, 'app'));
  writeFileSync(path.join(root, 'app/a.yaml'), '');
  const walked = await walk();
  rmSync(path.join(root, 'app/a.yaml'));
  writeFileSync(path.join(root, 'app/b.yaml'), '');
  expect([walked.isOnDisk(uri('app/a.yaml')), walked.isOnDisk(uri('app/b.yaml'))]).toEqual([true, false]);
  walked.forget();
  expect([walked.isOnDisk(uri('app/a.yaml')), walked.isOnDisk(uri('app/b.yaml'))]).toEqual([false, true]);
});
