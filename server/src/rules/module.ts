import type { Lookup, Setting, Table } from '../index/tables.js';
import type { Kind } from '../model/kind.js';
import type { EditorSupport } from './editor.js';
import type { Rule } from './rule.js';

/** Everything one system brings: a folder under meshes/, listed once in meshes/index.ts. */
export interface MeshModule {
  readonly id: string;
  readonly title: string;
  readonly kinds: readonly Kind[];
  readonly tables: readonly Table<never>[] | readonly Table<unknown>[];
  /** Lookups that references name; others need not be listed. */
  readonly lookups: readonly Lookup<unknown>[];
  readonly settings: readonly Setting<unknown>[];
  readonly rules: readonly Rule[];
  /** What editors may offer and tell beyond facts: values to complete, hovers, outlines. */
  readonly editor?: EditorSupport;
}
