import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** How many cases of each suite pass, at least. May only rise. */
export type Floor = Readonly<Record<string, number>>;

const file = fileURLToPath(new URL('./floor.json', import.meta.url));

export function readFloor(): Floor {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Floor) : {};
}

/** Writes the floor anew with whatever got better. */
export function raiseFloor(passed: Floor): Floor {
  const floor = readFloor();
  const raised = Object.fromEntries(
    [...new Set([...Object.keys(floor), ...Object.keys(passed)])]
      .sort()
      .map((suite) => [suite, Math.max(floor[suite] ?? 0, passed[suite] ?? 0)]),
  );
  writeFileSync(file, `${JSON.stringify(raised, undefined, 2)}\n`);
  return raised;
}
