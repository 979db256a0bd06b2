import type { Severity } from '../../rules/rule.js';
import type { Io, Output } from './io.js';

export type ColorMode = 'auto' | 'always' | 'never';

/** Dresses text for its role; without color, gives it back as it is. */
export interface Paint {
  severity(severity: Severity, text: string): string;
  bold(text: string): string;
  dim(text: string): string;
}

export function paintFor(mode: ColorMode, output: Output, env: Io['env']): Paint {
  return hasColor(mode, output, env) ? COLORED : PLAIN;
}

/** `--color` goes before FORCE_COLOR, that before NO_COLOR and TERM=dumb, and these before what the output is. */
function hasColor(mode: ColorMode, output: Output, env: Io['env']): boolean {
  if (mode !== 'auto') return mode === 'always';
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if ((env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return false;
  return output.isTTY === true;
}

const CODES: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 34, hint: 36 };

const COLORED: Paint = {
  severity: (severity, text) => `\u001b[${CODES[severity]}m${text}\u001b[39m`,
  bold: (text) => `\u001b[1m${text}\u001b[22m`,
  dim: (text) => `\u001b[2m${text}\u001b[22m`,
};

const PLAIN: Paint = { severity: (_, text) => text, bold: (text) => text, dim: (text) => text };
