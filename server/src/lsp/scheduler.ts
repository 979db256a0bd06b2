import type { AnalysisHost } from '../analysis/host.js';
import type { FileChange } from '../analysis/state.js';

/** Everything that can happen to the loop. */
export type Event =
  | { readonly type: 'changed'; readonly changes: readonly FileChange[] }
  /** Files whose diagnostics have to be looked at again, though their text is the same. */
  | { readonly type: 'touched'; readonly uris: Iterable<string> }
  /** All files of the workspace are known: from now on findings may rest on what other files say. */
  | { readonly type: 'ready' }
  | { readonly type: 'not-ready' };

export interface SchedulerOptions {
  readonly host: AnalysisHost;
  readonly defer: (task: () => void) => void;
  readonly later: (milliseconds: number, task: () => void) => void;
  readonly now: () => number;
  readonly isOpen: (uri: string) => boolean;
  /** Tells the diagnostics of a file as they are now. */
  readonly report: (uri: string) => void;
  /** Something threw, which is our bug: it is told, and the loop goes on with what comes next. */
  readonly onFailure: (what: string, error: unknown) => void;
  /** Everything is told. */
  readonly onSettled: () => void;
}

/** Longest time in milliseconds that requests wait for background work. */
const SLICE = 8;

/** Milliseconds without an edit after which what is slow to read is read. */
const IDLE = 300;

/**
 * The one loop that everything runs in. A change is applied before anything else is answered; diagnostics of open files come next, then,
 * in slices with requests between them, those of the others. There is no delay, and a newer change simply makes the work newer.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  #changes: FileChange[] = [];
  /** Files whose diagnostics may differ from what was told, the open ones apart from the others, of which there may be very many. */
  readonly #pendingOpen = new Set<string>();
  readonly #pending = new Set<string>();
  #isReady = false;
  #hasIndex = false;
  #isScheduled = false;
  #isSettled = true;
  #editedAt = 0;
  #isTimed = false;
  #hasSettled: (() => void)[] = [];

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /**
   * Whether findings may rest on what other files say. While the workspace is read again, after a folder came or a setting changed, they
   * still may: what was shown is not taken back.
   */
  get hasIndex(): boolean {
    return this.#hasIndex;
  }

  handle(event: Event): void {
    switch (event.type) {
      case 'changed':
        this.#changes.push(...event.changes);
        this.#editedAt = this.#options.now();
        break;
      case 'touched':
        for (const uri of event.uris) this.#await(uri);
        break;
      case 'ready':
        this.#isReady = true;
        this.#hasIndex = true;
        for (const file of this.#options.host.files()) this.#await(file.uri);
        break;
      case 'not-ready':
        this.#isReady = false;
        break;
    }
    this.#isSettled = false;
    this.#schedule();
  }

  /** Resolves once all files are known and everything is told; at once where that is so. */
  settled(): Promise<void> {
    if (this.#isReady && this.#isSettled) return Promise.resolve();
    return new Promise((resolve) => this.#hasSettled.push(resolve));
  }

  /** Applies what waits, so that an answer is about the text as it is. */
  flush(): void {
    if (this.#changes.length === 0) return;
    const { host, onFailure } = this.#options;
    const changes = this.#changes;
    this.#changes = [];
    try {
      host.apply(changes);
    } catch {
      // One file must not take the others along.
      for (const change of changes) {
        try {
          host.apply([change]);
        } catch (error) {
          onFailure(`reading ${change.uri}`, error);
        }
      }
    }
  }

  /** The same, with documents read that wait for nobody to type. */
  catchUp(): void {
    this.flush();
    const { host } = this.#options;
    if (!host.isWaiting) return;
    while (host.isWaiting) host.readWaiting();
    this.#schedule();
  }

  /** Reads what waits, one file after the other, once there was no edit for a while. */
  #readWhenIdle(): void {
    if (this.#isTimed) return;
    this.#isTimed = true;
    const { host, now, later, onFailure } = this.#options;
    later(Math.max(0, this.#editedAt + IDLE - now()), () => {
      this.#isTimed = false;
      if (this.#changes.length === 0 && now() - this.#editedAt >= IDLE) {
        try {
          host.readWaiting();
        } catch (error) {
          onFailure('reading', error);
        }
      }
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#options.defer(() => {
      this.#isScheduled = false;
      try {
        if (this.#step()) this.#schedule();
      } catch (error) {
        this.#options.onFailure('checking', error);
      }
    });
  }

  /** One slice. Returns whether there is more to do. */
  #step(): boolean {
    const { host, now, report } = this.#options;
    this.flush();
    this.#collect();
    const end = now() + SLICE;
    for (const uri of this.#pendingOpen) this.#report(uri, report);
    if (this.#isReady) {
      for (const uri of this.#pending) {
        if (now() >= end) return true;
        this.#report(uri, report);
      }
      const isDone = host.work(() => now() >= end);
      this.#collect();
      if (!isDone || this.#pending.size + this.#pendingOpen.size > 0) return true;
    } else if (host.workAhead(() => now() >= end)) return true;
    if (host.isWaiting) this.#readWhenIdle();
    else if (this.#isReady && !this.#isSettled) {
      this.#isSettled = true;
      for (const resolve of this.#hasSettled.splice(0)) resolve();
      this.#options.onSettled();
    }
    return false;
  }

  #collect(): void {
    for (const uri of this.#options.host.takeChanged()) this.#await(uri);
  }

  #await(uri: string): void {
    (this.#options.isOpen(uri) ? this.#pendingOpen : this.#pending).add(uri);
  }

  #report(uri: string, report: (uri: string) => void): void {
    this.#pending.delete(uri);
    this.#pendingOpen.delete(uri);
    report(uri);
  }
}
