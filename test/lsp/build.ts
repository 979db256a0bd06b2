import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execFileSync } from 'node:child_process';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds dist/server.js where it is missing or older than a source, so that the tests speak to what is in the working tree. */
export function buildServer(): void {
  const target = path.join(root, 'dist/server.js');
  if (existsSync(target) && statSync(target).mtimeMs >= newest(path.join(root, 'server/src'))) return;
  execFileSync(process.execPath, [path.join(root, 'scripts/build.mjs')], { cwd: root, stdio: 'pipe' });
}

function newest(folder: string): number {
  return Math.max(
    ...readdirSync(folder, { recursive: true, withFileTypes: true }).map((it) =>
      it.isFile() ? statSync(path.join(it.parentPath, it.name)).mtimeMs : 0,
    ),
  );
}
