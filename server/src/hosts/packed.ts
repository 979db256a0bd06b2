/**
 * Plain data as whole numbers and the texts that they stand for. Handed to another thread like this, it costs half of what it costs as
 * objects, and equal texts are one text there.
 */
export interface Packed {
  /** What comes next, value by value: its sort in the lowest bits, above them how long it is or where it is found. */
  readonly codes: Int32Array<ArrayBuffer>;
  readonly texts: readonly string[];
  /** One object for all that have the same fields in the same order, its own fields without values. */
  readonly shapes: readonly Shape[];
}

type Shape = Readonly<Record<string, unknown>>;

/** Sorts of values. */
const TEXT = 0;
const WHOLE = 1;
/** One of `SINGLES`. */
const SINGLE = 2;
const LIST = 3;
const OBJECT = 4;
const MAP = 5;
/** An object or map that was there before. */
const AGAIN = 6;
/** A number that is not whole, or too large, by its text. */
const NUMBER = 7;

const SORT_BITS = 3;
const SORTS = 1 << SORT_BITS;

const SINGLES = [undefined, null, true, false] as const;

const LARGEST = 2 ** 28;

/** Packs primitive values, lists, maps, and objects that hold nothing else. What is held in several places stays one object. */
export function pack(value: unknown): Packed {
  const packer = new Packer();
  packer.add(value);
  return { codes: new Int32Array(packer.codes), texts: packer.texts, shapes: packer.shapes };
}

/** What was packed, equal in all. */
export function unpack(packed: Packed): unknown {
  return new Unpacker(packed).next();
}

class Packer {
  readonly codes: number[] = [];
  readonly texts: string[] = [];
  readonly shapes: Shape[] = [];
  readonly #textPlaces = new Map<string, number>();
  readonly #objectPlaces = new Map<object, number>();
  /** Names of fields, and the place of their shape, by the name of the first one. */
  readonly #shapePlaces = new Map<string | undefined, { readonly names: readonly string[]; readonly place: number }[]>();

  add(value: unknown): void {
    switch (typeof value) {
      case 'string':
        this.#put(TEXT, this.#textPlace(value));
        break;
      case 'number':
        if (Number.isInteger(value) && Math.abs(value) < LARGEST && !Object.is(value, -0)) this.#put(WHOLE, value);
        else this.#put(NUMBER, this.#textPlace(Object.is(value, -0) ? '-0' : String(value)));
        break;
      case 'boolean':
      case 'undefined':
        this.#put(SINGLE, SINGLES.indexOf(value));
        break;
      case 'object':
        if (value === null) this.#put(SINGLE, SINGLES.indexOf(value));
        else if (Array.isArray(value)) this.#addList(value);
        else this.#addObject(value);
        break;
      default:
        throw new Error(`a ${typeof value} is no plain data`);
    }
  }

  /** Lists are in one place only, by far the most of them, so that nobody looks for others. */
  #addList(list: readonly unknown[]): void {
    this.#put(LIST, list.length);
    for (const it of list) this.add(it);
  }

  #addObject(object: object): void {
    const before = this.#objectPlaces.get(object);
    if (before !== undefined) {
      this.#put(AGAIN, before);
      return;
    }
    this.#objectPlaces.set(object, this.#objectPlaces.size);
    if (object instanceof Map) {
      this.#put(MAP, object.size);
      for (const [key, value] of object as ReadonlyMap<unknown, unknown>) {
        this.add(key);
        this.add(value);
      }
      return;
    }
    const names = Object.keys(object);
    this.#put(OBJECT, this.#shapePlace(names));
    for (const name of names) this.add((object as Shape)[name]);
  }

  #put(sort: number, operand: number): void {
    this.codes.push(operand * SORTS + sort);
  }

  #textPlace(text: string): number {
    let place = this.#textPlaces.get(text);
    if (place === undefined) this.#textPlaces.set(text, (place = this.texts.push(text) - 1));
    return place;
  }

  #shapePlace(names: readonly string[]): number {
    let candidates = this.#shapePlaces.get(names[0]);
    if (candidates === undefined) this.#shapePlaces.set(names[0], (candidates = []));
    const known = candidates.find((it) => isSame(it.names, names));
    if (known !== undefined) return known.place;
    const place = this.shapes.push(Object.fromEntries(names.map((it) => [it, undefined]))) - 1;
    candidates.push({ names, place });
    return place;
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

class Unpacker {
  #at = 0;
  /** Objects and maps in the order in which they were met. */
  readonly #objects: object[] = [];
  /** Names of the fields of each shape. */
  readonly #names: readonly (readonly string[])[];

  constructor(private readonly packed: Packed) {
    this.#names = packed.shapes.map((it) => Object.keys(it));
  }

  next(): unknown {
    const { codes, texts } = this.packed;
    const code = codes[this.#at++]!;
    const operand = code >> SORT_BITS;
    switch (code & (SORTS - 1)) {
      case TEXT:
        return texts[operand];
      case WHOLE:
        return operand;
      case SINGLE:
        return SINGLES[operand];
      case LIST:
        return this.#list(operand);
      case OBJECT:
        return this.#object(operand);
      case MAP:
        return this.#map(operand);
      case AGAIN:
        return this.#objects[operand];
      default:
        return Number(texts[operand]);
    }
  }

  #list(length: number): unknown[] {
    // Of the right length at once: one that grows takes room for 17, and most are kept for long.
    const list = new Array<unknown>(length);
    for (let i = 0; i < length; i++) list[i] = this.next();
    return list;
  }

  #object(place: number): object {
    const object = { ...this.packed.shapes[place] };
    this.#objects.push(object);
    for (const name of this.#names[place]!) object[name] = this.next();
    return object;
  }

  #map(size: number): object {
    const map = new Map<unknown, unknown>();
    this.#objects.push(map);
    for (let i = 0; i < size; i++) map.set(this.next(), this.next());
    return map;
  }
}
