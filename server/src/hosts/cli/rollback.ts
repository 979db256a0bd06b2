import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rollbackOf, type Step } from '../../analysis/transitions.js';

/** Writes what takes dangerous steps back: `restore.yaml` to apply, `delete.yaml` to delete. Gives the files written. */
export async function writeRollback(folder: string, steps: readonly Step[]): Promise<readonly string[]> {
  const { restore, remove } = rollbackOf(steps);
  const written: string[] = [];
  for (const [name, text] of [
    ['restore.yaml', restore],
    ['delete.yaml', remove],
  ] as const) {
    if (text === '') continue;
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, name);
    await writeFile(file, text);
    written.push(file);
  }
  return written;
}
