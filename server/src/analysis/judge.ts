import { extractFacts, NO_FACTS, type Facts } from '../index/store.js';
import type { Settings } from '../index/settings.js';
import type { Lookups } from '../index/tables.js';
import type { Kind } from '../model/kind.js';
import type { Resource } from '../model/resource.js';
import { ALL_WORDS, ASKED, Dispatch, isDue, NO_WORDS, type KindRules, type Words } from '../rules/dispatch.js';
import type { MeshModule } from '../rules/module.js';
import type { Rule } from '../rules/rule.js';
import { isSameFinding, runRules, type Found, type ReportFailure } from '../rules/runner.js';
import { IGNORE_ANNOTATION } from '../rules/suppressions.js';
import { asFarAsKnown, branchesIn, definitionsIn, oneBranch } from '../sources/branches.js';
import { DocumentResource } from '../sources/documents.js';
import type { Range } from '../text/range.js';
import type { YamlMap } from '../yaml/node.js';
import type { KnownKinds } from './known-kinds.js';
import type { KnownSchemas } from './known-schemas.js';
import type { PreparedResource } from './prepared.js';
import { schemaChoices } from './schema-choices.js';
import { schemaRules } from './schema-diagnostics.js';
import type { BuiltResource, Document, ResourceState } from './state.js';

export interface JudgeOptions {
  readonly modules: readonly MeshModule[];
  readonly kinds: KnownKinds;
  readonly schemas: KnownSchemas;
  /** Lookups of resources outside every scope, for rules that look at their document alone. */
  readonly look: () => Lookups;
  /** Also runs rules that can have nothing to say for want of a word; tests see that it makes no difference. */
  readonly runsAll: boolean;
  /** Told once per rule or kind that throws; `where` names the resource, never its content. */
  readonly onFailure: ((what: string, where: string, error: unknown) => void) | undefined;
}

/** Systems that came into the workspace, or left it. */
export interface OtherSystems {
  /** Whether rules that are off by default are asked from now on. */
  readonly asksMore: boolean;
  /** Whether other rules than before look things up for a resource. */
  concern(state: ResourceState): boolean;
}

/** What resources state, and what rules and schemas have to say of them. What a document shows by itself is remembered with its resources. */
export class Judge {
  readonly #options: JudgeOptions;
  readonly #dispatch: Dispatch;
  /** How many documents hold each word of a system, by the word's bit. */
  readonly #mentions = new Map<Words, number>();
  /** Systems that may be at work: a document, or a setting, mentions them. */
  #systems: Words;
  /** What systems read in kinds of others, by `group/Kind`. */
  readonly #extensions = new Map<string, readonly Extractor[]>();
  /** What states facts of a kind. */
  readonly #extractors = new Map<Kind, readonly Extractor[]>();
  /** By id, once a prepared finding names one. */
  readonly #rules = new Map<string, Rule>();
  readonly #failed = new Set<string>();
  #failures = 0;
  #choices = choicesIn({});

