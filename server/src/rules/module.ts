import type { Lookup, Setting, Table } from '../index/tables.js';
import type { Emit, Kind } from '../model/kind.js';
import type { Resource } from '../model/resource.js';
import type { Range } from '../text/range.js';
import type { EditorSupport, ResourceTemplate } from './editor.js';
import type { Rule } from './rule.js';
import type { Transition } from './transition.js';

/** Something that the schema of a kind says against a resource. */
export interface SchemaProblem {
  /** Last part of the rule's id: `required-field`. */
  readonly code: string;
  /** In offsets of the resource's document. */
  readonly at: Range;
  /** Where that is: `spec.port`; empty for the resource as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Facts that a system finds in kinds of others: what annotations of pods name. */
export interface KindExtension {
  /** As `group/Kind`; `/Pod` for those of the core group. */
  readonly kinds: readonly string[];
  /** Words of which a document has to hold one for it to state anything there: parts of the names of annotations. */
  readonly mentions?: readonly string[];
  /** States facts beside those that the kind states itself. */
  readonly extract: (resource: Resource, emit: Emit) => void;
}

/**
 * How a system shows that it is at work. Where no document of the workspace holds one of the words, and no setting is about the system, its
 * rules find nothing in resources of the other systems named here, and are not run on them; those that look nothing up find
 * nothing where the document itself holds none.
 */
export interface Presence {
  readonly words: readonly string[];
  /** Ids of modules. */
  readonly onKindsOf: readonly string[];
}

/** Everything one system brings: a folder under meshes/, listed once in meshes/index.ts. */
export interface MeshModule {
  readonly id: string;
  readonly title: string;
  readonly kinds: readonly Kind[];
  readonly extensions?: readonly KindExtension[];
  readonly tables: readonly Table<never>[] | readonly Table<unknown>[];
  /** Lookups that references name; others need not be listed. */
  readonly lookups: readonly Lookup<unknown>[];
  readonly settings: readonly Setting<unknown>[];
  /** What settings may say below the id of the module, for those who write them. */
  readonly settingWords?: SettingWords;
  /** Whether it carries out routes of the Gateway API that have a Service as their parent: the setting `mesh` may name it. */
  readonly takesServiceRoutes?: true;
  readonly rules: readonly Rule[];
  /** Where it is left out, every rule always runs. */
  readonly presence?: Presence;
  /** Rules about two revisions of a workspace. */
  readonly transitions?: readonly Transition[];
  /** Names that a finding of the schema has in this system besides its own: codes of a tool, ids of checks of a webhook that the schema stands for. */
  readonly schemaPeers?: (problem: SchemaProblem, resource: Resource) => readonly string[];
  /** What editors may offer and tell beyond facts: values to complete, hovers, outlines. */
  readonly editor?: EditorSupport;
  /** Documents to begin with; every kind with a schema has one of its own besides. */
  readonly templates?: readonly ResourceTemplate[];
}

/** What a key of settings does, and what it takes. */
export interface SettingWords {
  readonly docs: string;
  /** Sort of value and default: `text · default cluster.local`. */
  readonly type: string;
  readonly values?: readonly (readonly [value: string, docs: string])[];
  readonly keys?: Readonly<Record<string, SettingWords>>;
}
