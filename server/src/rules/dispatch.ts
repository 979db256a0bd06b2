import { releases } from '../index/settings.js';
import type { Kind } from '../model/kind.js';
import type { MeshModule } from './module.js';
import type { Rule } from './rule.js';

/** A set of words, by their bits; the first bit stands for none: what needs no word at all. */
export type Words = number;

export const NO_WORDS: Words = 1;
export const ALL_WORDS: Words = -1;
/** Among the words of a workspace: settings say something of severities, so that rules that are off by default may be asked for. */
export const ASKED: Words = 1 << 31;

/** The rules that look at resources of a kind. */
export class KindRules {
  /** Those that look at the resource's own document only, and those that look things up. */
  readonly own: readonly Dispatched[];
  readonly cross: readonly Dispatched[];
  /** Words that decide which of `own` have to run. */
  readonly #words = new WordList();
  readonly #own: Choice;
  readonly #cross: Choice;

  constructor(rules: readonly KindRule[]) {
    const dispatched = rules.map(({ rule, waits, mentions }): Dispatched => ({ rule, waits, words: this.#words.add(mentions) }));
    this.own = dispatched.filter(({ rule }) => isOwn(rule));
    this.cross = dispatched.filter(({ rule }) => !isOwn(rule));
    this.#own = new Choice(this.own);
    this.#cross = new Choice(this.cross);
  }

  /** Which of the words that rules of this kind need are in a text. */
  wordsIn(text: string): Words {
    return this.#words.in(text);
  }

  ownIn(words: Words, systems: Words): readonly Rule[] {
    return this.#own.in(words, systems);
  }

  crossIn(words: Words, systems: Words): readonly Rule[] {
    return this.#cross.in(words, systems);
  }
}

/** A rule as it looks at a kind. */
interface KindRule {
  readonly rule: Rule;
  readonly waits: readonly Words[];
  readonly mentions: readonly string[] | undefined;
}

interface Dispatched {
  readonly rule: Rule;
  /** What the rule waits for to be in the workspace: one word of each. */
  readonly waits: readonly Words[];
  readonly words: Words;
}

/** Whether a workspace with these words holds all that a rule waits for. */
export function isDue({ waits }: Dispatched, systems: Words): boolean {
  return waits.every((it) => (it & systems) !== 0);
}

/** Chooses among rules, and remembers what it chose: most documents of a kind hold one of a few sets of words. */
class Choice {
  readonly #rules: readonly Dispatched[];
  /** By words, then by systems. */
  #known = new Map<Words, Map<Words, readonly Rule[]>>();

  constructor(rules: readonly Dispatched[]) {
    this.#rules = rules;
  }

  in(words: Words, systems: Words): readonly Rule[] {
    let bySystems = this.#known.get(words);
    if (bySystems === undefined) {
      if (this.#known.size >= CHOICE_LIMIT) this.#known = new Map();
      this.#known.set(words, (bySystems = new Map()));
    }
    let chosen = bySystems.get(systems);
    if (chosen === undefined) {
      chosen = this.#rules.filter((it) => (it.words & words) !== 0 && isDue(it, systems)).map((it) => it.rule);
      bySystems.set(systems, chosen);
    }
    return chosen;
  }
}

const CHOICE_LIMIT = 1000;

/** Whether a rule looks at its own document only, whatever else there is. */
function isOwn({ reads }: Rule): boolean {
  return Object.values(reads).every((it) => it === releases);
}

/**
 * Finds the rules of each kind, and those among them that may have something to say: in a workspace of one mesh, nearly half of the rules
 * that look at a Deployment belong to the others, and of those that look at a VirtualService most are about fields that it does not have.
 */
export class Dispatch {
  readonly systems = new WordList();
  readonly #byKind = new Map<Kind, KindRules>();
  /** Bit of a system's words, by id. */
  readonly #bits = new Map<string, Words>();

  constructor(modules: readonly MeshModule[], kinds: ReadonlyMap<string, Kind>) {
    const byKind = new Map<Kind, KindRule[]>();
    const kubernetes = modules.find((module) => module.id === 'kubernetes');
    for (const module of modules) {
      const bit = this.systems.add(module.presence?.words);
      this.#bits.set(module.id, bit);
      for (const rule of module.rules) {
        const always = this.#waitsOf(rule);
        for (const name of rule.kinds) {
          const kind =
            (name.includes('/') ? kinds.get(name) : undefined) ??
            module.kinds.find((it) => it.kind === name) ??
            kubernetes?.kinds.find((it) => it.kind === name);
          if (!kind) throw new Error(`rule ${rule.id} is about kind ${name}, which no module has`);
          const waits = module.presence?.onKindsOf.some((id) => modules.some((it) => it.id === id && it.kinds.includes(kind))) === true;
          const mentions = rule.mentionsIn?.[name] ?? rule.mentions;
          const entry = { rule, waits: waits ? [bit, ...always] : always, mentions };
          const known = byKind.get(kind);
          if (known) known.push(entry);
          else byKind.set(kind, [entry]);
        }
      }
    }
    for (const [kind, rules] of byKind) this.#byKind.set(kind, new KindRules(rules));
  }

  /** What a rule waits for, whatever kind it looks at. One that looks at its own document only does not wait for what others hold. */
  #waitsOf(rule: Rule): readonly Words[] {
    const { workspaceMentions, offByDefault } = rule;
    return [
      ...(workspaceMentions === undefined || isOwn(rule) ? [] : [this.systems.add(workspaceMentions)]),
      ...(offByDefault === true ? [ASKED] : []),
    ];
  }

  of(kind: Kind): KindRules | undefined {
    return this.#byKind.get(kind);
  }

  bitOf(system: string): Words {
    return this.#bits.get(system) ?? NO_WORDS;
  }
}

/** Escapes of codes, of the end of a line, and of the slash, as JSON has it. */
const WRITES_LETTERS = /\\[xuU\r\n/]/;

/** Words with a bit each, as many as there are bits; what needs one of the others is never passed over. */
class WordList {
  readonly #words: string[] = [];
  #search: WordSearch | undefined;

  /** Bits of words; that of no word where there are none. */
  add(words: readonly string[] | undefined): Words {
    if (words === undefined || words.length === 0) return NO_WORDS;
    this.#search = undefined;
    let bits = 0;
    for (const word of words) {
      let at = this.#words.indexOf(word);
      if (at < 0 && this.#words.length < LIMIT) at = this.#words.push(word) - 1;
      if (at < 0) return NO_WORDS;
      bits |= 2 << at;
    }
    return bits;
  }

  /** The words in a text, and the bit of none. */
  in(text: string): Words {
    if (this.#words.length === 0) return NO_WORDS;
    // In quotes, an escape may write any letter, or lead over the end of a line within a word.
    if (text.includes('\\') && WRITES_LETTERS.test(text)) return ALL_WORDS;
    this.#search ??= new WordSearch(this.#words);
    return NO_WORDS | this.#search.in(text);
  }
}

/** Looks for all words of a list at once, which takes a fraction of the time that one after the other takes. */
class WordSearch {
  readonly #pattern: RegExp;
  /** Bits of a word, and of those within it. */
  readonly #bits: ReadonlyMap<string, Words>;
  readonly #all: Words;

  constructor(words: readonly string[]) {
    const bitsOf = (word: string): Words => words.reduce((bits, it, i) => (word.includes(it) ? bits | (2 << i) : bits), 0);
    // Of words that begin alike, the longest is found first.
    const sorted = [...words].sort((a, b) => b.length - a.length);
    this.#pattern = new RegExp(sorted.map((it) => it.replaceAll(/[$()*+./?[\\\]^{|}-]/g, '\\$&')).join('|'), 'g');
    this.#bits = new Map(words.map((it) => [it, bitsOf(it)]));
    this.#all = words.reduce((bits, it) => bits | this.#bits.get(it)!, 0);
  }

  in(text: string): Words {
    let found = 0;
    this.#pattern.lastIndex = 0;
    for (let match = this.#pattern.exec(text); match !== null; match = this.#pattern.exec(text)) {
      found |= this.#bits.get(match[0])!;
      if (found === this.#all) break;
      this.#pattern.lastIndex = match.index + 1; // another word may begin within this one
    }
    return found;
  }
}

/** With the bit of no word and the sign, what a number has room for. */
const LIMIT = 30;
