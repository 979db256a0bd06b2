import type { Dirent } from 'node:fs';
import { folderOf } from '../text/uri.js';
import { endOfLink, isOnDisk, uriOf } from './files.js';

/**
 * What a walk saw in each folder that it read, so that the disk is not asked for it once more: of ten thousand folders whether there is a
 * kustomization or a chart in them. It holds while the files that were found are read, in a program that runs once until its end.
 */
export class Walked {
  /** Names in a folder, by its URI; but for links, of which only the disk knows whether they lead anywhere. */
  readonly #folders = new Map<string, { readonly names: readonly string[]; readonly links: readonly string[] }>();

  /** Takes note of a folder that is read. */
  readonly note = (folder: string, entries: readonly Dirent[]): void => {
    const links = entries.filter((it) => it.isSymbolicLink()).map((it) => it.name);
    this.#folders.set(uriOf(folder), { names: entries.map((it) => it.name), links });
  };

  /** From now on, things may be others than the walk saw them. */
  forget(): void {
    this.#folders.clear();
  }

  /** As `isOnDisk` in `files.ts`. */
  readonly isOnDisk = (uri: string): boolean => this.#saw(uri) ?? isOnDisk(uri);

  /** As `endOfLink` in `files.ts`. */
  readonly endOfLink = (uri: string, folder: string): string | undefined =>
    folderOf(uri) === folder && this.#saw(uri) !== undefined ? undefined : endOfLink(uri, folder);

  /** Whether there is something that is no link; undefined: it was not seen, or is a link. */
  #saw(uri: string): boolean | undefined {
    if (this.#folders.size === 0) return undefined;
    const seen = this.#folders.get(folderOf(uri));
    if (seen === undefined) return undefined;
    const name = uri.slice(uri.lastIndexOf('/') + 1);
    // Such a name is written in another way on disk.
    if (name === '' || name.includes('%') || seen.links.includes(name)) return undefined;
    if (seen.names.includes(name)) return true;
    // Some disks take one letter for the other.
    const lower = name.toLowerCase();
    return seen.names.some((it) => it.length === name.length && it.toLowerCase() === lower) ? undefined : false;
  }
}
