import type { ClientCapabilities, Diagnostic as LspDiagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';
import type { Finding } from '../features/actions.js';
import type { Snapshot } from '../features/snapshot.js';
import { toDiagnostic, type DiagnosticAbilities, type Names } from './convert.js';

export interface PublisherOptions {
  readonly snapshot: Snapshot;
  readonly names: Names;
  readonly isOpen: (uri: string) => boolean;
  readonly versionOf: (uri: string) => number | undefined;
  readonly findings: (uri: string) => readonly Finding[];
  readonly send: (params: PublishDiagnosticsParams) => void;
  readonly onFailure: (uri: string, error: unknown) => void;
}

export interface PulledReport {
  readonly id: string;
  readonly items: readonly LspDiagnostic[];
}

/**
 * Tells the client what is wrong, by push or by pull, never both. Push: a file is told when its diagnostics changed, an edited open
 * one always, with its version.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  #mode: 'push' | 'pull' = 'push';
  #able: DiagnosticAbilities = { relatedInformation: false, tags: false, codeDescription: false };
  #sendsVersion = false;
  #scope: 'workspace' | 'openFiles' = 'workspace';
  /** Id of what was told last, or is there to be pulled; files with nothing to tell are left out. */
  readonly #told = new Map<string, string>();
  /** Files to be looked at before a client that pulls is told of them; and those among them that came since it was last asked whether there is news. */
  readonly #unlooked = new Set<string>();
  readonly #news = new Set<string>();
  /** Files whose told diagnostics point into a file, by that file: their lines move when it changes. */
  readonly #mentions = new Map<string, Set<string>>();
  readonly #edited = new Set<string>();

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  start({ mode, capabilities }: { mode: 'push' | 'pull'; capabilities: ClientCapabilities }): void {
    this.#mode = mode;
    const able = mode === 'push' ? capabilities.textDocument?.publishDiagnostics : capabilities.textDocument?.diagnostic;
    this.#able = {
      relatedInformation: able?.relatedInformation ?? false,
      tags: able?.tagSupport !== undefined,
      codeDescription: able?.codeDescriptionSupport ?? false,
    };
    this.#sendsVersion = capabilities.textDocument?.publishDiagnostics?.versionSupport ?? false;
  }

  get abilities(): DiagnosticAbilities {
    return this.#able;
  }

  setScope(scope: 'workspace' | 'openFiles'): void {
    this.#scope = scope;
  }

  /** The next report of a file is sent, whatever it says. */
  edited(uri: string): void {
    this.#edited.add(uri);
  }

  /** Files whose evidence lies in a file. */
  mentioning(uri: string): Iterable<string> {
    return this.#mentions.get(uri) ?? [];
  }

  /** Whether diagnostics changed that a pulling client has not seen; asked once. Looks at files until one has some. */
  takeUnseen(): boolean {
    let isOther = false;
    for (const uri of this.#news) {
      if (isOther) break;
      if (this.#unlooked.has(uri)) isOther = this.#look(uri).isOther;
    }
    this.#news.clear();
    return isOther;
  }

  /** The answer to a pull. */
  pull(uri: string): PulledReport {
    const { id, items } = this.#look(uri);
    return { id: id ?? NOTHING_TOLD, items };
  }

  /** Id of what a file was last found to have; undefined: nothing. What a client has by that id needs not be made again. */
  idOf(uri: string): string | undefined {
    return this.#unlooked.has(uri) ? this.#look(uri).id : this.#told.get(uri);
  }

  /** Files that may have diagnostics, or had when a client last asked. */
  filesToPull(before: Iterable<string>): ReadonlySet<string> {
    return new Set([...this.#told.keys(), ...this.#unlooked, ...before]);
  }

  /** Has a file looked at again and what changed told: to a client that pulls once it asks. */
  report(uri: string): void {
    if (this.#mode === 'pull') {
      this.#edited.delete(uri);
      this.#unlooked.add(uri);
      this.#news.add(uri);
      return;
    }
    const { isOther, items } = this.#look(uri);
    const wasEdited = this.#edited.delete(uri) && this.#options.isOpen(uri);
    if (!isOther && !wasEdited) return;
    const version = this.#sendsVersion ? this.#options.versionOf(uri) : undefined;
    this.#options.send({ uri: this.#options.names.clientUri(uri), diagnostics: [...items], ...(version === undefined ? {} : { version }) });
  }

  /** What a file has now, and whether that is something else than it was. */
  #look(uri: string): { readonly id: string | undefined; readonly items: readonly LspDiagnostic[]; readonly isOther: boolean } {
    const items = this.#items(uri);
    const id = items.length === 0 ? undefined : hash(JSON.stringify(items));
    const isOther = id !== this.#told.get(uri);
    if (id === undefined) this.#told.delete(uri);
    else this.#told.set(uri, id);
    this.#unlooked.delete(uri);
    return { id, items, isOther };
  }

  #items(uri: string): readonly LspDiagnostic[] {
    const { snapshot, names, isOpen, findings, onFailure } = this.#options;
    if (this.#scope === 'openFiles' && !isOpen(uri)) return [];
    const file = snapshot.file(uri);
    if (!file) return [];
    try {
      const found = findings(uri);
      if (found.length === 0) return [];
      for (const { diagnostic } of found) {
        for (const related of diagnostic.related) {
          if (related.uri === uri) continue;
          const mentioning = this.#mentions.get(related.uri) ?? new Set();
          this.#mentions.set(related.uri, mentioning.add(uri));
        }
      }
      return found.map(({ diagnostic }) => toDiagnostic(snapshot, names, file.lines, diagnostic, this.#able));
    } catch (error) {
      onFailure(uri, error);
      return [];
    }
  }
}

/** Of files without diagnostics. */
const NOTHING_TOLD = 'none';

/** Short and stable; equal for equal texts (FNV-1a). */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return `${(value >>> 0).toString(36)}-${text.length}`;
}
