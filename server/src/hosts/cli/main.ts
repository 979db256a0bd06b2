import { tuneProgram } from '../v8.js';
import { isSecondThread, runSecondThread } from '../reader.js';
import { main } from './program.js';

// A reader such as `head` that closes its end early is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

if (isSecondThread) {
  runSecondThread();
} else {
  tuneProgram();
  const { stdout, stderr, stdin, env } = process;
  // Node ends by itself once all output is written; ending it here would cut a pipe short.
  void main(process.argv.slice(2), { stdout, stderr, stdin, env, cwd: process.cwd() }).then((code) => {
    process.exitCode = code;
  });
}
