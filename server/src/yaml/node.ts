import type { Range } from '../text/range.js';

/** What a scalar means to Kubernetes, which reads YAML 1.1 booleans and octals (`yes` is true, `0777` is 511). */
export type ScalarValue = string | number | boolean | null;
export type ScalarStyle = 'plain' | 'single' | 'double' | 'block' | 'empty';
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type YamlNode = YamlMap | YamlList | YamlScalar;

/**
 * A node of one YAML document. Offsets are UTF-16, relative to the start of the document's text.
 * Paths are field names joined with dots; `*` stands for every item of a list or every value of a map. A key that holds a
 * dot cannot be part of a path: step there with `entry(key)`.
 */
abstract class NodeBase implements Range {
  constructor(
    readonly start: number,
    readonly end: number,
  ) {}

  abstract readonly type: 'map' | 'list' | 'scalar';

  /** The one node at a path without `*`; undefined where a step is missing. An empty value is a null scalar, not undefined. */
  get(path: string): YamlNode | undefined {
    let node: YamlNode | undefined = this as unknown as YamlNode;
    const steps = stepsOf(path);
    for (let i = 0; i < steps.length && node !== undefined; i++) node = childOf(node, steps[i]!);
    return node;
  }

  /** All nodes that a path with `*` leads to, in document order. */
  list(path: string): readonly YamlNode[] {
    return nodesAt(this as unknown as YamlNode, stepsOf(path));
  }

  /** What `list` gives at the path with `.*` behind it, for paths that come from elsewhere: a text put together costs more than the steps. */
  listIn(path: string): readonly YamlNode[] {
    return nodesAt(this as unknown as YamlNode, innerStepsOf(path));
  }

  /** Text at a path (or of this node); undefined where it is absent, no string, or filled in by a template. */
  text(path = ''): string | undefined {
    const node = path === '' ? (this as unknown as YamlNode) : this.get(path);
    return node?.type === 'scalar' && !node.opaque && typeof node.value === 'string' ? node.value : undefined;
  }

  /**
   * The name at a path (or that this node is), as its author means it: a lone `y` or `n`, which Kubernetes reads as a boolean and
   * refuses, still tells which object is meant.
   */
  name(path = ''): string | undefined {
    const node = path === '' ? (this as unknown as YamlNode) : this.get(path);
    if (node?.type !== 'scalar' || node.opaque) return undefined;
    if (typeof node.value === 'boolean' && node.end - node.start === 1) return node.value ? 'y' : 'n';
    return typeof node.value === 'string' ? node.value : undefined;
  }

  /** Number at a path (or of this node); undefined where it is absent, no number, or filled in by a template. */
  number(path = ''): number | undefined {
    const node = path === '' ? (this as unknown as YamlNode) : this.get(path);
    return node?.type === 'scalar' && !node.opaque && typeof node.value === 'number' ? node.value : undefined;
  }

  /** Boolean at a path (or of this node); undefined where it is absent, no boolean, or filled in by a template. */
  boolean(path = ''): boolean | undefined {
    const node = path === '' ? (this as unknown as YamlNode) : this.get(path);
    return node?.type === 'scalar' && !node.opaque && typeof node.value === 'boolean' ? node.value : undefined;
  }

  /** The map at a path; undefined where there is none. */
  map(path: string): YamlMap | undefined {
    const node = this.get(path);
    return node?.type === 'map' ? node : undefined;
  }

  /** Whether a path leads to a value other than null. */
  has(path: string): boolean {
    const node = this.get(path);
    return node !== undefined && !(node.type === 'scalar' && node.value === null && !node.opaque);
  }
}

const NO_NODES: readonly YamlNode[] = [];

function childOf(node: YamlNode, step: string): YamlNode | undefined {
  if (node.type === 'map') return node.entry(step)?.value;
  return node.type === 'list' ? node.items[Number(step)] : undefined;
}

function nodesAt(from: YamlNode, steps: readonly string[]): readonly YamlNode[] {
  let node: YamlNode | undefined = from;
  let at = 0;
  // Up to the first `*` there is one way only.
  for (; at < steps.length && steps[at] !== '*'; at++) {
    node = childOf(node, steps[at]!);
    if (node === undefined) return NO_NODES;
  }
  if (at === steps.length) return [node];
  if (node.type === 'scalar') return NO_NODES;
  if (at === steps.length - 1 && node.type === 'list') return node.items;
  const found: YamlNode[] = [];
  collect(node, steps, at, found);
  return found.length === 0 ? NO_NODES : found;
}

