import { isEnvironment } from '../sources/scopes.js';
import { folderOf } from '../text/uri.js';

/** A folder with files somewhere below it. */
export interface Folder {
  readonly uri: string;
  readonly above: Folder | undefined;
  /** Folders that are called as environments are, of those on the way to it and itself. */
  readonly environments: readonly string[];
}

/** The folders of a workspace, by URI. */
export class Folders {
  readonly #folders = new Map<string, Counted>();
  /** Files of a folder mostly come one after the other. */
  #latest: Counted | undefined;

  /** The folder that a file is in, or is about to be in. */
  of(file: string): Folder {
    return this.#of(file);
  }

  /** How many files there are anywhere below a folder. */
  countBelow(uri: string): number {
    return this.#folders.get(uri)?.below ?? 0;
  }

  /** Files right in a folder. */
  filesIn(uri: string): readonly string[] {
    return this.#folders.get(uri)?.files ?? [];
  }

  uris(): Iterable<string> {
    return this.#folders.keys();
  }

  /** Files anywhere below some folders. */
  filesBelow(uris: Iterable<string>): readonly string[] {
    const asked = new Set(uris);
    const within = new Set<Folder>();
    // Each one comes behind the one above it.
    if (asked.size > 0)
      for (const folder of this.#folders.values())
        if (asked.has(folder.uri) || (folder.above && within.has(folder.above))) within.add(folder);
    return [...within].flatMap((it) => this.filesIn(it.uri));
  }

  /** Counts a file that came or went; returns its folder. */
  count(file: string, by: 1 | -1): Folder {
    const folder = this.#of(file);
    if (by > 0) folder.files.push(file);
    else folder.files.splice(folder.files.indexOf(file), 1);
    for (let at: Counted | undefined = folder; at !== undefined; at = at.above) {
      at.below += by;
      if (at.below > 0) continue;
      this.#folders.delete(at.uri);
      this.#latest = undefined;
    }
    return folder;
  }

  #of(file: string): Counted {
    const uri = folderOf(file);
    if (this.#latest?.uri !== uri) this.#latest = this.#at(uri);
    return this.#latest;
  }

  #at(uri: string): Counted {
    const known = this.#folders.get(uri);
    if (known !== undefined) return known;
    const parent = folderOf(uri);
    const above = parent.includes('/') ? this.#at(parent) : undefined;
    const outer = above?.environments ?? [];
    const environments = isEnvironment(uri.slice(uri.lastIndexOf('/') + 1)) ? [...outer, uri] : outer;
    const folder: Counted = { uri, above, environments, files: [], below: 0 };
    this.#folders.set(uri, folder);
    return folder;
  }
}

interface Counted extends Folder {
  readonly above: Counted | undefined;
  /** Right in it. */
  readonly files: string[];
  /** How many there are anywhere below it. */
  below: number;
}
