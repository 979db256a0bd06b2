/** What is wrong with the form of a CEL expression, in words; undefined where nothing is. Names and types are not checked. */
export function celError(expression: string): string | undefined {
  const tokens = tokensOf(expression);
  if (typeof tokens === 'string') return tokens;
  const parser = new Parser(tokens);
  return parser.run();
}

const TOKEN =
  /\s*(?:\/\/[^\n]*|([rRbB]{0,2}(?:"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))|(0[xX][0-9a-fA-F]+[uU]?|(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)[uU]?)|([_a-zA-Z]\w*)|(&&|\|\||<=|>=|==|!=|[-+*/%<>!?:.,()[\]{}]))/y;

interface Token {
  readonly kind: 'literal' | 'name' | 'sign';
  readonly text: string;
}

function tokensOf(expression: string): readonly Token[] | string {
  const tokens: Token[] = [];
  let offset = 0;
  const end = expression.trimEnd().length;
  while (offset < end) {
    TOKEN.lastIndex = offset;
    const match = TOKEN.exec(expression);
    if (!match) return `it cannot be read from "${expression.slice(offset).trim().slice(0, 10)}" on`;
    offset = TOKEN.lastIndex;
    const [, text, number, name, sign] = match;
    if (text !== undefined || number !== undefined) tokens.push({ kind: 'literal', text: text ?? number! });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

class SyntaxProblem extends Error {}

const BINARY: readonly (readonly string[])[] = [['||'], ['&&'], ['<', '<=', '>=', '>', '==', '!=', 'in'], ['+', '-'], ['*', '/', '%']];

/** Reads by the grammar of the language definition, and keeps nothing. */
class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  run(): string | undefined {
    try {
      this.#expression();
      if (this.#next < this.#tokens.length) this.#fail();
      return undefined;
    } catch (error) {
      if (error instanceof SyntaxProblem) return error.message;
      throw error;
    }
  }

  #expression(): void {
    this.#binary(0);
    if (!this.#take('?')) return;
    this.#binary(0);
    this.#need(':');
    this.#expression();
  }

  #binary(level: number): void {
    const operators = BINARY[level];
    if (operators === undefined) return this.#unary();
    this.#binary(level + 1);
    while (operators.some((it) => this.#take(it))) this.#binary(level + 1);
  }

  #unary(): void {
    while (this.#take('!') || this.#take('-'));
    this.#primary();
    for (;;) {
      if (this.#take('.')) {
        this.#take('?');
        if (this.#tokens[this.#next]?.kind !== 'name') this.#fail();
        this.#next++;
        if (this.#take('(')) this.#list(')');
      } else if (this.#take('[')) {
        this.#take('?');
        this.#expression();
        this.#need(']');
      } else if (this.#take('{')) this.#fields();
      else return;
    }
  }

  #primary(): void {
    const token = this.#tokens[this.#next];
    if (token === undefined || token.text === 'in') this.#fail();
    this.#next++;
    if (token!.kind === 'literal') return;
    if (token!.kind === 'name') {
      if (this.#take('(')) this.#list(')');
      return;
    }
    if (token!.text === '(') {
      this.#expression();
      this.#need(')');
    } else if (token!.text === '[') this.#list(']');
    else if (token!.text === '{') this.#fields();
    else if (token!.text === '.' && this.#tokens[this.#next]?.kind === 'name') this.#primary();
    else {
      this.#next--;
      this.#fail();
    }
  }

  #list(end: string): void {
    if (this.#take(end)) return;
    do {
      if (end === ']' && this.#tokens[this.#next]?.text === end) break;
      this.#take('?');
      this.#expression();
    } while (this.#take(','));
    this.#need(end);
  }

  #fields(): void {
    while (!this.#take('}')) {
      this.#take('?');
      this.#expression();
      this.#need(':');
      this.#expression();
      if (!this.#take(',')) return this.#need('}');
    }
  }

  #take(text: string): boolean {
    const token = this.#tokens[this.#next];
    if (token?.kind === 'literal' || token?.text !== text) return false;
    this.#next++;
    return true;
  }

  #need(text: string): void {
    if (!this.#take(text)) this.#fail(text);
  }

  #fail(wanted?: string): never {
    const token = this.#tokens[this.#next];
    const place = token === undefined ? 'at its end' : `before "${token.text.slice(0, 20)}"`;
    throw new SyntaxProblem(wanted === undefined ? `something is missing or too much ${place}` : `"${wanted}" is missing ${place}`);
  }
}
