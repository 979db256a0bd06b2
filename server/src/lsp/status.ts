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

export interface StatusFacts {
  readonly host: AnalysisHost;
  readonly reading: { readonly done: number; readonly total: number } | undefined;
  readonly settings: Settings;
  readonly settingsProblems: FolderSettings['problems'];
  readonly displayPath: (uri: string) => string;
}

export function statusOf({ host, reading, settings, settingsProblems, displayPath }: StatusFacts): Status {
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

function number(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}
