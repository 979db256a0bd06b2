import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { printedDocuments, type RenderedFile, type Rendering } from '../sources/rendering.js';
import type { ChartInstall } from '../sources/scopes.js';
import { normalizeUri } from '../text/uri.js';
import { parseDocument } from '../yaml/parse.js';
import { decodeText } from './files.js';

/** What a chart comes to; or why that is not known, in words; undefined: a chart that nobody installs by itself. */
export type Rendered = { readonly rendering: Rendering } | { readonly problem: string } | undefined;

export interface HelmOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds after which Helm is given up. */
  readonly patience?: number;
}

/** What `problem` says where there is no Helm. */
export const NOT_INSTALLED = 'Helm is not installed';

const PATIENCE = 20_000;
/** Of a larger chart, reading it each time would cost more than its rendering tells. */
const MOST_FILES = 2000;
const MOST_BYTES = 32 * 1024 * 1024;

/** Stands for a namespace that no file tells, so that what is made of it is seen. */
const UNKNOWN_NAMESPACE = 'meshwright-unknown-namespace';

/** Runs `helm template`, once for the same content of a chart with the same values. It changes nothing and asks no cluster. */
export class Helm {
  readonly #env: NodeJS.ProcessEnv;
  readonly #patience: number;
  /** The latest of each scope, with what it was made of. */
  readonly #known = new Map<string, { readonly content: string; readonly rendered: Promise<Rendered> }>();

  constructor({ env = process.env, patience = PATIENCE }: HelmOptions = {}) {
    this.#env = withoutCluster(env);
    this.#patience = patience;
  }

  async render(install: ChartInstall): Promise<Rendered> {
    let folder: string;
    try {
      folder = fileURLToPath(install.chart);
    } catch {
      return undefined;
    }
    const files = await readChart(folder);
    if ('problem' in files) return files;
    const hash = createHash('sha256').update(JSON.stringify([install.values, install.namespace, install.release]));
    for (const [name, content] of files.contents) hash.update(`\0${name}\0${content.length}\0`).update(content);
    const content = hash.digest('hex');
    const known = this.#known.get(install.scope);
    if (known?.content === content) return known.rendered;
    const rendered = this.#template(install, folder, files.contents);
    this.#known.set(install.scope, { content, rendered });
    return rendered;
  }

  async #template(install: ChartInstall, folder: string, contents: ReadonlyMap<string, Buffer>): Promise<Rendered> {
    const about = parseDocument(contents.get('Chart.yaml')?.toString('utf8') ?? '').root;
    if (about?.text('type') === 'library') return undefined;
    const written = await mkdtemp(path.join(tmpdir(), 'meshwright-helm-'));
    try {
      const values = await Promise.all(
        install.values.map(async (text, i) => {
          const file = path.join(written, `values-${i}.yaml`);
          await writeFile(file, text, { mode: 0o600 });
          return ['--values', file];
        }),
      );
      // Without a release at hand, one that is called as its chart is makes the names that people expect.
      const release = install.release ?? nameFrom(about?.text('name') ?? path.basename(folder));
      const namespace = install.namespace ?? UNKNOWN_NAMESPACE;
      const output = await this.#run(['template', release, folder, '--namespace', namespace, ...values.flat()]);
      if (typeof output !== 'string')
        return { problem: output.problem.replaceAll(`${folder}${path.sep}`, '').replaceAll(written, 'values') };
      return { rendering: renderingOf(output, folder, contents) };
    } finally {
      await rm(written, { recursive: true, force: true });
    }
  }

  #run(words: readonly string[]): Promise<string | { readonly problem: string }> {
    return new Promise((resolve) => {
      const options = {
        env: this.#env,
        // Some systems look for programs in the working folder first: not in that of a repository.
        cwd: path.dirname(process.execPath),
        timeout: this.#patience,
        killSignal: 'SIGKILL' as const,
        maxBuffer: 1 << 26,
        windowsHide: true,
      };
      const child = execFile('helm', words, options, (error, output, told) => {
        if (error === null) resolve(output);
        else if (error.code === 'ENOENT') resolve({ problem: NOT_INSTALLED });
        else if (error.killed === true) resolve({ problem: `Helm took longer than ${this.#patience / 1000} s` });
        else resolve({ problem: reasonIn(told) });
      });
      child.stdin?.end();
    });
  }
}

