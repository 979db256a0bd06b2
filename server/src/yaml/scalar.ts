import type { ScalarValue } from './node.js';

/**
 * What a plain (unquoted) scalar means to Kubernetes, which reads it as Go's yaml v2 does: YAML 1.1 booleans and octals,
 * `_` between digits, no base-60 numbers, dates as text.
 */
export function resolvePlain(text: string): ScalarValue {
  if (text.length === 0) return null;
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57) return number(text) ?? text;
  switch (first) {
    case 46: // .
      return dotted(text);
    case 43: // +
    case 45: // -
      if (text.length === 1) return text;
      return infinity(text) ?? number(text) ?? text;
    case 126: // ~
      return text.length === 1 ? null : text;
    case 70: // F
    case 78: // N
    case 79: // O
    case 84: // T
    case 89: // Y
    case 102: // f
    case 110: // n
    case 111: // o
    case 116: // t
    case 121: // y
      return text.length <= 5 ? word(text) : text;
    default:
      return text;
  }
}

/** The text of a map key: Kubernetes turns numbers and booleans into text (`8080:` is `"8080"`, `yes:` is `"true"`). */
export function plainKey(text: string): string {
  const value = resolvePlain(text);
  return typeof value === 'string' ? value : String(value);
}

/** Whether a scalar's source holds `${X}` or `$(X)`, to be filled in by envsubst, Flux, Argo CD or the kubelet. */
export function isSubstituted(text: string): boolean {
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at + 1)) {
    const next = text.charCodeAt(at + 1);
    if (next !== 123 && next !== 40) continue;
    const name = text.charCodeAt(at + 2);
    const isName = (name >= 65 && name <= 90) || (name >= 97 && name <= 122) || name === 95;
    if (isName && text.indexOf(next === 123 ? '}' : ')', at + 2) > 0) return true;
  }
  return false;
}

function word(text: string): ScalarValue {
  switch (text) {
    case 'true':
    case 'True':
    case 'TRUE':
    case 'y':
    case 'Y':
    case 'yes':
    case 'Yes':
    case 'YES':
    case 'on':
    case 'On':
    case 'ON':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
    case 'n':
    case 'N':
    case 'no':
    case 'No':
    case 'NO':
    case 'off':
    case 'Off':
    case 'OFF':
      return false;
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    default:
      return text;
  }
}

function dotted(text: string): ScalarValue {
  if (text === '.nan' || text === '.NaN' || text === '.NAN') return Number.NaN;
  return infinity(text) ?? (/^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/.test(text) ? finite(text) : undefined) ?? text;
}

function infinity(text: string): number | undefined {
  switch (text) {
    case '.inf':
    case '.Inf':
    case '.INF':
    case '+.inf':
    case '+.Inf':
    case '+.INF':
      return Number.POSITIVE_INFINITY;
    case '-.inf':
    case '-.Inf':
    case '-.INF':
      return Number.NEGATIVE_INFINITY;
    default:
      return undefined;
  }
}

function number(text: string): number | undefined {
  let underscores = false;
  let digits = text.length < 16;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 95) underscores = true;
    if (code < 48 || code > 57) digits = false;
    // Only these can go on in a number: digits, signs, the dot, hexadecimal letters and x, o, b in either case.
    if (code > 57 && code !== 95 && !isNumberLetter(code)) return undefined;
  }
  if (digits && (text.length === 1 || text.charCodeAt(0) !== 48)) return Number(text);
  const plain = underscores ? text.replaceAll('_', '') : text;
  const based = /^([-+]?)0(?:[xX]([0-9a-fA-F]+)|[oO]?([0-7]+)|[bB]([01]+))$/.exec(plain);
  if (based) {
    const size = based[2] !== undefined ? parseInt(based[2], 16) : based[3] !== undefined ? parseInt(based[3], 8) : parseInt(based[4]!, 2);
    // What fits no 64-bit integer is read as a decimal, if it can be.
    if (size <= (based[1] === '-' ? 2 ** 63 : 2 ** 64)) return based[1] === '-' ? 0 - size : size;
  }
  return /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(plain) ? finite(plain) : undefined;
}

function isNumberLetter(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 102) || lower === 120 || lower === 111;
}

/** Too large a number for 64-bit floats stays text, as in Go; there is no negative zero. */
function finite(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value + 0 : undefined;
}