  constructor(options: JudgeOptions) {
    this.#options = options;
    this.#dispatch = new Dispatch(options.modules, options.kinds.ofModules);
    this.#systems = options.runsAll ? ALL_WORDS : NO_WORDS;
    for (const { extensions = [] } of options.modules)
      for (const { kinds: names, mentions, extract } of extensions) {
        const extractor: Extractor = { extract, words: this.#dispatch.systems.add(mentions) };
        for (const name of names) this.#extensions.set(name, [...(this.#extensions.get(name) ?? []), extractor]);
      }
  }

  /** How often something threw. */
  get failures(): number {
    return this.#failures;
  }

  /** What of the settings decides what is found in a document by itself, in comparable form. */
  get choices(): string {
    return this.#choices;
  }

  /** Words of systems in a text. */
  systemsIn(text: string): Words {
    return this.#dispatch.systems.in(text);
  }

  /** Counts a document that mentions some systems, or one less; `takeSystems` makes something of it. */
  countMentions(systems: Words, by: 1 | -1): void {
    for (let rest = systems & ~NO_WORDS & ~ASKED; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest;
      this.#mentions.set(bit, (this.#mentions.get(bit) ?? 0) + by);
    }
  }

  /** Looks which systems are at work in the workspace; undefined: the same as before. */
  takeSystems(settings: Settings): OtherSystems | undefined {
    if (this.#options.runsAll) return undefined;
    const before = this.#systems;
    let systems = NO_WORDS;
    for (const [bit, count] of this.#mentions) if (count > 0) systems |= bit;
    for (const { id } of this.#options.modules) {
      if (Object.hasOwn(settings, id) || settings['mesh'] === id) systems |= this.#dispatch.bitOf(id);
    }
    if (saysOfSeverities(settings)) systems |= ASKED;
    if (systems === before) return undefined;
    this.#systems = systems;
    return {
      asksMore: (systems & ~before & ASKED) !== 0,
      concern: ({ kind }) => this.#rulesOf(kind)?.cross.some((it) => isDue(it, before) !== isDue(it, systems)) === true,
    };
  }

  takeSettings(settings: Settings): void {
    this.#choices = choicesIn(settings);
  }

  /** Has rules that are off by default look at a resource, which they do not while no settings name any rule. */
  askMoreOf(state: BuiltResource): void {
    if (this.#rulesOf(state.kind)?.own.some((it) => it.waits.includes(ASKED)) === true) state.memo.own = undefined;
  }

  /** Whether any rule looks something up for a resource. Others, a ConfigMap say, need no cell. */
  looksUp({ kind }: ResourceState): boolean {
    return this.#rulesOf(kind)?.cross.some((it) => isDue(it, this.#systems)) === true;
  }

  /** Facts of a resource; `words` are those of systems that it may hold. */
  factsOf(kind: Kind | undefined, resource: Resource, words: Words): Facts {
    if (kind === undefined) return NO_FACTS;
    try {
      return extractFacts(this.#extractorsOf(kind, words), resource);
    } catch (error) {
      this.reportFailure(`kind ${kind.kind}`, resource, error);
      return NO_FACTS;
    }
  }

  /** Findings that a resource's own document shows, whatever else there is. */
  own(state: ResourceState): readonly Found[] {
    const { memo } = state as BuiltResource;
    const { turn } = this.#options.schemas;
    if (memo.choices !== turn) {
      memo.choices = turn;
      memo.own = undefined;
      memo.ofSchema = undefined;
    }
    if (memo.own === undefined) {
      const rules = this.#rulesOf(state.kind);
      const { words, systems } = rules ? this.#wordsOf(state, rules) : NOT_ANY;
      const found = rules ? runRules(rules.ownIn(words, systems), state, this.#options.look(), this.#onRuleFailure) : NOTHING;
      memo.own = found.length === 0 ? NOTHING : found;
    }
    const ofSchema = this.#ofSchema(state);
    return ofSchema.length === 0 ? memo.own : [...ofSchema, ...memo.own];
  }

  /** Whether a resource's own document shows nothing, told by what is at hand: false where that is not known. */
  isKnownClean(state: BuiltResource): boolean {
    const { own, choices } = state.memo;
    return (
      own?.length === 0 &&
      choices === this.#options.schemas.turn &&
      !state.resource.annotations.has(IGNORE_ANNOTATION) &&
      this.#ofSchema(state).length === 0
    );
  }

  /** Takes over what another host found in a resource by itself, under the same choices. */
  takeFound(state: BuiltResource, { own, ofSchema }: PreparedResource): void {
    const { resource } = state;
    const { schemas } = this.#options;
    state.own = own && this.#withRules(own);
    // A CRD of the workspace may say more.
    if (schemas.current !== undefined && schemas.revision(resource.group, resource.kind) === 0) {
      state.ofSchema = ofSchema && this.#withRules(ofSchema);
    }
  }

  /** Findings of the rules that look things up. */
  check(state: ResourceState, look: Lookups): readonly Found[] {
    const rules = this.#rulesOf(state.kind);
    if (!rules) return NOTHING;
    const { words } = this.#wordsOf(state, rules);
    const cross = rules.crossIn(words, this.#systems);
    const found = runRules(cross, state, look, this.#onRuleFailure);
    const branches = branchesIn(state.document.text);
    if (branches.length === 0) return found;
    // What one branch refers to has to be there whatever the others are.
    const references = cross.filter((it) => it.category === 'reference');
    const more = branches.flatMap(({ at, in: alone }) => {
      const resource = inBranch(state as BuiltResource, alone);
      if (resource === undefined) return [];
      const subject = { resource, facts: this.factsOf(state.kind, resource, ALL_WORDS) };
      return runRules(references, subject, look, this.#onRuleFailure).flatMap(({ rule, problem }) =>
        // Its path is one in the tree of the branch.
        isWithin(at, problem.at) ? [{ rule, problem }] : [],
      );
    });
    return more.length === 0 ? found : [...found, ...more.filter((it) => !found.some((other) => isSameFinding(it, other)))];
  }

  /** Tells the host's owner about a bug of ours, once for each `what`. */
  reportFailure(what: string, resource: Resource, error: unknown): void {
    this.#failures++;
    if (this.#failed.has(what)) return;
    this.#failed.add(what);
    this.#options.onFailure?.(what, `${resource.kind} ${resource.namespace ?? ''}/${resource.name}`, error);
  }

  readonly #onRuleFailure: ReportFailure = (rule, resource, error) => this.reportFailure(`rule ${rule.id}`, resource, error);

  #rulesOf(kind: Kind | undefined): KindRules | undefined {
    return kind && this.#dispatch.of(kind);
  }

  #extractorsOf(kind: Kind, words: Words): readonly Extractor[] {
    let known = this.#extractors.get(kind);
    if (known === undefined) {
      known = [{ extract: kind.extract, words: NO_WORDS }, ...(this.#extensions.get(`${kind.group}/${kind.kind}`) ?? [])];
      this.#extractors.set(kind, known);
    }
    return known.length === 1 ? known : known.filter((it) => (it.words & words) !== 0);
  }

  /**
   * Words that decide which rules look at a resource. What kustomizations and values make of a document may hold any; the document of a list
   * would be searched once for each of its items.
   */
  #wordsOf(state: ResourceState, rules: KindRules): { readonly words: Words; readonly systems: Words } {
    const document = state.document as Document;
    const { isPlain, memo } = state as BuiltResource;
    if (this.#options.runsAll) return EVERY;
    const asked = this.#systems & ASKED;
    if (!isPlain) return { words: ALL_WORDS, systems: (ALL_WORDS & ~ASKED) | asked };
    memo.words ??= rules.wordsIn(document.text);
    return { words: memo.words, systems: (document.systems & ~ASKED) | asked };
  }

  #ofSchema(state: ResourceState): readonly Found[] {
    const { schemas } = this.#options;
    if (schemas.current === undefined || state.kind === undefined) return NOTHING;
    const { resource } = state;
    const { memo } = state as BuiltResource;
    const revision = schemas.revision(resource.group, resource.kind);
    if (memo.ofSchema !== undefined && memo.revision === revision) return memo.ofSchema;
    let found: readonly Found[] = NOTHING;
    try {
      found = schemas.problemsOf(resource);
      // What is wrong in one branch of a template is wrong whatever the others are.
      if (oneBranch(state.document.text)) {
        found = withMore(found, schemas.problemsOf((state as BuiltResource).asStated.resource), state.document.text);
      }
    } catch (error) {
      this.reportFailure('schema', resource, error);
    }
    memo.revision = revision;
    memo.ofSchema = found.length === 0 ? NOTHING : found;
    return memo.ofSchema;
  }

  #withRules(found: NonNullable<PreparedResource['own']>): readonly Found[] {
    return found.length === 0
      ? NOTHING
      : found.map(({ rule, problem, path }) => ({ rule: this.#ruleOf(rule), problem, ...(path !== undefined && { path }) }));
  }

  #ruleOf(id: string): Rule {
    if (this.#rules.size === 0)
      for (const rule of [...this.#options.modules.flatMap((it) => it.rules), ...schemaRules]) this.#rules.set(rule.id, rule);
    return this.#rules.get(id)!;
  }
}

/** States facts of resources whose documents hold one of some words. */
interface Extractor {
  readonly extract: Kind['extract'];
  readonly words: Words;
}

/** Nothing, ninety thousand times the same one. */
const NOTHING: readonly Found[] = [];

const NOT_ANY = { words: NO_WORDS, systems: NO_WORDS };
const EVERY = { words: ALL_WORDS, systems: ALL_WORDS };

function choicesIn(settings: Settings): string {
  return JSON.stringify([schemaChoices(settings), saysOfSeverities(settings)]);
}

/** Whether settings name any rule, category or code, so that one that is off by default may be among them. */
function saysOfSeverities({ rules, overrides }: Settings): boolean {
  return [rules, overrides].some((it) => typeof it === 'object' && it !== null && Object.keys(it).length > 0);
}

function withMore(found: readonly Found[], more: readonly Found[], text: string): readonly Found[] {
  const elsewhere = definitionsIn(text);
  const isLocal = ({ rule }: Found): boolean =>
    ['schema/unknown-field', 'schema/unknown-value', 'schema/wrong-type', 'schema/out-of-range'].includes(rule.id);
  const isNew = ({ rule, problem }: Found): boolean =>
    !found.some((it) => it.rule.id === rule.id && it.problem.at.start === problem.at.start) &&
    !elsewhere.some((it) => it.start <= problem.at.start && problem.at.start < it.end);
  return [...found, ...more.filter((it) => isLocal(it) && isNew(it))];
}

/** A resource with another branch of its template; undefined where that makes it another one, or where it is not as it is written. */
function inBranch({ resource, placement, asStated }: BuiltResource, alone: (tree: YamlMap) => YamlMap): Resource | undefined {
  if (placement.chain.length > 0 || !(asStated.resource instanceof DocumentResource)) return undefined;
  const make = (tree: YamlMap): YamlMap => asFarAsKnown(tree, placement.values, alone);
  const root = make(asStated.resource.root);
  const isSame =
    root.text('apiVersion') === resource.apiVersion &&
    root.text('kind') === resource.kind &&
    ['metadata.name', 'metadata.namespace'].every((it) => root.text(it) === resource.root.text(it));
  return isSame ? asStated.resource.madeBy(make, root) : undefined;
}

function isWithin(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
