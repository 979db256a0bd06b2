import { HELP, parseArguments } from './arguments.js';
import { check } from './check.js';
import { explain } from './explain.js';
import { say, type Io } from './io.js';
import { scopes } from './scopes.js';
import { version } from './version.js';

/** Runs the program with its arguments (without those of Node) and gives the exit code: 0 clean, 1 findings, 2 wrong use or a failure of ours. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(argv);
  if ('problem' in parsed) {
    say(io, parsed.problem);
    return 2;
  }
  try {
    const asked = parsed.ok;
    switch (asked.command) {
      case 'help':
        io.stdout.write(HELP);
        return 0;
      case 'version':
        io.stdout.write(`${version}\n`);
        return 0;
      case 'explain':
        return await explain(asked, io);
      case 'scopes':
        return await scopes(asked, io);
      case 'check':
        return await check(asked, io);
    }
  } catch (error) {
    say(io, `failed, which is a bug of ours: ${error instanceof Error ? error.message : String(error)}`);
    if (argv.includes('-v') || argv.includes('--verbose')) io.stderr.write(`${error instanceof Error ? (error.stack ?? '') : ''}\n`);
    return 2;
  }
}
