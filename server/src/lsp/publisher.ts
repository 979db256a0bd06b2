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
  /** Id of what was told last; files with nothing to tell are left out. */
  readonly #told = new Map<string, string>();
  /** Files whose told diagnostics point into a file, by that file: their lines move when it changes. */
  readonly #mentions = new Map<string, Set<string>>();
  readonly #edited = new Set<string>();
  #hasUnseen = false;

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

  /** Whether diagnostics changed that a pulling client has not seen; asked once. */
  takeUnseen(): boolean {
    const had = this.#hasUnseen;
    this.#hasUnseen = false;
    return had;
  }

  /** The answer to a pull. */
  pull(uri: string): PulledReport {
    const items = this.#items(uri);
    return { id: hash(JSON.stringify(items)), items };
  }

  /** Id of what a file was last found to have; undefined: nothing. What a client has by that id needs not be made again. */
  idOf(uri: string): string | undefined {
    return this.#told.get(uri);
  }

  /** Files that have diagnostics, or had when a client last asked. */
  filesToPull(before: Iterable<string>): ReadonlySet<string> {
    return new Set([...this.#told.keys(), ...before]);
  }

  /** Looks at a file again and tells what changed. */
  report(uri: string): void {
    const items = this.#items(uri);
    const id = items.length === 0 ? undefined : hash(JSON.stringify(items));
    const wasEdited = this.#edited.delete(uri) && this.#options.isOpen(uri);
    const isChanged = id !== this.#told.get(uri);
    if (id === undefined) this.#told.delete(uri);
    else this.#told.set(uri, id);
    if (this.#mode === 'pull') {
      if (isChanged) this.#hasUnseen = true;
      return;
    }
    if (!isChanged && !wasEdited) return;
    const version = this.#sendsVersion ? this.#options.versionOf(uri) : undefined;
    this.#options.send({ uri: this.#options.names.clientUri(uri), diagnostics: [...items], ...(version === undefined ? {} : { version }) });
  }

  #items(uri: string): readonly LspDiagnostic[] {
    const { snapshot, names, isOpen, findings, onFailure } = this.#options;
    if (this.#scope === 'openFiles' && !isOpen(uri)) return [];
    const file = snapshot.file(uri);
    if (!file) return [];
    try {
      const found = findings(uri);
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

/** Short and stable; equal for equal texts (FNV-1a). */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return `${(value >>> 0).toString(36)}-${text.length}`;
}
