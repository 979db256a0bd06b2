import type { PreparedFile } from '../analysis/prepared.js';
import type { Settings } from '../index/settings.js';
import type { SchemaSet } from '../schema/schemas.js';
import type { Rendering } from '../sources/rendering.js';
import type { ChartInstall } from '../sources/scopes.js';

/** What the server needs from the machine it runs on. URIs everywhere, so that a browser can be a machine too. */
export interface HostPorts {
  readonly version: string;
  readonly schemas: SchemaSet;
  /** Runs a task after everything that waits already, messages of the client included. */
  readonly defer: (task: () => void) => void;
  /** Runs a task once a time has passed; it may be left undone when the server ends. */
  readonly later: (milliseconds: number, task: () => void) => void;
  /** Milliseconds, for measuring only. */
  readonly now: () => number;
  /** URIs of files below a folder that may hold manifests, in a stable order, some at a time. */
  readonly find: (
    folder: string,
    exclude: readonly string[],
    onProblem: (uri: string, message: string) => void,
  ) => AsyncIterable<readonly string[]>;
  /** Whether `find` would come upon a file. */
  readonly wouldFind: (folder: string, uri: string, exclude: readonly string[]) => Promise<boolean>;
  /** Whether there is a file or folder, read or not; left out where that cannot be told at once. */
  readonly isOnDisk?: (uri: string) => boolean;
  /** Where a path ends that leads through links, seen from a folder. */
  readonly endOfLink?: (uri: string, folder: string) => string | undefined;
  readonly read: (uri: string, maxSize: number | undefined) => Promise<FileRead>;
  /** Begins to read many while they are still looked for. */
  readonly readMany: (options: {
    readonly maxSize: number | undefined;
    readonly settings: Settings;
    readonly folders: readonly string[];
    readonly onFailure?: (error: Error) => void;
  }) => ManyReads;
  /** Settings in force for a folder: its `.meshwright.yaml` over what the client sends, with the text of files that they name. */
  readonly settings: (folder: string, fromClient: Settings) => Promise<FolderSettings>;
  /** Runs Helm, where there is one: only for people who trust the workspace and want it. */
  readonly renderChart?: RenderChart;
  /** Told that the client is about to leave. */
  readonly onShutdown?: () => void;
  /** Looks into the history of a folder, where there is Git. */
  readonly revisions?: RevisionPorts;
  /** Address of a rule's page, where the package has one. */
  readonly rulePage: (rule: string) => string | undefined;
}

export interface ManyReads {
  /** Takes note of files that were found, each once. */
  meet(uris: readonly string[]): void;
  /**
   * Reads all that were met, some at a time, with pauses in which messages are handled. Those that say what is applied together come first
   * and at once, so that the plan is made once; the others in their order.
   */
  read(): AsyncIterable<readonly (readonly [uri: string, read: FileRead])[]>;
  /** To be called in any case: nothing more is read. */
  end(): void;
}

export interface RevisionPorts {
  readonly names: (folder: string) => Promise<RevisionNames | { readonly problem: string }>;
  /** Manifests of a folder as they were. */
  readonly files: (
    folder: string,
    revision: string,
    exclude: readonly string[],
  ) => Promise<readonly { readonly uri: string; readonly text: string }[] | { readonly problem: string }>;
}

/** What a workspace may be compared with. */
export interface RevisionNames {
  /** Where the work of this branch began. */
  readonly base: { readonly name: string; readonly revision: string } | undefined;
  /** Branches and tags, the newest first. */
  readonly others: readonly string[];
}

/** What a chart comes to, or why that is not known; undefined: it is none that is installed by itself. */
export type RenderChart = (install: ChartInstall) => Promise<{ readonly rendering: Rendering } | { readonly problem: string } | undefined>;

/** `missing`: there is no such file; the rest are reasons to tell. */
export type FileRead =
  | { readonly text: string; readonly prepared?: PreparedFile | undefined }
  | { readonly problem: 'missing' | 'unreadable'; readonly message: string };

export interface FolderSettings {
  /** Those of the client, with the files that they name. */
  readonly fromClient: Settings;
  /** What the settings file of the folder says: it goes before the client's, also before those read for another folder. */
  readonly settings: Settings;
  readonly problems: readonly { readonly uri: string; readonly line: number | undefined; readonly message: string }[];
}