function collect(node: YamlNode, steps: readonly string[], at: number, found: YamlNode[]): void {
  if (at === steps.length) {
    found.push(node);
    return;
  }
  const step = steps[at]!;
  if (step !== '*') {
    const child = childOf(node, step);
    if (child !== undefined) collect(child, steps, at + 1, found);
  } else if (node.type === 'list') {
    for (const item of node.items) collect(item, steps, at + 1, found);
  } else if (node.type === 'map') {
    for (const { value } of node.entries) collect(value, steps, at + 1, found);
  }
}

export interface YamlEntry {
  /** The key as Kubernetes sees it: always text (`8080:` is `"8080"`). */
  readonly key: string;
  readonly keyRange: Range;
  /** True where a template or a substitution makes up (part of) the key. */
  readonly keyOpaque: boolean;
  readonly value: YamlNode;
}

/** An entry that makes the range of its key when somebody asks: most are never asked. */
export class BlockEntry implements YamlEntry {
  constructor(
    readonly key: string,
    readonly start: number,
    readonly end: number,
    readonly keyOpaque: boolean,
    readonly value: YamlNode,
  ) {}

  get keyRange(): Range {
    return { start: this.start, end: this.end };
  }
}

export class YamlMap extends NodeBase {
  readonly type = 'map';
  #byKey: Map<string, YamlEntry> | undefined;

  constructor(
    start: number,
    end: number,
    /** In document order. Of repeated keys the last one wins in `entry`, as it does in JSON; the parser reports them. */
    readonly entries: readonly YamlEntry[],
    readonly flow: boolean,
    /** True where a template adds entries that cannot be known: nothing is missing from such a map. */
    readonly partial = false,
  ) {
    super(start, end);
  }

  entry(key: string): YamlEntry | undefined {
    const { entries } = this;
    if (entries.length <= 12) {
      for (let i = entries.length - 1; i >= 0; i--) {
        const entry = entries[i]!;
        if (entry.key === key) return entry;
      }
      return undefined;
    }
    this.#byKey ??= new Map(this.entries.map((entry) => [entry.key, entry]));
    return this.#byKey.get(key);
  }

  /** Text values by key, for label and annotation maps; other values are left out. */
  texts(): ReadonlyMap<string, string> {
    const texts = new Map<string, string>();
    for (const entry of this.entries) {
      const text = entry.value.text();
      if (text !== undefined && !entry.keyOpaque) texts.set(entry.key, text);
    }
    return texts;
  }
}

export class YamlList extends NodeBase {
  readonly type = 'list';

  constructor(
    start: number,
    end: number,
    readonly items: readonly YamlNode[],
    readonly flow: boolean,
    /** True where a template adds items that cannot be known. */
    readonly partial = false,
  ) {
    super(start, end);
  }
}

export class YamlScalar extends NodeBase {
  readonly type = 'scalar';

  constructor(
    start: number,
    end: number,
    readonly value: ScalarValue,
    readonly style: ScalarStyle,
    /** True where a template or a substitution (`{{ }}`, `${X}`, `$(X)`) makes up (part of) the value: its text is unknown. */
    readonly opaque: boolean,
  ) {
    super(start, end);
  }
}

/** By path. Paths are mostly written in our sources, and V8 finds a property by such a text in half the time that a Map takes. */
const splitPaths = Object.create(null) as Record<string, readonly string[]>;
const splitInnerPaths = Object.create(null) as Record<string, readonly string[]>;

function stepsOf(path: string): readonly string[] {
  return (splitPaths[path] ??= path === '' ? [] : path.split('.').map(shared));
}

function innerStepsOf(path: string): readonly string[] {
  return (splitInnerPaths[path] ??= [...stepsOf(path), '*']);
}

/** One copy of each text that is a key again and again: comparing equal ones is comparing their places in memory. */
export function shared(text: string): string {
  let known = sharedTexts.get(text);
  if (known === undefined) {
    known = flat(text);
    if (sharedTexts.size < SHARED_LIMIT) sharedTexts.set(text, known);
  }
  return known;
}

/** More different keys than this are no fields of kinds. */
const SHARED_LIMIT = 20_000;

const sharedTexts = new Map<string, string>();

/** As the name of a property, a text is no piece of a longer one that it would keep in memory. */
function flat(text: string): string {
  return Object.keys({ [text]: 0 })[0]!;
}
