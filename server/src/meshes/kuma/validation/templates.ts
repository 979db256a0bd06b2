/** What is wrong with a Go template that Kuma fills in, in words; undefined where nothing is. */
export function complaintAboutTemplate(text: string): string | undefined {
  let rest = text;
  let depth = 0;
  for (;;) {
    const open = rest.indexOf('{{');
    if (open < 0) break;
    const close = rest.indexOf('}}', open);
    if (close < 0) return `"${text}" lacks "}}".`;
    const action = rest
      .slice(open + 2, close)
      .replace(/^-\s/, '')
      .replace(/\s-$/, '')
      .trim();
    if (action === 'end') depth--;
    else if (/^(if|range|with)\b/.test(action)) depth++;
    else if (!action.startsWith('/*') && !/^(else|define|block|template|break|continue)\b/.test(action)) {
      const complaint = complaintAboutPipeline(action);
      if (complaint !== undefined) return complaint;
    }
    rest = rest.slice(close + 2);
  }
  return depth === 0 ? undefined : `"${text}" ${depth > 0 ? 'lacks' : 'has too many'} "{{ end }}".`;
}

/** Functions that Go's templates have themselves, and the one that Kuma adds. */
const FUNCTIONS = [
  'and',
  'call',
  'html',
  'index',
  'slice',
  'js',
  'len',
  'not',
  'or',
  'print',
  'printf',
  'println',
  'urlquery',
  'eq',
  'ge',
  'gt',
  'le',
  'lt',
  'ne',
  'label',
];

function complaintAboutPipeline(action: string): string | undefined {
  if (action === '') return 'An action of a template cannot be empty.';
  const stages = withoutTexts(action)
    .split('|')
    .map((it) => it.trim());
  for (const [i, stage] of stages.entries()) {
    const first = /^[^\s()]*/.exec(stage)![0];
    if (stage === '') return `"${action}" lacks a value at "|".`;
    if (i > 0 && /^([\d"]|true$|false$|nil$)/.test(first)) return `"${first}" cannot stand behind "|"; only a function can.`;
    if (/^[A-Za-z_]\w*$/.test(first) && !FUNCTIONS.includes(first) && !['true', 'false', 'nil'].includes(first))
      return `A template knows no function "${first}"; besides those of Go there is "label".`;
  }
  return undefined;
}

/** Quoted texts emptied, so that what they hold is not read as code. */
function withoutTexts(action: string): string {
  return action.replaceAll(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, '""');
}