/** Neither a cluster nor settings for one. */
function withoutCluster(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^(?:HELM_(?:KUBE|NAMESPACE|DEBUG|DRIVER)|KUBE)/i.test(name));
  return { ...Object.fromEntries(kept), KUBECONFIG: devNull };
}

function nameFrom(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 53) || 'release'
  );
}

/** The first thing that Helm complains of. */
function reasonIn(told: string): string {
  const line = told.split(/\r?\n/).find((it) => it.startsWith('Error:')) ?? told.split(/\r?\n/).find((it) => it.trim() !== '');
  const reason = (line ?? 'Helm failed').replace(/^Error:\s*/, '').trim();
  return reason.length > 240 ? `${reason.slice(0, 239)}…` : reason;
}

/** Every file of a chart by its path below it; or why it is not read. */
async function readChart(folder: string): Promise<{ readonly contents: ReadonlyMap<string, Buffer> } | { readonly problem: string }> {
  const contents = new Map<string, Buffer>();
  let bytes = 0;
  const visit = async (at: string, depth: number): Promise<boolean> => {
    const names = (await readdir(path.join(folder, at))).sort();
    for (const name of names) {
      if (name === '.git' || name === 'node_modules') continue;
      const below = at === '' ? name : `${at}/${name}`;
      const about = await stat(path.join(folder, below)).catch(() => undefined);
      if (about?.isDirectory() === true) {
        // Links may lead in circles.
        if (depth > 12 || !(await visit(below, depth + 1))) return false;
      } else if (about?.isFile() === true) {
        bytes += about.size;
        if (contents.size >= MOST_FILES || bytes > MOST_BYTES) return false;
        contents.set(below, await readFile(path.join(folder, below)));
      }
    }
    return true;
  };
  try {
    return (await visit('', 0)) ? { contents } : { problem: 'it is too large to be rendered' };
  } catch {
    return { problem: 'it cannot be read' };
  }
}

/** What was printed, by template; what came of charts that are packed within this one stands at `Chart.yaml`. */
function renderingOf(output: string, folder: string, contents: ReadonlyMap<string, Buffer>): Rendering {
  const documents = new Map<string, string[]>();
  for (const { template, text } of printedDocuments(output)) {
    const below = template.slice(template.indexOf('/') + 1);
    const name = contents.has(below) ? below : 'Chart.yaml';
    const list = documents.get(name);
    if (list) list.push(withoutNamespace(text));
    else documents.set(name, [withoutNamespace(text)]);
  }
  const rendering = new Map<string, RenderedFile>();
  for (const [name, content] of contents) {
    const isTemplate = /(?:^|\/)templates\/.*\.(?:ya?ml|json)$/.test(name) || documents.has(name);
    const read = isTemplate ? decodeText(content) : undefined;
    if (read === undefined || !('text' in read)) continue;
    const uri = normalizeUri(pathToFileURL(path.join(folder, name)).href);
    rendering.set(uri, { source: read.text, documents: documents.get(name) ?? [] });
  }
  return rendering;
}

/** What is made of a namespace that nobody knows is not known either; but a host there is called by its short name from there. */
function withoutNamespace(text: string): string {
  if (!text.includes(UNKNOWN_NAMESPACE)) return text;
  const own = parseDocument(text).root?.text('metadata.namespace') ?? UNKNOWN_NAMESPACE;
  const hosts = own === UNKNOWN_NAMESPACE ? text.replace(HOST_THERE, '') : text;
  return hosts.replaceAll(UNKNOWN_NAMESPACE, '{{ .Release.Namespace }}');
}

const HOST_THERE = new RegExp(`(?<=[a-z0-9])\\.${UNKNOWN_NAMESPACE}(?:\\.svc(?:\\.cluster\\.local)?)?(?![\\w.-])`, 'g');
