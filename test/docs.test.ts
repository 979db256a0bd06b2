import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { allRules } from '../server/src/hosts/cli/explain.js';
import { meshes } from '../server/src/meshes/index.js';
import { YAML_RULES } from '../server/src/rules/documents.js';
import { SCHEMA_RULES } from '../server/src/rules/schema.js';
import { UNUSED_IGNORE } from '../server/src/rules/suppressions.js';
import { analyze } from '../server/src/analysis/analyze.js';
import { compareRevisions } from '../server/src/analysis/transitions.js';
import { removedButUsed } from '../server/src/rules/transition.js';
import { analyzeWithSchemas } from './support/analyze.js';

const root = fileURLToPath(new URL('..', import.meta.url));

function run(...command: string[]): string {
  try {
    return execFileSync(process.execPath, command, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

test('pages of rules and generated parts of README.md are what the generator prints', () => {
  expect(run('scripts/docs.mjs', '--check')).toBe('');
});

test('rule lists hold every rule file', () => {
  expect(run('scripts/rules.mjs', '--check')).toBe('');
});

test('links in documents lead to files', () => {
  const documents = [
    'README.md',
    'CONTRIBUTING.md',
    'ARCHITECTURE.md',
    'CHANGELOG.md',
    'SECURITY.md',
    'docs/rules/README.md',
    'examples/adoption-guide/README.md',
  ];
  const broken = documents.flatMap((name) => {
    const text = readFileSync(path.join(root, name), 'utf8').replace(/```[^]*?```/g, '');
    return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map((link) => link[1]!.replace(/#.*/, ''))
      .filter((target) => target !== '' && !/^[a-z]+:/.test(target) && !existsSync(path.join(root, path.dirname(name), target)))
      .map((target) => `${name} links to ${target}`);
  });
  expect(broken).toEqual([]);
});

test('every command that a document names is a script', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  for (const name of ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'examples/adoption-guide/README.md']) {
    const named = [...readFileSync(path.join(root, name), 'utf8').matchAll(/npm (?:run )?([a-z][\w:-]*)/g)].map((it) => it[1]!);
    expect(
      named.filter((it) => !['install', 'run', 'pack'].includes(it) && !(it in scripts)),
      name,
    ).toEqual([]);
  }
});

test('every rule has a test beside it', () => {
  for (const module of meshes) {
    const files = filesIn(path.join(root, 'server/src/meshes', module.id, 'rules'));
    const rules = files.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'index.ts');
    expect(rules.filter((name) => !files.includes(name.replace(/\.ts$/, '.test.ts')))).toEqual([]);
  }
});

test('every rule is known to explain, under an id of its own and of its system', () => {
  const ids = allRules().map((rule) => rule.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(
    [
      ...Object.values(YAML_RULES),
      ...Object.values(SCHEMA_RULES),
      UNUSED_IGNORE,
      removedButUsed,
      ...meshes.flatMap((module) => [...module.rules, ...(module.transitions ?? [])]),
    ]
      .map((rule) => rule.id)
      .sort(),
  );
  for (const module of meshes) for (const rule of module.rules) expect(rule.id.startsWith(`${module.id}/`), rule.id).toBe(true);
});

const rules = allRules().map((rule) => [rule.id, rule] as const);

test.each(rules)('%s: the example called wrong gives it and nothing else, the one called right is clean', (id, rule) => {
  // What is wrong with one document is shown without the others that it would need.
  const world = rule.category === 'syntax' || rule.category === 'schema' ? 'open' : 'closed';
  const settings = { world, rules: rule.offByDefault ? { [id]: rule.severity } : {}, ...rule.example.settings };
  const findings = (text: string) => {
    const files = filesOfExample(text.trimStart());
    return (rule.category === 'syntax' ? analyze(files, settings) : analyzeWithSchemas(files, settings)).diagnostics;
  };
  if ('comparesRevisions' in rule) {
    const steps = (text: string): readonly string[] => stepsOf(text.trimStart()).map((it) => it.diagnostic.rule);
    expect([...new Set(steps(rule.example.bad))]).toEqual([id]);
    expect(steps(rule.example.good)).toEqual([]);
    return;
  }
  const bad = findings(rule.example.bad);
  expect(bad.map((it) => it.rule)).toContain(id);
  expect(bad.filter((it) => it.rule !== id && isLoud(it.severity)).map((it) => `${it.rule}: ${it.message}`)).toEqual([]);
  const good = findings(rule.example.good);
  expect(good.filter((it) => it.rule === id || isLoud(it.severity)).map((it) => `${it.rule}: ${it.message}`)).toEqual([]);
});

test.each(rules)('%s: its texts read as texts of ours do', (_, rule) => {
  for (const [name, text] of Object.entries({ effect: rule.effect, why: rule.why, remedy: rule.remedy })) {
    if (text !== undefined) expect(text, name).toMatch(/[.]$/);
  }
  expect(rule.title, 'title').not.toMatch(/[.]$/);
  expect([rule.title, rule.effect, rule.why, rule.remedy].join(' ')).not.toMatch(/\b(please|invalid|should|simply|just)\b|!(?!=)/i);
});

/** What a change does, its files told below `before/` and `after/`. */
function stepsOf(text: string): ReturnType<typeof compareRevisions> {
  const [before, after] = ['before', 'after'].map((revision) => {
    const files = filesOfExample(text).filter((it) => it.uri.startsWith(`file:///${revision}/`));
    return analyze(
      files.map((it) => ({ ...it, uri: it.uri.replace(`/${revision}/`, '/') })),
      { world: 'closed' },
    ).host;
  });
  return compareRevisions(before!, after!);
}

function filesOfExample(text: string): readonly { readonly uri: string; readonly text: string }[] {
  const parts = text.split(/^# file: (.+)\n/m);
  if (parts.length === 1) return [{ uri: 'file:///example.yaml', text }];
  return parts.slice(1).flatMap((path, i, all) => (i % 2 === 0 ? [{ uri: `file:///${path}`, text: all[i + 1]! }] : []));
}

function isLoud(severity: string): boolean {
  return severity === 'error' || severity === 'warning';
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // a system without rules
  }
}
