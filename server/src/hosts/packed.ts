import type { PreparedDocument, PreparedFacts, PreparedFile, PreparedFinding, PreparedResource } from '../analysis/prepared.js';
import type { Problem } from '../rules/rule.js';
import type { Foreign } from '../sources/documents.js';

/**
 * What was prepared of some files as bytes, and the texts that they name. Handed to another thread like this, it costs a fraction of what
 * it costs as objects, and equal texts are one text there.
 *
 * What all files have is written field by field, in the order in which it is read again. Data of facts and problems may be anything plain:
 * a value there says of which sort it is.
 */
export interface Packed {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly texts: readonly string[];
}

type Files = readonly (PreparedFile | undefined)[];

/** Sorts of values, in the lowest bits of a number; above them is how long it is or where it is found. */
const TEXT = 0;
const WHOLE = 1;
/** One of `SINGLES`. */
const SINGLE = 2;
const LIST = 3;
/** An object, with the place of the text that says its fields. */
const OBJECT = 4;
const MAP = 5;
/** Data of a fact or a map that were there before. */
const AGAIN = 6;
/** A number that is not whole, or too large, by its text. */
const NUMBER = 7;

const SORT_BITS = 3;
const SORTS = 1 << SORT_BITS;

const SINGLES = [undefined, null, true, false] as const;

const LARGEST = 2 ** 28;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Packs what is prepared. Data hold primitive values, lists, maps, and objects of nothing else; data of several facts stay one object, and
 * so does a map wherever it is held.
 */
export class Packer {
  /** Grows, and is used for whatever is packed next. */
  #room = new Uint8Array(65_536);
  #at = 0;
  #texts: string[] = [];
  readonly #textPlaces = new Map<string, number>();
  readonly #heldPlaces = new Map<unknown, number>();
  /** Names of fields as objects had them, and the same as a text, by the name of the first one. */
  readonly #shapes = new Map<string | undefined, { readonly names: readonly string[]; readonly text: string }[]>();

  pack(files: Files): Packed {
    this.#at = 0;
    this.#texts = [];
    this.#textPlaces.clear();
    this.#heldPlaces.clear();
    this.#list(files, this.#file);
    return { bytes: this.#room.slice(0, this.#at), texts: this.#texts };
  }

  readonly #file = (file: PreparedFile | undefined): void => {
    this.#flag(file !== undefined);
    if (file === undefined) return;
    this.#text(file.choices);
    this.#list(file.starts, this.#number);
    this.#list(file.documents, this.#document);
  };

