import type { Range } from '../text/range.js';
import type { YamlMap } from '../yaml/node.js';
import type { Resource } from './resource.js';

/** Where facts go. Generic over tables and lookups by name only, so that `model` need not know the index. */
export interface Emit {
  /** States that the resource brings a thing into the world. */
  define<D>(table: Named<D>, key: string, at: Range, data: D): void;
  /** States that a place names a thing; `nameRange` is the part that is the thing's own name. */
  refer(lookup: { readonly name: string }, key: string, at: Range, nameRange?: Range): void;
}

export interface Named<D> {
  readonly name: string;
  /** Never set; lets the type of the data travel with the table. */
  readonly data?: D;
}

/** A kind says once what it defines and what it refers to. */
export interface Kind {
  readonly group: string;
  readonly kind: string;
  readonly plural?: string;
  /** kubectl's short names, which workspace symbols match. */
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  /** Folder of schemas/ that holds its schema. */
  readonly system: string;
  /** Versions as they exist, the one to write today first. */
  readonly versions: readonly string[];
  /** Whether a document of this kind is worth reading, by its text; left out: always. Keeps large ones of little interest from the parser. */
  readonly concerns?: (text: string) => boolean;
  /** Who a document is that is written without apiVersion and kind, in a file whose URI a setting tells. */
  readonly headless?: { readonly setting: readonly [section: string, key: string]; readonly namespace: string; readonly name: string };
  /** Files whose documents are of this kind where they do not say so themselves, by URI. */
  readonly files?: RegExp;
  /** How the kind is written outside of Kubernetes, with its name in the field `type` in place of apiVersion and kind. */
  readonly typed?: TypedForm;
  /** States facts and judges nothing. */
  readonly extract: (resource: Resource, emit: Emit) => void;
}

/** Leads from the form of an object outside of Kubernetes to the one in it. */
export interface TypedForm {
  /** The tree that Kubernetes has; its apiVersion stands where the type does. Undefined where the document is something else. */
  readonly tree: (root: YamlMap) => YamlMap | undefined;
  /** Where a path leads in that tree. */
  readonly path: (path: readonly (string | number)[]) => readonly (string | number)[];
}

export function defineKind(kind: Omit<Kind, 'namespaced' | 'shortNames' | 'extract'> & Partial<Kind>): Kind {
  return { namespaced: true, shortNames: [], extract: () => undefined, ...kind };
}

/** Whether a resource is written outside of Kubernetes, as its kind allows. */
export function isTyped({ root }: Pick<Resource, 'root'>): boolean {
  const version = root.get('apiVersion');
  return version !== undefined && version.start === root.get('kind')?.start;
}
