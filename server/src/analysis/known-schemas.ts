import type { Settings } from '../index/settings.js';
import type { Resource } from '../model/resource.js';
import { isEqual } from '../query/database.js';
import type { MeshModule } from '../rules/module.js';
import { isSameFinding, type Found } from '../rules/runner.js';
import type { SchemaSet } from '../schema/schemas.js';
import { CustomKinds } from './custom-kinds.js';
import { schemaChoices } from './schema-choices.js';
import { schemaProblems } from './schema-diagnostics.js';
import type { FileChange } from './state.js';

/** Kinds, as `group/Kind`, of which CRDs of the workspace say something else now; `moved` have a CRD from now on, or none any more. */
export interface OtherKinds {
  readonly all: ReadonlySet<string>;
  readonly moved: ReadonlySet<string>;
}

/** The schemas in force: as settings choose them, and with CRDs of the workspace before what comes with us. */
export class KnownSchemas {
  readonly #bundled: SchemaSet | undefined;
  readonly #modules: readonly MeshModule[];
  readonly #customKinds = new CustomKinds();
  /** By `group/Kind`, once something was found that further CRDs may see in another way. */
  readonly #others = new Map<string, readonly SchemaSet[]>();
  #choices = schemaChoices({});
  #current: SchemaSet | undefined;
  #turn = 0;

  /** Without schemas, nothing is judged by any. */
  constructor(bundled: SchemaSet | undefined, modules: readonly MeshModule[]) {
    this.#bundled = bundled;
    this.#modules = modules;
    this.#current = bundled;
  }

  /** Ever new ones after a change. */
  get current(): SchemaSet | undefined {
    return this.#current;
  }

  /** Counts changes of the settings that schemas depend on. */
  get turn(): number {
    return this.#turn;
  }

  /** Releases of systems that settings name. */
  get targets(): Readonly<Record<string, string>> {
    return this.#choices.targets;
  }

  get hasCustomKinds(): boolean {
    return this.#customKinds.schemas.size > 0;
  }

  /** Another number after every change of what a CRD of the workspace says of a kind; 0 without one. */
  revision(group: string, kind: string): number {
    return this.#customKinds.revision(group, kind);
  }

  /** Takes over CRDs among what changed; undefined: they say what they said. */
  take(changes: readonly FileChange[]): OtherKinds | undefined {
    if (this.#bundled === undefined) return undefined;
    const before = new Set(this.#customKinds.schemas.keys());
    const all = this.#customKinds.take(changes);
    if (all.length === 0) return undefined;
    this.#choose();
    return { all: new Set(all), moved: new Set(all.filter((key) => before.has(key) !== this.#customKinds.schemas.has(key))) };
  }

  /** Takes over what settings choose. Tells whether they chose something else before. */
  takeSettings(settings: Settings): boolean {
    const choices = schemaChoices(settings);
    if (isEqual(choices, this.#choices)) return false;
    this.#choices = choices;
    this.#turn++;
    this.#choose();
    return true;
  }

  /** What is wrong with a resource by every schema that may be in force for it. */
  problemsOf(resource: Resource): readonly Found[] {
    if (this.#current === undefined) return [];
    let found = schemaProblems(this.#current, this.#modules, resource);
    if (found.length === 0) return found;
    for (const other of this.#othersOf(resource)) {
      const also = schemaProblems(other, this.#modules, resource);
      found = found.filter((it) => also.some((problem) => isSameFinding(it, problem)));
    }
    return found;
  }

  #choose(): void {
    this.#current = this.#bundled?.choosing({ ...this.#choices, custom: this.#customKinds.schemas });
    this.#others.clear();
  }

  /** Schemas by the further CRDs of a kind. */
  #othersOf({ group, kind }: Resource): readonly SchemaSet[] {
    const key = `${group}/${kind}`;
    let others = this.#others.get(key);
    if (others === undefined) {
      others = this.#customKinds
        .othersOf(group, kind)
        .flatMap((it) => this.#bundled?.choosing({ ...this.#choices, custom: new Map([[key, it]]) }) ?? []);
      this.#others.set(key, others);
    }
    return others;
  }
}
