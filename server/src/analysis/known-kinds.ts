import { settingIn, type Settings } from '../index/settings.js';
import { defineKind, type Kind } from '../model/kind.js';
import type { MeshModule } from '../rules/module.js';
import type { SchemaSet } from '../schema/schemas.js';
import { TYPED, type KindOf } from '../sources/documents.js';
import type { KnownSchemas } from './known-schemas.js';

/** Kinds that modules read, that have a schema, and those of files that settings or their names tell of. */
export class KnownKinds {
  /** Kinds of modules by `group/Kind`. */
  readonly ofModules: ReadonlyMap<string, Kind>;
  /** Asked of every document, which should not have to put a key together. */
  readonly of: KindOf;
  readonly #modules: readonly MeshModule[];
  readonly #schemas: KnownSchemas;
  /** Kinds that no module reads, and that have a schema; and which schemas said so. */
  readonly #withSchema = new Map<string, Kind | undefined>();
  #readFrom: SchemaSet | undefined;
  /** Files that settings name as documents of a kind without its header, by URI. */
  #headless: ReadonlyMap<string, Kind> = new Map();
  /** Kinds that files are of by their names. */
  readonly #named: readonly Kind[];

  constructor(modules: readonly MeshModule[], schemas: KnownSchemas) {
    this.#modules = modules;
    this.#schemas = schemas;
    const kinds = new Map<string, Kind>();
    const byGroup = new Map<string, Map<string, Kind>>();
    const add = (group: string, kind: Kind): void => {
      kinds.set(`${group}/${kind.kind}`, kind);
      byGroup.set(group, (byGroup.get(group) ?? new Map<string, Kind>()).set(kind.kind, kind));
    };
    for (const kind of modules.flatMap((module) => module.kinds)) {
      add(kind.group, kind);
      if (kind.typed) add(TYPED, kind);
    }
    this.ofModules = kinds;
    this.of = (group, kind) => byGroup.get(group)?.get(kind) ?? this.#bySchema(group, kind);
    this.#named = modules.flatMap((module) => module.kinds).filter((kind) => kind.files !== undefined);
  }

  /** The kind of documents of a file that do not say it themselves. */
  headlessIn(uri: string): Kind | undefined {
    return this.#headless.get(uri) ?? this.#named.find((it) => it.files!.test(uri));
  }

  /** Takes over which files settings name. Gives the URIs of those whose documents are of another kind now. */
  takeSettings(tree: Settings): readonly string[] {
    const before = this.#headless;
    const after = new Map<string, Kind>();
    for (const kind of this.#modules.flatMap((module) => module.kinds)) {
      const uri = kind.headless && settingIn(tree, ...kind.headless.setting);
      if (typeof uri === 'string') after.set(uri, kind);
    }
    this.#headless = after;
    return [...new Set([...before.keys(), ...after.keys()])].filter((uri) => before.get(uri) !== after.get(uri));
  }

  /** A kind that has a schema and no module: there is nothing to know of it but what the schema says. */
  #bySchema(group: string, name: string): Kind | undefined {
    const schemas = this.#schemas.current;
    if (schemas !== this.#readFrom) this.#withSchema.clear();
    this.#readFrom = schemas;
    const key = `${group}/${name}`;
    if (!this.#withSchema.has(key)) {
      const found = schemas?.kind(group, name) ?? schemas?.elsewhere(`${group}/`, name)?.kind;
      // Of Kubernetes' own kinds, modules name those that matter.
      const isWanted = found !== undefined && found.system !== 'kubernetes';
      const { namespaced, system, versions } = found ?? { namespaced: true, system: '', versions: {} };
      this.#withSchema.set(
        key,
        isWanted ? defineKind({ group, kind: name, namespaced, system, versions: Object.keys(versions) }) : undefined,
      );
    }
    return this.#withSchema.get(key);
  }
}