  readonly #document = (document: PreparedDocument | undefined): void => {
    this.#flag(document !== undefined);
    if (document === undefined) return;
    this.#optionalText(document.foreign);
    this.#number(document.systems);
    this.#list(document.resources, this.#resource);
  };

  readonly #resource = ({ item, identity, marks, facts, hidesNames, words, own, ofSchema }: PreparedResource): void => {
    this.#optionalNumber(item);
    this.#text(identity.apiVersion);
    this.#text(identity.group);
    this.#text(identity.version);
    this.#text(identity.kind);
    this.#optionalText(identity.namespace);
    this.#text(identity.name);
    this.#held(marks.labels);
    this.#held(marks.annotations);
    this.#flag(facts !== undefined);
    if (facts !== undefined) {
      this.#list(facts.definitions, this.#definition);
      this.#list(facts.references, this.#reference);
    }
    this.#flag(hidesNames);
    this.#optionalNumber(words);
    this.#flag(own !== undefined);
    if (own !== undefined) this.#list(own, this.#finding);
    this.#flag(ofSchema !== undefined);
    if (ofSchema !== undefined) this.#list(ofSchema, this.#finding);
  };

  readonly #definition = ([table, key, start, end, data]: PreparedFacts['definitions'][number]): void => {
    this.#text(table);
    this.#text(key);
    this.#number(start);
    this.#number(end);
    this.#held(data);
  };

  readonly #reference = ([lookup, key, start, end, nameStart, nameEnd]: PreparedFacts['references'][number]): void => {
    this.#text(lookup);
    this.#text(key);
    this.#number(start);
    this.#number(end);
    this.#optionalNumber(nameStart);
    if (nameStart !== undefined) this.#number(nameEnd!);
  };

  readonly #finding = ({ rule, problem, path }: PreparedFinding): void => {
    this.#text(rule);
    this.#object(problem);
    this.#optionalText(path);
  };

  #list<T>(list: readonly T[], each: (it: T) => void): void {
    this.#number(list.length);
    for (const it of list) each(it);
  }

  #flag(is: boolean): void {
    this.#number(is ? 1 : 0);
  }

  #optionalNumber(number: number | undefined): void {
    this.#flag(number !== undefined);
    if (number !== undefined) this.#number(number);
  }

  /** One more than the place of the text, and zero for none. */
  #optionalText(text: string | undefined): void {
    this.#number(text === undefined ? 0 : this.#placeOf(text) + 1);
  }

  #text(text: string): void {
    this.#number(this.#placeOf(text));
  }

  /** A whole number of 32 bits, seven in a byte, as long as there are more. */
  readonly #number = (number: number): void => {
    if (this.#at + 5 > this.#room.length) this.#grow();
    let rest = number >>> 0;
    while (rest > 127) {
      this.#room[this.#at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#room[this.#at++] = rest;
  };

  #grow(): void {
    const larger = new Uint8Array(this.#room.length * 2);
    larger.set(this.#room);
    this.#room = larger;
  }

  #value(value: unknown): void {
    switch (typeof value) {
      case 'string':
        this.#put(TEXT, this.#placeOf(value));
        break;
      case 'number':
        if (Number.isInteger(value) && Math.abs(value) < LARGEST && !Object.is(value, -0)) this.#put(WHOLE, value);
        else this.#put(NUMBER, this.#placeOf(Object.is(value, -0) ? '-0' : String(value)));
        break;
      case 'boolean':
      case 'undefined':
        this.#put(SINGLE, SINGLES.indexOf(value));
        break;
      case 'object':
        if (value === null) this.#put(SINGLE, SINGLES.indexOf(value));
        else if (Array.isArray(value)) {
          this.#put(LIST, value.length);
          for (const it of value as readonly unknown[]) this.#value(it);
        } else if (value instanceof Map) this.#held(value);
        else this.#object(value);
        break;
      default:
        throw new Error(`a ${typeof value} is no plain data`);
    }
  }

  /** What may be held elsewhere, too. */
  #held(value: unknown): void {
    const before = this.#heldPlaces.get(value);
    if (before !== undefined) {
      this.#put(AGAIN, before);
      return;
    }
    if (value instanceof Map) {
      this.#put(MAP, value.size);
      for (const [key, it] of value as ReadonlyMap<unknown, unknown>) {
        this.#value(key);
        this.#value(it);
      }
    } else this.#value(value);
    if (typeof value === 'object') this.#heldPlaces.set(value, this.#heldPlaces.size);
  }

  #object(object: object): void {
    const names = Object.keys(object);
    this.#put(OBJECT, this.#placeOf(this.#shapeOf(names)));
    for (const name of names) this.#value((object as Fields)[name]);
  }

  #put(sort: number, operand: number): void {
    this.#number(operand * SORTS + sort);
  }

  #placeOf(text: string): number {
    let place = this.#textPlaces.get(text);
    if (place === undefined) this.#textPlaces.set(text, (place = this.#texts.push(text) - 1));
    return place;
  }

  #shapeOf(names: readonly string[]): string {
    let candidates = this.#shapes.get(names[0]);
    if (candidates === undefined) this.#shapes.set(names[0], (candidates = []));
    for (const it of candidates) if (isSame(it.names, names)) return it.text;
    const text = JSON.stringify(names);
    candidates.push({ names, text });
    return text;
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Gives what was packed, equal in all. */
export class Unpacker {
  #bytes: Packed['bytes'] = new Uint8Array(0);
  #at = 0;
  #texts: readonly string[] = [];
  /** The same texts, those of them that are names of something that many files have: one copy for all files. */
  #names: (string | undefined)[] = [];
  /** Maps, and data of facts, in the order in which they ended. */
  #held: unknown[] = [];
  readonly #known = new Map<string, string>();
  /** By the text that says the fields, an object that has them, without values: one for all that are made like it. */
  readonly #shapes = new Map<string, { readonly names: readonly string[]; readonly empty: Fields }>();

  unpack({ bytes, texts }: Packed): Files {
    this.#bytes = bytes;
    this.#at = 0;
    this.#texts = texts;
    this.#names = new Array<string | undefined>(texts.length);
    this.#held = [];
    return this.#list(this.#file);
  }

  readonly #file = (): PreparedFile | undefined =>
    this.#flag() ? { choices: this.#name(), starts: this.#list(this.#number), documents: this.#list(this.#document) } : undefined;

