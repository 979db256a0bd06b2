/** What is wrong with a filter, and where. */
export interface FilterFault {
  /** A clause behind "This filter …". */
  readonly clause: string;
  readonly start: number;
  readonly end: number;
  /** A lone `=`, which two of them mend. */
  readonly isLoneEquals: boolean;
}

interface Token {
  readonly type: 'open' | 'close' | 'operator' | 'string' | 'word' | 'brace' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

class Unreadable extends Error {
  constructor(readonly fault: FilterFault) {
    super(fault.clause);
  }
}

/** Reads a filter of a subset in the language of go-bexpr, `Service.Meta.version == v2`; the first fault, or undefined for none. */
export function filterFault(filter: string): FilterFault | undefined {
  try {
    const reader = new Reader(tokensOf(filter));
    reader.any();
    reader.finish();
    return undefined;
  } catch (error) {
    if (error instanceof Unreadable) return error.fault;
    throw error;
  }
}

function unreadable({ start, end, text }: Token, clause: string): never {
  throw new Unreadable({ clause, start, end, isLoneEquals: text === '=' });
}

function tokensOf(filter: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern =
    /\s+|(==|!=|=|!)|([()])|([{}])|("(?:[^"\\]|\\.)*")|(`[^`]*`)|(["`])|((?:\[(?:"(?:[^"\\]|\\.)*"|`[^`]*`)\]|[^\s()={}!"`])+)/gy;
  for (let match = pattern.exec(filter); match !== null; match = pattern.exec(filter)) {
    const [text, operator, paren, brace, double, back, quote, word] = match;
    const at = { text, start: match.index, end: match.index + text.length };
    if (operator === '=') unreadable({ ...at, type: 'operator' }, 'compares with "=", which is "==" here');
    else if (operator === '!') unreadable({ ...at, type: 'operator' }, 'has a lone "!"');
    else if (operator !== undefined) tokens.push({ ...at, type: 'operator' });
    else if (paren !== undefined) tokens.push({ ...at, type: paren === '(' ? 'open' : 'close' });
    else if (brace !== undefined) tokens.push({ ...at, type: 'brace' });
    else if (double !== undefined || back !== undefined) tokens.push({ ...at, type: 'string' });
    else if (quote !== undefined) unreadable({ ...at, end: filter.length, type: 'string' }, 'has a quote that nothing closes');
    else if (word !== undefined) tokens.push({ ...at, type: 'word' });
  }
  return tokens;
}

/** Recursive descent: `or` binds least, then `and`, then `not`. */
class Reader {
  #at = 0;
  constructor(readonly tokens: readonly Token[]) {}

  get #token(): Token {
    const last = this.tokens.at(-1);
    return this.tokens[this.#at] ?? { type: 'end', text: '', start: last?.start ?? 0, end: last?.end ?? 0 };
  }

  #take(...words: readonly string[]): boolean {
    const matches = words.every((word, i) => {
      const token = this.tokens[this.#at + i];
      return token?.type === 'word' && token.text.toLowerCase() === word;
    });
    if (matches) this.#at += words.length;
    return matches;
  }

  any(): void {
    this.#all();
    while (this.#take('or')) this.#all();
  }

  #all(): void {
    this.#one();
    while (this.#take('and')) this.#one();
  }

  #one(): void {
    if (this.#take('not')) return this.#one();
    const token = this.#token;
    if (token.type === 'open') {
      this.#at++;
      this.any();
      if (this.#token.type !== 'close') unreadable(token, 'has a parenthesis that nothing closes');
      this.#at++;
      return;
    }
    this.#operand('begins with an operator');
    this.#comparison();
  }

  #comparison(): void {
    const token = this.#token;
    if (token.type === 'operator') {
      this.#at++;
      return this.#operand(`has nothing to compare with behind "${token.text}"`);
    }
    if (this.#take('is', 'not', 'empty') || this.#take('is', 'empty')) return;
    for (const words of [['not', 'in'], ['in'], ['not', 'contains'], ['contains'], ['not', 'matches'], ['matches']])
      if (this.#take(...words)) return this.#operand(`has nothing behind "${words.join(' ')}"`);
    // Loops over collections are rare, and nothing is said against what stands in them.
    if (this.tokens.some((it) => it.type === 'brace')) {
      this.#at = this.tokens.length;
      return;
    }
    unreadable(token.type === 'end' ? this.tokens[this.#at - 1]! : token, 'compares nothing; write a field, an operator and a value');
  }

  #operand(clause: string): void {
    const token = this.#token;
    if (token.type !== 'word' && token.type !== 'string') unreadable(token, clause);
    this.#at++;
  }

  finish(): void {
    const token = this.#token;
    if (token.type === 'close') unreadable(token, 'has a parenthesis that nothing opens');
    if (token.type !== 'end') unreadable(token, `has something left over from "${token.text}" on`);
  }
}
