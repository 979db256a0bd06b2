import { Readable } from 'node:stream';
import { main } from '../../server/src/hosts/cli/program.js';
import { argumentsOf, type CaseFolder } from './corpus.js';
import { judge, type Reported, type Verdict } from './judge.js';

export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the command line answers to a case, without a process of its own. */
export async function answerTo(it: CaseFolder): Promise<Answer> {
  let stdout = '';
  let stderr = '';
  const code = await main(argumentsOf(it.case), {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    stdin: Readable.from([]),
    env: { NO_COLOR: '1' },
    cwd: it.folder,
  });
  return { code, stdout, stderr };
}

export function reportedIn(answer: Answer): readonly Reported[] {
  if (answer.code > 1) throw new Error(`exit ${answer.code}: ${answer.stderr.trim()}`);
  return (JSON.parse(answer.stdout) as { diagnostics: readonly Reported[] }).diagnostics;
}

/** The verdict on a case; the text of the failure where there was no answer. */
export async function verdictOn(it: CaseFolder): Promise<Verdict | string> {
  try {
    return judge(it.case, reportedIn(await answerTo(it)));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export function isPassed(verdict: Verdict | string): boolean {
  return typeof verdict !== 'string' && verdict.missing.length === 0 && verdict.extra.length === 0;
}
