import { fileURLToPath } from 'node:url';
import { createHost } from '../../analysis/analyze.js';
import { folderOf } from '../../text/uri.js';
import { endOfLink } from '../files.js';
import type { CheckArguments } from './arguments.js';
import { readInputs, type Inputs } from './inputs.js';
import { harmless, say, type Io } from './io.js';
import { pathProblems, shownPath } from './paths.js';
import { loadSettings, optionSettings } from './settings.js';

/** Prints what is applied together, one scope a line: name, what says so, where, how much it is. */
export async function scopes(asked: CheckArguments, io: Io): Promise<number> {
  const options = optionSettings(asked);
  const problems = [...options.problems, ...(await pathProblems(asked, io.cwd))];
  for (const problem of problems) say(io, problem);
  if (problems.length > 0) return 2;
  const loaded = await loadSettings(asked, options.settings, io);
  if (loaded.broken) return 2;
  const inputs = await readInputs(asked, loaded, io);
  for (const { file, reason } of inputs.unread) say(io, `${file}: ${reason}`);

  const host = createHost({ endOfLink });
  host.setSettings(loaded.settings);
  host.apply(inputs.files.map(({ uri, text }) => ({ uri, text })));
  const counts = new Map<string, number>();
  const namespaces = new Map<string, string>();
  for (const { uri, slots } of host.files()) {
    for (const { scope, namespace } of host.plan.placementsOf(uri)) if (namespace !== undefined) namespaces.set(scope, namespace);
    for (const { document } of slots)
      for (const { resource, placement } of document.built) {
        // A kustomization or a patch is no resource.
        if (resource.group !== 'kustomize.config.k8s.io' && !placement.isPatch)
          counts.set(resource.scope, (counts.get(resource.scope) ?? 0) + 1);
      }
  }
  const outside = counts.get('') ?? 0;
  if (host.plan.scopes.length === 0) {
    io.stdout.write(`No kustomization and no chart: ${resources(outside)}, taken as applied together.\n`);
    return inputs.failed ? 2 : 0;
  }
  const rows = host.plan.scopes.map((scope) => {
    // A release or an environment of a chart is called like a folder in it.
    const around = scopeFile(inputs, folderOf(scope));
    const file = scopeFile(inputs, scope) ?? (around?.endsWith('Chart.yaml') === true ? around : undefined);
    const namespace = namespaces.get(scope);
    return [
      host.plan.nameOf(scope),
      file === undefined ? (scope.startsWith('file:') ? 'folder' : 'settings') : file.endsWith('Chart.yaml') ? 'helm' : 'kustomize',
      file ?? (scope.startsWith('file:') ? `${shownPath(fileURLToPath(scope), io.cwd)}/` : '.meshwright.yaml'),
      resources(counts.get(scope) ?? 0),
      ...(namespace === undefined ? [] : [`namespace ${namespace}`]),
    ].map(harmless);
  });
  rows.sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
  io.stdout.write(table(rows));
  if (outside > 0) io.stdout.write(`${resources(outside)} outside of every scope\n`);
  return inputs.failed ? 2 : 0;
}

/** The file that makes a folder a scope, as people read it. */
function scopeFile({ files }: Inputs, folder: string): string | undefined {
  return files.find(
    ({ uri }) => uri.startsWith(`${folder}/`) && /^\/(kustomization\.ya?ml|Kustomization|Chart\.yaml)$/.test(uri.slice(folder.length)),
  )?.shown;
}

function resources(number: number): string {
  return `${number} ${number === 1 ? 'resource' : 'resources'}`;
}

/** Rows in columns, two blanks apart. */
function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, i) => cell.padEnd(widths[i]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
