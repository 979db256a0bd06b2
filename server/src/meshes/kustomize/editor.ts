import { paths } from '../../index/files.js';
import type { Candidate, CompletionContext, EditorSupport } from '../../rules/editor.js';
import { folderOf } from '../../text/uri.js';
import { LIST_FIELDS, PATH_FIELDS } from './places.js';

const KINDS = ['Kustomization', 'Component'];

export const editor: EditorSupport = {
  values: [
    { kinds: KINDS, paths: LIST_FIELDS, complete: listable },
    { kinds: KINDS, paths: PATH_FIELDS.filter((it) => !LIST_FIELDS.includes(it) && !it.includes('Generator')), complete: filesNear },
  ],
};

/** Files that are not listed yet, and folders with a kustomization. */
function* listable({ resource, keysOf, path, textsAt }: CompletionContext): Iterable<Candidate> {
  const folder = folderOf(resource.uri);
  const listed = new Set(textsAt(path.slice(0, -1)).map((it) => it.replace(/^\.\//, '').replace(/\/$/, '')));
  const onlyFolders = path[0] !== 'resources';
  const folders = new Set<string>();
  for (const uri of keysOf(paths)) if (isKustomization(uri)) folders.add(folderOf(uri));
  const own = new Set([...folders].filter((it) => it.startsWith(`${folder}/`)));
  for (const it of folders) {
    const relative = relativePath(folder, it);
    if (it !== folder && !listed.has(relative))
      yield candidate(relative, 'folder with a kustomization', relative.startsWith('../') ? 3 : 1);
  }
  if (onlyFolders) return;
  for (const uri of keysOf(paths)) {
    // Files of a folder with its own kustomization come by that one.
    if (!uri.startsWith(`${folder}/`) || isKustomization(uri) || [...own].some((it) => uri.startsWith(`${it}/`))) continue;
    const relative = relativePath(folder, uri);
    if (/\.ya?ml$/.test(uri) && !listed.has(relative)) yield candidate(relative, 'file', 0);
  }
}

function* filesNear({ resource, keysOf }: CompletionContext): Iterable<Candidate> {
  const folder = folderOf(resource.uri);
  for (const uri of keysOf(paths)) {
    if (isKustomization(uri) || !uri.startsWith(`${folderOf(folder)}/`)) continue;
    const relative = relativePath(folder, uri);
    yield candidate(relative, 'file', relative.startsWith('../') ? 2 : /patch/i.test(relative) ? 0 : 1);
  }
}

function candidate(label: string, detail: string, rank: number): Candidate {
  return { label, detail, rank, sort: 'name' };
}

function isKustomization(uri: string): boolean {
  return /\/(?:kustomization\.ya?ml|Kustomization)$/.test(uri);
}

/** The way from a folder to a file or folder, as a kustomization writes it. */
function relativePath(from: string, to: string): string {
  const a = from.split('/');
  const b = to.split('/');
  let common = 0;
  while (common < a.length && common < b.length && a[common] === b[common]) common++;
  return decodeURI([...a.slice(common).map(() => '..'), ...b.slice(common)].join('/')) || '.';
}
