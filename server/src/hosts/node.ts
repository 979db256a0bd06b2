import { Console } from 'node:console';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures, StreamMessageReader, type Connection } from 'vscode-languageserver/node';
import { allRules } from '../features/settings-file.js';
import { mergeSettings, type Settings } from '../index/settings.js';
import type { FolderSettings, HostPorts } from '../lsp/ports.js';
import { startServer } from '../lsp/server.js';
import { meshes } from '../meshes/index.js';
import { findFiles, pathOf as pathOfUri, readText, uriOf, wouldFind } from './files.js';
import { GatheringWriter } from './gathering-writer.js';
import { Helm } from './helm.js';
import { filesAt, revisionsOf } from './revision.js';
import { tuneServer } from './v8.js';
import { isSecondThread, Reader, runSecondThread } from './reader.js';
import { bundledSchemas } from './schemas.js';
import { Walked } from './walked.js';
import { findSettingsFile, loadSettingsFile, readNamedFiles, withToday, type SettingsFileProblem } from './settings-file.js';

declare const MESHWRIGHT_VERSION: string | undefined;

/** Folder of the bundle: its schemas and the rule pages of the package are found from here. */
const here = path.dirname(fileURLToPath(import.meta.url));
const rules = allRules(meshes);
const helm = new Helm();
const walked = new Walked();
/** Whether the client said that it is about to leave. */
let wasShutDown = false;
const pages = new Map<string, string | undefined>();

const ports: HostPorts = {
  version: typeof MESHWRIGHT_VERSION === 'string' ? MESHWRIGHT_VERSION : 'development',
  schemas: bundledSchemas(),
  defer: (task) => void setImmediate(task),
  later: (milliseconds, task) => void setTimeout(task, milliseconds).unref(),
  now: () => performance.now(),
  find: async function* (folder, exclude, onProblem) {
    const root = pathOf(folder);
    if (root === undefined) return;
    const options = {
      exclude: [{ folder: root, globs: exclude }],
      onProblem: (file: string, message: string) => onProblem(uriOf(file), message),
      onFolder: walked.note,
    };
    for await (const files of findFiles([root], options)) yield files.map(uriOf);
  },
  isOnDisk: walked.isOnDisk,
  endOfLink: walked.endOfLink,
  wouldFind: async (folder, uri, exclude) => {
    // Who asks was told of a change.
    walked.forget();
    const root = pathOf(folder);
    const file = pathOf(uri);
    return root !== undefined && file !== undefined && (await wouldFind(root, file, { exclude: [{ folder: root, globs: exclude }] }));
  },
  read: async (uri, maxSize) => {
    const file = pathOf(uri);
    if (file === undefined || !(await isFile(file))) return { problem: 'missing', message: 'it is gone' };
    const read = await readText(file, { maxSize });
    return 'text' in read ? read : { problem: 'unreadable', message: read.message };
  },
  readMany: (options) => {
    const reader = new Reader(options);
    return {
      meet: (uris) => {
        for (const uri of uris) {
          const path = pathOf(uri);
          if (path !== undefined) reader.meet({ path, uri });
        }
      },
      read: async function* () {
        for await (const batch of reader.read()) {
          yield batch.map(([{ uri }, read]) => [uri, 'text' in read ? read : { problem: 'unreadable', message: read.message }] as const);
        }
      },
      end: () => {
        walked.forget();
        reader.end();
      },
    };
  },
  settings: loadSettings,
  revisions: {
    names: async (folder) => {
      const root = pathOf(folder);
      return root === undefined ? { problem: 'needs a folder on this machine' } : revisionsOf(root);
    },
    files: async (folder, revision, exclude) => {
      const root = pathOf(folder);
      if (root === undefined) return { problem: 'needs a folder on this machine' };
      return filesAt({ revision, paths: [root], exclude: { folder: root, globs: exclude } });
    },
  },
  renderChart: (install) => helm.render(install),
  onShutdown: () => void (wasShutDown = true),
  rulePage: (rule) => {
    if (!pages.has(rule)) {
      const file = path.join(here, '..', 'docs', 'rules', `${rule}.md`);
      pages.set(rule, existsSync(file) ? pathToFileURL(file).href : undefined);
    }
    return pages.get(rule);
  },
};

if (isSecondThread) {
  runSecondThread();
} else {
  tuneServer();
  serve();
}

function serve(): void {
  const connection = process.argv.includes('--stdio') ? connectionOverStdio() : createConnection(ProposedFeatures.all);
  // What nobody waits for must not end the server; the connection itself may be what failed.
  process.on('unhandledRejection', (error) => {
    try {
      connection.console.error(`something failed unnoticed\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    } catch {
      // There is nobody left to tell.
    }
  });
  startServer(connection, ports);
}

function connectionOverStdio(): Connection {
  const { stdin, stdout, stderr } = process;
  // What anything else prints may not come between messages.
  globalThis.console = new Console(stderr);
  const connection = createConnection(ProposedFeatures.all, new StreamMessageReader(stdin), new GatheringWriter(stdout));
  const exit = (): void => process.exit(wasShutDown ? 0 : 1);
  stdin.on('end', exit);
  stdin.on('close', exit);
  return connection;
}

async function loadSettings(folder: string, fromClient: Settings): Promise<FolderSettings> {
  const root = pathOf(folder);
  if (root === undefined) return { fromClient, settings: {}, problems: [] };
  const own = await readNamedFiles(fromClient, root);
  const file = await loadSettingsFile(await findSettingsFile(root), rules);
  const folderOfSettings = file.file === undefined ? root : path.dirname(file.file);
  const known = await loadBaseline(folderOfSettings, mergeSettings(own.settings, file.settings));
  const told = [...file.problems, ...own.problems, ...known.problems];
  const problems = told.map((it) => ({ uri: uriOf(it.file), line: it.line, message: it.message }));
  const settings = mergeSettings(file.settings, { settingsFolder: uriOf(folderOfSettings) }, known.settings);
  return { fromClient: withToday(own.settings), settings, problems };
}

/** The text of the baseline that settings name goes to the core as `baselineText`. */
async function loadBaseline(folder: string, settings: Settings): Promise<{ settings: Settings; problems: readonly SettingsFileProblem[] }> {
  const named = settings['baseline'];
  if (typeof named !== 'string' || named === '') return { settings: {}, problems: [] };
  const file = path.resolve(folder, named);
  const read = await readText(file);
  // It may be written any moment: whoever watches has to know.
  const place = { baselineFile: uriOf(file), baselineFolder: uriOf(path.dirname(file)) };
  if ('text' in read) return { settings: { ...place, baselineText: read.text }, problems: [] };
  return { settings: place, problems: [{ file, line: undefined, message: `${read.message}; "baseline" names it` }] };
}

/** Path of a file on this machine; undefined for everything else. */
function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? pathOfUri(uri) : undefined;
  } catch {
    return undefined;
  }
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
