// The licences of all packages whose code is in our bundles, as one text.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @param {readonly string[]} inputs files that went into a bundle, relative to the repository */
export function notices(inputs) {
  const folders = new Set(inputs.flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []));
  const packages = [...folders].map(describe).sort((a, b) => (a.title < b.title ? -1 : 1));
  const parts = packages.map(({ title, license }) => `${'='.repeat(80)}\n${title}\n\n${license.trim()}\n`);
  return `Meshwright contains code of these packages.\n\n${parts.join('\n')}`;
}

function describe(folder) {
  const absolute = path.join(root, folder);
  const manifest = JSON.parse(readFileSync(path.join(absolute, 'package.json'), 'utf8'));
  const file = readdirSync(absolute).find((name) => /^licen[cs]e/i.test(name));
  if (file === undefined || !existsSync(path.join(absolute, file))) {
    throw new Error(`"${manifest.name}" is bundled and has no licence file`);
  }
  return { title: `${manifest.name} ${manifest.version} (${manifest.license})`, license: readFileSync(path.join(absolute, file), 'utf8') };
}
