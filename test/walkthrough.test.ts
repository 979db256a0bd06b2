import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly markdown: string };
  readonly completionEvents: readonly string[];
}

const manifest = JSON.parse(read('package.json')) as {
  readonly contributes: {
    readonly walkthroughs: readonly { readonly title: string; readonly description: string; readonly steps: readonly Step[] }[];
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
};
const words = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const wordOf = (text: string): string | undefined => words[/^%(.*)%$/.exec(text)?.[1] ?? ''];
const { walkthroughs, commands, configuration } = manifest.contributes;
const own = new Set(commands.map((it) => it.command));
const shipped = read('.vscodeignore')
  .split('\n')
  .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
const ships = (file: string): boolean =>
  shipped.some((it) => new RegExp(`^${it.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`).test(file));

test('the walkthrough has words', () => {
  for (const { title, description, steps } of walkthroughs) {
    expect(wordOf(title)).toBeDefined();
    expect(wordOf(description)).toBeDefined();
    expect(steps.flatMap((it) => [it.title, it.description]).filter((it) => wordOf(it) === undefined)).toEqual([]);
  }
});

test.each(walkthroughs.flatMap((it) => it.steps))('step $id leads to commands, settings and pictures that are there', (step) => {
  const { markdown } = step.media;
  expect(ships(markdown), `${markdown} is part of the package`).toBe(true);
  const pictures = [...read(markdown).matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map((it) =>
    path.posix.join(path.posix.dirname(markdown), it[1]!),
  );
  expect(pictures.filter((it) => !existsSync(path.join(root, it)) || !ships(it))).toEqual([]);
  const called = [
    ...step.completionEvents.join(' ').matchAll(/meshwright\.[A-Za-z]+/g),
    ...wordOf(step.description)!.matchAll(/meshwright\.[A-Za-z]+/g),
  ];
  expect(called.map(([it]) => it).filter((it) => !own.has(it) && !(it in configuration.properties))).toEqual([]);
});
