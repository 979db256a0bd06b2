/**
 * A snippet as VS Code inserts it before anybody types: defaults, first choices, mirrors. Reads what our files use of the grammar:
 * `$1`, `${1}`, `${1:default}` with snippets in it, `${1|a,b|}`, and `\` before `$`, `}`, `\` (and `,`, `|` in choices).
 */
export function expandSnippet(body: string): string {
  const values = new Map<string, string>();
  // The first pass learns the defaults, since a mirror may stand before them.
  expand(body, 0, values, false);
  return expand(body, 0, values, false).text;
}

function expand(body: string, from: number, values: Map<string, string>, nested: boolean): { text: string; end: number } {
  let text = '';
  let at = from;
  while (at < body.length) {
    const rest = body.slice(at);
    const choice = /^\$\{(\d+)\|((?:\\.|[^|\\])*)\|\}/.exec(rest);
    const open = /^\$\{(\d+):/.exec(rest);
    const mirror = /^\$(\d+)|^\$\{(\d+)\}/.exec(rest);
    if (rest.startsWith('\\') && /[$}\\]/.test(rest[1] ?? '')) {
      text += rest[1]!;
      at += 2;
    } else if (nested && rest.startsWith('}')) {
      return { text, end: at + 1 };
    } else if (choice) {
      const first = /^(?:\\.|[^,\\])*/.exec(choice[2]!)![0].replace(/\\(.)/g, '$1');
      text += remember(values, choice[1]!, first);
      at += choice[0].length;
    } else if (open) {
      const inner = expand(body, at + open[0].length, values, true);
      text += remember(values, open[1]!, inner.text);
      at = inner.end;
    } else if (mirror) {
      text += values.get((mirror[1] ?? mirror[2])!) ?? '';
      at += mirror[0].length;
    } else {
      text += body[at]!;
      at++;
    }
  }
  if (nested) throw new Error('a placeholder of this snippet is not closed');
  return { text, end: at };
}

function remember(values: Map<string, string>, tabStop: string, value: string): string {
  const known = values.get(tabStop);
  if (known !== undefined && known !== value) throw new Error(`tab stop ${tabStop} says both "${known}" and "${value}"`);
  values.set(tabStop, value);
  return value;
}
