/** Whether a path matches; paths are relative to where the pattern counts from, with `/` between parts. */
export type PathTest = (path: string) => boolean;

/**
 * Reads a glob as VS Code does: `*` and `?` stay within a part, `**` spans parts, `{a,b}` is either, `[a-z]` and `[!a-z]` are one
 * character. A pattern that ends in `/**` matches the folder itself too.
 */
export function glob(pattern: string): PathTest {
  const sources = expandBraces(pattern.replace(/^\.?\/+/, '').replace(/\/+$/, '')).flatMap((it) => {
    const parts = it.split('/');
    return parts.length > 1 && parts.at(-1) === '**' ? [pathSource(parts), pathSource(parts.slice(0, -1))] : [pathSource(parts)];
  });
  const expression = new RegExp(`^(?:${sources.join('|')})$`, 's');
  return (path) => expression.test(path);
}

/** One line of a `.gitignore`. */
export interface IgnoreRule {
  readonly ignores: boolean;
  readonly foldersOnly: boolean;
  readonly pattern: RegExp;
}

/** The rules of a `.gitignore`; their paths count from the folder that it lies in. */
export function ignoreRules(text: string): readonly IgnoreRule[] {
  return text.split(/\r?\n/).flatMap((line) => {
    let pattern = withoutTrailingBlanks(line);
    if (pattern === '' || pattern.startsWith('#')) return [];
    const ignores = !pattern.startsWith('!');
    if (!ignores) pattern = pattern.slice(1);
    const foldersOnly = pattern.endsWith('/');
    if (foldersOnly) pattern = pattern.replace(/\/+$/, '');
    // A slash at the start or in the middle ties a pattern to its folder; any other matches at every depth below.
    const tied = pattern.includes('/');
    const parts = pattern.replace(/^\/+/, '').split('/');
    if (parts.join('') === '') return [];
    return [{ ignores, foldersOnly, pattern: new RegExp(`^${pathSource(tied ? parts : ['**', ...parts])}$`, 's') }];
  });
}

/** What the last matching rule says of a path: whether it is ignored; undefined where none matches. */
export function isIgnored(rules: readonly IgnoreRule[], path: string, isFolder: boolean): boolean | undefined {
  for (let i = rules.length - 1; i >= 0; i--) {
    const rule = rules[i]!;
    if ((isFolder || !rule.foldersOnly) && rule.pattern.test(path)) return rule.ignores;
  }
  return undefined;
}

/** One line of a `.helmignore`. */
export interface HelmIgnoreRule {
  /** Helm turns a pattern with `!` round: it ignores all that does not match. */
  readonly isNegated: boolean;
  readonly foldersOnly: boolean;
  /** Whether the pattern is for the path from the chart on, not for its last step. */
  readonly tied: boolean;
  readonly pattern: RegExp;
}

/** The rules of a `.helmignore`, whose paths count from the folder of the chart. Helm knows no `**`, and stops where one is. */
export function helmIgnoreRules(text: string): readonly HelmIgnoreRule[] {
  const rules = text.split('\n').flatMap((line): HelmIgnoreRule[] => {
    let pattern = line.trim();
    if (pattern === '' || pattern.startsWith('#') || pattern.includes('**')) return [];
    const isNegated = pattern.startsWith('!');
    if (isNegated) pattern = pattern.slice(1);
    const foldersOnly = pattern.endsWith('/');
    if (foldersOnly) pattern = pattern.slice(0, -1);
    const tied = pattern.includes('/');
    const source = pattern.replace(/^\//, '').split('/').map(partSource).join('/');
    return [{ isNegated, foldersOnly, tied, pattern: new RegExp(`^${source}$`, 's') }];
  });
  // Of rules that keep Helm from loading the chart, nobody can tell what they are meant for.
  return isSkippedByHelm(rules, 'Chart.yaml', false) ? [] : rules;
}

/** Whether Helm passes over a file of a chart, for itself or for a folder that it is in. */
export function isHelmIgnored(rules: readonly HelmIgnoreRule[], path: string): boolean {
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    if (isSkippedByHelm(rules, path.slice(0, slash), true)) return true;
  }
  return isSkippedByHelm(rules, path, false) || /^templates\/\.[^/]+$/.test(path);
}

function isSkippedByHelm(rules: readonly HelmIgnoreRule[], path: string, isFolder: boolean): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return rules.some(({ isNegated, foldersOnly, tied, pattern }) => {
    const isMeant = (isFolder || !foldersOnly) && pattern.test(tied ? path : name);
    return isNegated ? !isMeant : isMeant;
  });
}

function pathSource(parts: readonly string[]): string {
  const some = parts.filter((part, i) => part !== '**' || parts[i - 1] !== '**');
  return some
    .map((part, i) => {
      const last = i === some.length - 1;
      if (part === '**') return last ? '.+' : '(?:[^/]+/)*';
      return partSource(part) + (last ? '' : '/');
    })
    .join('');
}

/** One part of a path: no slash in it. */
function partSource(part: string): string {
  let source = '';
  for (let i = 0; i < part.length; i++) {
    const char = part[i]!;
    if (char === '*') {
      while (part[i + 1] === '*') i++;
      source += '[^/]*';
    } else if (char === '?') source += '[^/]';
    else if (char === '\\' && i + 1 < part.length) source += literal(part[++i]!);
    else if (char === '[') {
      const end = part.indexOf(']', part[i + 1] === '!' || part[i + 1] === '^' ? i + 3 : i + 2);
      if (end < 0) source += '\\[';
      else {
        source += classSource(part.slice(i + 1, end));
        i = end;
      }
    } else source += literal(char);
  }
  return source;
}

function classSource(inner: string): string {
  const negated = inner.startsWith('!') || inner.startsWith('^');
  const members = (negated ? inner.slice(1) : inner).replace(/[\\\]^[]/g, '\\$&');
  // A range that runs backwards (`z-a`) matches nothing.
  const isReversed = /(.)-(.)/g;
  for (const [, from, to] of members.matchAll(isReversed)) if (from! > to!) return '(?!)';
  return `[${negated ? '^/' : ''}${members}]`;
}

function literal(char: string): string {
  return /[.*+?^${}()|[\]\\/]/.test(char) ? `\\${char}` : char;
}

/** More alternatives than this are no pattern that a person wrote; braces beyond stand for themselves. */
const MOST_ALTERNATIVES = 256;

function expandBraces(pattern: string): readonly string[] {
  let expanded = [pattern];
  for (;;) {
    let changed = false;
    const next = expanded.flatMap((it) => {
      const braces = /\{([^{}]*,[^{}]*)\}/.exec(it);
      if (!braces) return [it];
      changed = true;
      return braces[1]!.split(',').map((option) => it.slice(0, braces.index) + option + it.slice(braces.index + braces[0].length));
    });
    if (!changed || next.length > MOST_ALTERNATIVES) return expanded;
    expanded = next;
  }
}

/** Blanks at the end of a line do not count, unless a backslash stands before. */
function withoutTrailingBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === ' ' && line[end - 2] !== '\\') end--;
  return line.slice(0, end);
}
