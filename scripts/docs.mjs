// Writes docs/rules/ from the rules, and the generated parts of README.md. `--check` only tells whether they are as they should be.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { importTypeScript } from './import.mjs';
import { peerPage } from './peer-codes.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = 'docs/rules';

const { allRules } = await importTypeScript('server/src/hosts/cli/explain.ts');
const { rulePage } = await importTypeScript('server/src/rules/page.ts');
const { meshes } = await importTypeScript('server/src/meshes/index.ts');

const rules = [...allRules()].sort((a, b) => (a.id < b.id ? -1 : 1));
const titles = new Map([
  ...meshes.map((module) => [module.id, module.title]),
  ['yaml', 'YAML'],
  ['schema', 'Schemas'],
  ['meshwright', 'Meshwright itself'],
]);

const files = new Map(rules.map((rule) => [`${folder}/${rule.id}.md`, rulePage(rule)]));
files.set(`${folder}/README.md`, overview());
files.set(`${folder}/other-tools.md`, peerPage(rulesByCode()));
files.set('README.md', await readme(readFileSync(path.join(root, 'README.md'), 'utf8')));

const checkOnly = process.argv.includes('--check');
const stale = [...files].filter(
  ([name, text]) => !existsSync(path.join(root, name)) || readFileSync(path.join(root, name), 'utf8') !== text,
);
const forgotten = existsSync(path.join(root, folder))
  ? readdirSync(path.join(root, folder), { recursive: true })
      .map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`)
      .filter((name) => name.endsWith('.md') && !files.has(name))
  : [];
for (const [name, text] of stale) {
  if (!checkOnly) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  console.log(`${name} ${checkOnly ? 'is out of date' : 'written'}`);
}
for (const name of forgotten) {
  if (!checkOnly) rmSync(path.join(root, name));
  console.log(`${name} ${checkOnly ? 'is of no rule' : 'deleted'}`);
}
if (checkOnly && stale.length + forgotten.length > 0) {
  console.log('npm run docs writes them');
  process.exit(1);
}

/** Codes that rules bear, in their meta or for some of their problems; the latter stand in their code only. */
function rulesByCode() {
  const found = new Map();
  for (const rule of rules) {
    const [system, name] = rule.id.split('/');
    const source = path.join(root, 'server/src/meshes', system, 'rules', `${name}.ts`);
    const written = existsSync(source) ? readFileSync(source, 'utf8') : '';
    const codes = [...(rule.peers ?? []).map((peer) => peer.split(':')[0]), ...(written.match(/\b(?:IST|KIA)\d{4}\b/g) ?? [])];
    for (const code of new Set(codes)) found.set(code, [...(found.get(code) ?? []), rule.id]);
  }
  const schemas = rules.filter((rule) => rule.id.startsWith('schema/')).map((rule) => rule.id);
  found.set('IST0106', [...new Set([...(found.get('IST0106') ?? []), ...schemas])].sort());
  return found;
}

function overview() {
  const parts = [
    '# Rules',
    'Written by `npm run docs` from the rules themselves. Severities are those of a closed world; each page says what an open one makes of them. [Codes of other tools](other-tools.md).',
  ];
  for (const [system, title] of titles) {
    const own = rules.filter((rule) => rule.id.startsWith(`${system}/`));
    if (own.length === 0) continue;
    const rows = own.map((rule) => {
      const peers = (rule.peers ?? []).map((peer) => peer.replace(/:(.*)/, ' ($1)')).join(', ');
      return `| [${rule.id}](${rule.id}.md) | ${rule.severity}${rule.offByDefault ? ', off by default' : ''} | ${rule.category} | ${cell(rule.title)} | ${rule.fix ? 'yes' : ''} | ${peers} |`;
    });
    parts.push(
      `## ${title}`,
      `| rule | severity | category | what it finds | fixes | also known as |\n| --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}`,
    );
  }
  return `${parts.join('\n\n')}\n`;
}

/** README.md with what stands between `<!-- generated: x. … -->` and `<!-- end -->` made anew. */
async function readme(text) {
  const { findings, output } = await sampleShop();
  const parts = { findings, output, systems: systems(), settings: settings() };
  return text.replace(
    /(<!-- generated: (\w+)\. .*?-->\n)[^]*?(<!-- end -->)/g,
    (_, begin, name, end) => `${begin}\n${parts[name]}\n\n${end}`,
  );
}

/** What the command line says to the sample: some findings as a table, one as it is printed. */
async function sampleShop() {
  const { main } = await importTypeScript('server/src/hosts/cli/program.ts');
  const sample = path.join(root, 'examples/adoption-guide');
  const run = async (...options) => {
    let out = '';
    const stdout = { write: (written) => (out += written) };
    await main(['check', ...options], { stdout, stderr: { write: () => {} }, stdin: [], env: { NO_COLOR: '1' }, cwd: sample });
    return out;
  };
  const { diagnostics } = JSON.parse(await run('--format', 'json'));
  const shown = [
    'unknown-subset',
    'short-host-elsewhere',
    'gateway-credential-elsewhere',
    'strict-mtls-without-injection',
    'unknown-principal',
    'subset-selects-nothing',
    'port-not-on-service',
  ];
  const rows = shown.flatMap((name) => {
    const it = diagnostics.find(({ rule }) => rule === `istio/${name}`);
    if (it === undefined) return [];
    const line = readFileSync(it.file, 'utf8').split(/\r?\n/)[it.range.start.line].trim();
    return [`| \`${cell(line)}\` | ${cell(it.message)} |`];
  });
  const block = (await run('--color', 'never')).split('\n\n').find((it) => it.includes('[istio/unknown-subset]'));
  return { findings: ['| line | message |', '| --- | --- |', ...rows].join('\n'), output: `\`\`\`text\n${block?.trim()}\n\`\`\`` };
}

function systems() {
  const rows = meshes.map(({ id, title, kinds, rules: own }) => {
    const fixable = own.filter((rule) => rule.fix).length;
    return `| ${title} | ${kinds.map((it) => it.kind).join(', ')} | ${own.length === 0 ? '–' : `[${own.length}](docs/rules/README.md#${id})`} | ${fixable === 0 ? '–' : fixable} |`;
  });
  const others = ['yaml', 'schema'].map((id) => {
    const own = rules.filter((rule) => rule.id.startsWith(`${id}/`));
    return own.length === 0
      ? []
      : [
          `| ${titles.get(id)} | all of these | [${own.length}](docs/rules/README.md#${titles.get(id).toLowerCase()}) | ${id === 'schema' ? 'some' : '–'} |`,
        ];
  });
  return ['| system | kinds | rules | with fixes |', '| --- | --- | --- | --- |', ...rows, ...others.flat()].join('\n');
}

function settings() {
  const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const words = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8'));
  const rows = Object.entries(contributes.configuration.properties).map(([name, it]) => {
    const text = (it.markdownDescription ?? it.description ?? '').replace(/^%(.*)%$/, (_, key) => words[key]);
    const value = typeof it.default === 'string' ? it.default : JSON.stringify(it.default);
    return `| \`${name}\` | ${value === '' ? '–' : `\`${value}\``} | ${cell(text)} |`;
  });
  return ['| setting | default | what it does |', '| --- | --- | --- |', ...rows].join('\n');
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
