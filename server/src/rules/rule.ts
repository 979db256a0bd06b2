import type { Settings } from '../index/settings.js';
import type { Lookup, Setting, Table } from '../index/tables.js';
import type { Definition } from '../model/facts.js';
import type { Resource, ResourceId, Site } from '../model/resource.js';
import type { Range } from '../text/range.js';

export type Severity = 'error' | 'warning' | 'info' | 'hint';
export type Category = 'syntax' | 'schema' | 'reference' | 'semantics' | 'policy' | 'pitfall' | 'style';

/**
 * How much is known, for problems about what is not in the workspace. `proven`: shown by documents at hand. `near`: missing, and a
 * known name differs by a slip. `owned`: the workspace would show it. `unseen`: all else. What each becomes: rules/severity.ts.
 */
export type Certainty = 'proven' | 'near' | 'owned' | 'unseen';

/** What a rule may look up; nothing else can be reached from a check. */
export type Reads = Readonly<Record<string, Table<unknown> | Lookup<unknown> | Setting<unknown>>>;

export type ReadFunctions<R extends Reads> = {
  readonly [K in keyof R]: R[K] extends Table<infer D>
    ? (key: string) => readonly Definition<D>[]
    : R[K] extends Lookup<infer T>
      ? (key?: string) => T
      : R[K] extends Setting<infer T>
        ? () => T
        : never;
};

/** Evidence that stands beside a claim; reads after "file(line, col):". */
export interface Evidence {
  /** Where: a definition, a site, or a range of the subject's own document. */
  readonly at: Site | Range;
  readonly message: string;
}

/** What a check yields: one thing that is wrong at one place of its subject. */
export interface Problem {
  /** The smallest thing the author must change: a node, or the range of a key. */
  readonly at: Range;
  /** What is wrong here, in one sentence. */
  readonly message: string;
  /** What happens at run time, in one short sentence, where the rule's own `effect` does not fit. */
  readonly effect?: string | undefined;
  readonly severity?: Severity;
  readonly certainty?: Certainty;
  /** In place of the rule's peers, where a peer reports only some of what the rule finds. */
  readonly peers?: readonly string[];
  readonly related?: readonly Evidence[];
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
  /** What the fix needs, as plain JSON. */
  readonly data?: unknown;
}

/** A change that removes a problem. */
export interface Fix {
  /** An imperative that names the result, and the file when it is another one. */
  readonly title: string;
  /** At most one fix of a problem: certain, small, keeps the meaning, grants no access. Fix-all applies these. */
  readonly preferred?: boolean;
  readonly edits: readonly FixEdit[];
  /** What it says in the settings file of the workspace, in place of edits. */
  readonly setting?:
    | { readonly path: readonly [string, string]; readonly value: string }
    /** One more item of a list. */
    | { readonly list: string; readonly item: string };
}

/** Replaces a range of a resource's document (the subject's where none is named), or adds a document after it. */
export type FixEdit =
  | { readonly resource?: ResourceId; readonly range: Range; readonly text: string }
  | { readonly resource?: ResourceId; readonly appendDocument: string };

export interface CheckContext<R extends Reads> {
  readonly resource: Resource;
  readonly read: ReadFunctions<R>;
  /** The first thing that the subject itself defines in a table. Its tree may have to be read again; this is at hand. */
  readonly stated: <D>(table: Table<D>) => Definition<D> | undefined;
}

export interface FixContext<R extends Reads> extends CheckContext<R> {
  readonly problem: Problem;
  /** Text of the subject's document. */
  readonly text: string;
  /** Another resource, to edit it; undefined where it is gone. `text` is that of its document. */
  readonly other: (id: ResourceId) => { readonly resource: Resource; readonly text: string; readonly file: string } | undefined;
}

export interface RuleMeta {
  /** `<mesh>/<what-is-wrong>`: a noun phrase of the problem. Never changes its meaning. */
  readonly id: string;
  /** Names the problem without this document's names. */
  readonly title: string;
  readonly severity: Severity;
  readonly category: Category;
  /** Codes under which other tools report this problem. */
  readonly peers?: readonly string[];
  /** One short sentence on what happens at run time; shown behind the message. Hints need none. */
  readonly effect?: string;
  /** The long form of `effect`, for the page. */
  readonly why: string;
  readonly remedy: string;
  /** Where this departs from the peers, and why; for the page. */
  readonly otherTools?: string;
  /** `bad` gives exactly this rule, `good` nothing at all. Both are tested. */
  /** A comment `# file: path` begins another file. `settings` are what the example needs beside its files. */
  readonly example: { readonly bad: string; readonly good: string; readonly settings?: Settings };
  /** Severity of an `unseen` problem in the open world. */
  readonly unseen?: Severity | 'off';
  /** Ids of findings that tell the same problem and know less of it: what they say of the same place gives way. */
  readonly replaces?: readonly string[];
  /** Rules that are off until somebody asks for them by `rules` or `--enable`. */
  readonly offByDefault?: boolean;
}

export interface Rule extends RuleMeta {
  /**
   * Words of which a document has to hold one for the rule to find anything in it: the fields that it looks at. Where there is none, it is
   * not run, which is much faster than to look for each of them in a tree.
   */
  readonly mentions?: readonly string[];
  /** Those words for kinds of which other fields are looked at, by kind as in `kinds`; for the rest it is `mentions`. */
  readonly mentionsIn?: Readonly<Record<string, readonly string[]>>;
  /**
   * Words of which some document of the workspace has to hold one for the rule to find anything at all: `ambient` for what is about ambient.
   * For rules that look things up.
   */
  readonly workspaceMentions?: readonly string[];
  /** Kinds whose resources are subjects: `VirtualService` of the rule's own mesh or of Kubernetes, or `group/Kind`. */
  readonly kinds: readonly string[];
  readonly reads: Reads;
  readonly check: (context: CheckContext<Reads>) => Iterable<Problem>;
  readonly fix: ((context: FixContext<Reads>) => readonly Fix[]) | undefined;
}

export interface RuleDefinition<R extends Reads> extends RuleMeta {
  readonly mentions?: readonly string[];
  readonly mentionsIn?: Readonly<Record<string, readonly string[]>>;
  readonly workspaceMentions?: readonly string[];
  readonly kinds: readonly string[];
  readonly reads: R;
  check(context: CheckContext<R>): Iterable<Problem>;
  fix?(context: FixContext<R>): readonly Fix[];
}

export function defineRule<const R extends Reads>(definition: RuleDefinition<R>): Rule {
  return { ...definition, fix: definition.fix } as unknown as Rule;
}