  readonly #document = (): PreparedDocument | undefined =>
    this.#flag()
      ? { foreign: this.#optionalName() as Foreign | undefined, systems: this.#number(), resources: this.#list(this.#resource) }
      : undefined;

  readonly #resource = (): PreparedResource => ({
    item: this.#flag() ? this.#number() : undefined,
    identity: {
      apiVersion: this.#name(),
      group: this.#name(),
      version: this.#name(),
      kind: this.#name(),
      namespace: this.#optionalName(),
      name: this.#text(),
    },
    marks: { labels: this.#value() as ReadonlyMap<string, string>, annotations: this.#value() as ReadonlyMap<string, string> },
    facts: this.#flag() ? { definitions: this.#list(this.#definition), references: this.#list(this.#reference) } : undefined,
    hidesNames: this.#flag(),
    words: this.#flag() ? this.#number() : undefined,
    own: this.#flag() ? this.#list(this.#finding) : undefined,
    ofSchema: this.#flag() ? this.#list(this.#finding) : undefined,
  });

  readonly #definition = (): PreparedFacts['definitions'][number] => [
    this.#name(),
    this.#text(),
    this.#number(),
    this.#number(),
    this.#data(),
  ];

  readonly #reference = (): PreparedFacts['references'][number] => {
    const lookup = this.#name();
    const key = this.#text();
    const start = this.#number();
    const end = this.#number();
    return this.#flag() ? [lookup, key, start, end, this.#number(), this.#number()] : [lookup, key, start, end];
  };

  readonly #finding = (): PreparedFinding => ({
    rule: this.#name(),
    problem: this.#value() as Problem,
    path: this.#optionalText(),
  });

  /** Of the right length at once: one that grows takes room for 17, and most are kept for long. */
  #list<T>(next: () => T): T[] {
    const list = new Array<T>(this.#number());
    for (let i = 0; i < list.length; i++) list[i] = next();
    return list;
  }

  #flag(): boolean {
    return this.#number() !== 0;
  }

  #text(): string {
    return this.#texts[this.#number()]!;
  }

  #optionalText(): string | undefined {
    const place = this.#number();
    return place === 0 ? undefined : this.#texts[place - 1];
  }

  #name(): string {
    return this.#nameAt(this.#number());
  }

  #optionalName(): string | undefined {
    const place = this.#number();
    return place === 0 ? undefined : this.#nameAt(place - 1);
  }

  #nameAt(place: number): string {
    return (this.#names[place] ??= this.#shared(this.#texts[place]!));
  }

  #shared(name: string): string {
    const known = this.#known.get(name);
    if (known === undefined) this.#known.set(name, name);
    return known ?? name;
  }

  readonly #number = (): number => {
    let byte = this.#bytes[this.#at++]!;
    let number = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = this.#bytes[this.#at++]!;
      number |= (byte & 127) << shift;
    }
    return number;
  };

  #value(): unknown {
    const code = this.#number();
    const operand = code >> SORT_BITS;
    switch (code & (SORTS - 1)) {
      case TEXT:
        return this.#texts[operand];
      case WHOLE:
        return operand;
      case SINGLE:
        return SINGLES[operand];
      case LIST: {
        const list = new Array<unknown>(operand);
        for (let i = 0; i < operand; i++) list[i] = this.#value();
        return list;
      }
      case OBJECT:
        return this.#object(this.#texts[operand]!);
      case MAP:
        return this.#map(operand);
      case AGAIN:
        return this.#held[operand];
      default:
        return Number(this.#texts[operand]);
    }
  }

  #data(): unknown {
    const sort = this.#bytes[this.#at]! & (SORTS - 1);
    const data = this.#value();
    if (typeof data === 'object' && sort !== AGAIN && sort !== MAP) this.#held.push(data);
    return data;
  }

  #object(shape: string): object {
    const { names, empty } = this.#shapeOf(shape);
    const object = { ...empty };
    for (const name of names) object[name] = this.#value();
    return object;
  }

  #map(size: number): object {
    const map = new Map<unknown, unknown>();
    for (let i = 0; i < size; i++) map.set(this.#value(), this.#value());
    this.#held.push(map);
    return map;
  }

  #shapeOf(text: string): { readonly names: readonly string[]; readonly empty: Fields } {
    let shape = this.#shapes.get(text);
    if (shape === undefined) {
      const names = JSON.parse(text) as readonly string[];
      this.#shapes.set(text, (shape = { names, empty: Object.fromEntries(names.map((it) => [it, undefined])) }));
    }
    return shape;
  }
}
