import { expect, test } from 'vitest';
import { createHost } from './analyze.js';
import { diagnosticSources } from './diagnostics.js';
import { Folders } from './folders.js';

test('folders are there for as long as files are below them', () => {
  const folders = new Folders();
  folders.count('file:///w/shop/prod/a.yaml', 1);
  folders.count('file:///w/shop/b.yaml', 1);
  expect(folders.countBelow('file:///w/shop')).toBe(2);
  folders.count('file:///w/shop/prod/a.yaml', -1);
  expect(folders.countBelow('file:///w/shop/prod')).toBe(0);
  expect([...folders.uris()]).not.toContain('file:///w/shop/prod');
  expect(folders.countBelow('file:///w')).toBe(1);
  folders.count('file:///w/shop/prod/c.yaml', 1);
  expect(folders.countBelow('file:///w/shop/prod')).toBe(1);
  expect(folders.countBelow('file:///w/shop')).toBe(2);
});

test('files below folders are found, each once', () => {
  const folders = new Folders();
  for (const file of ['w/a.yaml', 'w/shop/b.yaml', 'w/shop/prod/deep/c.yaml', 'w/shopping/d.yaml']) folders.count(`file:///${file}`, 1);
  const names = (...uris: readonly string[]): readonly string[] => folders.filesBelow(uris).map((it) => it.slice(-6, -5));
  expect(names('file:///w/shop')).toEqual(['b', 'c']);
  expect(names('file:///w/shop/prod', 'file:///w/shop', 'file:///w/shopping')).toEqual(['b', 'c', 'd']);
  expect(names('file:///w/none')).toEqual([]);
  folders.count('file:///w/shop/b.yaml', -1);
  folders.count('file:///w/shop/prod/deep/c.yaml', -1);
  folders.count('file:///w/shop/prod/deep/e.yaml', 1);
  expect(names('file:///w/shop')).toEqual(['e']);
});

test('a folder knows which of those on the way to it are called as environments are', () => {
  const { environments, above } = new Folders().of('file:///w/prod/shop/eu-west-1/a.yaml');
  expect(environments).toEqual(['file:///w/prod', 'file:///w/prod/shop/eu-west-1']);
  expect(above?.uri).toBe('file:///w/prod/shop');
});

test('while files are read, the disk is asked once for a path, and what goes meanwhile is missed', () => {
  const disk = new Set(['file:///w/shop/a.yaml', 'file:///w/shop/b.yaml', 'file:///w/shop/extra']);
  const asked: string[] = [];
  const host = createHost({ isOnDisk: (uri) => (asked.push(uri), disk.has(uri)) });
  const kustomization = { uri: 'file:///w/shop/kustomization.yaml', text: 'resources: [a.yaml, b.yaml, extra, none]' };
  const missing = (): readonly string[] =>
    diagnosticSources(host, kustomization.uri).flatMap(({ diagnostic: { rule, message } }) =>
      rule === 'kustomize/missing-path' ? [message] : [],
    );
  host.beginReading();
  host.apply([kustomization]);
  expect(missing()).toEqual([expect.stringMatching(/^There is no "none"/)]);
  host.apply([{ uri: 'file:///w/shop/a.yaml', text: 'kind: A' }]);
  const before = asked.length;
  expect(missing()).toHaveLength(1);
  expect(asked).toHaveLength(before);
  expect(new Set(asked).size).toBe(before);
  disk.delete('file:///w/shop/b.yaml');
  host.apply([{ uri: 'file:///w/shop/b.yaml', text: undefined }]);
  host.endReading();
  expect(missing()).toHaveLength(2);
  disk.delete('file:///w/shop/extra');
  host.apply([{ uri: 'file:///w/shop/extra/c.yaml', text: 'kind: C' }]);
  host.apply([{ uri: 'file:///w/shop/extra/c.yaml', text: undefined }]);
  expect(missing()).toHaveLength(3);
});
