import type { AnalysisHost } from '../analysis/host.js';
import { settingIn, type Settings } from '../index/settings.js';
import type { FolderSettings } from './ports.js';

/** What the server says of itself by `meshwright/status`. An empty text: nothing to show. */
export interface Status {
  readonly text: string;
  readonly detail?: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly busy: boolean;
}

/** Of `files.maxSize`, as hosts have it. */
const DEFAULT_MAX_MEGABYTES = 10;

export interface StatusFacts {
  readonly host: AnalysisHost;
  readonly reading: { readonly done: number; readonly total: number } | undefined;
  readonly settings: Settings;
  readonly settingsProblems: FolderSettings['problems'];
  readonly displayPath: (uri: string) => string;
  /** File that the user looks at, where the client tells. */
  readonly active: string | undefined;
}

export function statusOf({ host, reading, settings, settingsProblems, displayPath, active }: StatusFacts): Status {
  if (reading) {
    const detail =
      reading.total === 0 ? 'open files are checked' : `${number(reading.done)} of ${number(reading.total)} files; open files are checked`;
    return { text: 'reading…', detail, severity: 'info', busy: true };
  }
  const [problem] = settingsProblems;
  if (problem) {
    const line = problem.line === undefined ? '' : ` line ${problem.line + 1}`;
    const more = settingsProblems.length > 1 ? `; and ${settingsProblems.length - 1} more` : '';
    return {
      text: 'configuration',
      detail: `${displayPath(problem.uri)}${line}: ${problem.message}${more}`,
      severity: 'warning',
      busy: false,
    };
  }
  const systems = host.modules.filter((it) => it.id !== 'kubernetes' && host.hasSystem(it.id));
  // Plain Kubernetes is none of our business: we stay asleep.
  if (systems.length === 0) return { text: '', severity: 'info', busy: false };
  const ofFile = active === undefined ? undefined : (statusOfLarge(host, settings, active) ?? statusOfFile(host, active));
  if (ofFile) return ofFile;
  const versions = systems.map(({ id, title }) => {
    const version = settingIn(settings, id, 'version');
    return typeof version === 'string' ? `${title} ${version}` : title;
  });
  const world = settings['world'] === 'closed' ? 'closed world' : 'open world';
  const { resourceCount, plan } = host;
  const scopes = plan.scopes.length === 0 ? [] : [plan.scopes.length === 1 ? '1 scope' : `${number(plan.scopes.length)} scopes`];
  return {
    text: `${number(resourceCount)} ${resourceCount === 1 ? 'resource' : 'resources'}`,
    detail: [...versions, ...scopes, world].join(', '),
    severity: 'info',
    busy: false,
  };
}

/** A file beyond the limit: an editor that has it open sends it whole, and from disk it is not read. */
function statusOfLarge(host: AnalysisHost, settings: Settings, uri: string): Status | undefined {
  const limit = settingIn(settings, 'files', 'maxSize');
  const most = typeof limit === 'number' && limit > 0 ? limit : DEFAULT_MAX_MEGABYTES;
  const size = (host.file(uri)?.text.length ?? 0) / 2 ** 20;
  if (size <= most) return undefined;
  const detail = `${number(Math.round(size))} MB, more than files.maxSize (${most}): checked while it is open only`;
  return { text: 'large file', detail, severity: 'info', busy: false };
}

/** What is special about one file; undefined where it is read and checked like any. */
function statusOfFile(host: AnalysisHost, uri: string): Status | undefined {
  const file = host.file(uri);
  if (!file) return undefined;
  const info = (text: string, detail: string): Status => ({ text, detail, severity: 'info', busy: false });
  const read = file.slots.filter((it) => it.document.foreign === undefined);
  const resources = read.flatMap((it) => it.document.built.map((state) => state.resource));
  if (resources.length === 0 && read.length === 0) return info('no mesh resource', 'this file holds nothing that Meshwright reads');
  for (const { document, start } of read) {
    const problem = host.problemsOf(document).find((it) => it.severity === 'error');
    if (!problem) continue;
    const line = file.lines.positionAt(problem.range.start + start).line + 1;
    const rest = read.length > 1 ? '; the other documents are checked' : '';
    return { text: 'partly readable', detail: `line ${line}: ${problem.message}${rest}`, severity: 'warning', busy: false };
  }
  if (file.text.includes('{{') && /\{\{-?\s*[.\w$(/]/.test(file.text))
    return info('Helm template', 'literal parts are checked, values come from values.yaml');
  if (resources.length > 0 && resources.every((it) => it.partial)) {
    const scopes = [...new Set(resources.map((it) => it.scope))].filter((it) => it !== '').map((it) => host.plan.nameOf(it));
    const shown = scopes.length > 3 ? `${scopes.length} scopes` : `scope${scopes.length === 1 ? '' : 's'} ${scopes.join(', ')}`;
    return info('Kustomize patch', scopes.length === 0 ? 'no kustomization lists it' : `checked as part of ${shown}`);
  }
  return undefined;
}

function number(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}
