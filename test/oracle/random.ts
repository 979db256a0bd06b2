/** Numbers that look random and are the same in each run (the generator called mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }

  /** As many of the items, in another order. */
  some<T>(items: readonly T[], count: number): readonly T[] {
    const left = [...items];
    for (let at = left.length - 1; at > 0; at--) {
      const other = this.below(at + 1);
      [left[at], left[other]] = [left[other]!, left[at]!];
    }
    return left.slice(0, count);
  }
}
