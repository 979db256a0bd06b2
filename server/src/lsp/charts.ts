import type { AnalysisHost } from '../analysis/host.js';
import { settingIn, type Settings } from '../index/settings.js';
import type { ScopeId } from '../model/resource.js';
import type { Rendering } from '../sources/rendering.js';
import type { ScopePlan } from '../sources/scopes.js';
import type { RenderChart } from './ports.js';

export interface ChartsOptions {
  readonly host: AnalysisHost;
  /** Undefined: nobody can run Helm here. */
  readonly render: RenderChart | undefined;
  readonly isOn: () => boolean;
  readonly displayPath: (uri: string) => string;
  readonly onRendered: () => void;
  readonly warn: (message: string) => void;
}

/** Keeps charts as Helm renders them, where that is wanted: one after the other, and again when something in one changes. */
export class Charts {
  readonly #options: ChartsOptions;
  #renderings: ReadonlyMap<ScopeId, Rendering> = new Map();
  #isWanted = false;
  #isRunning = false;
  /** The charts and their values when they were rendered last. */
  #key = '';
  /** What was looked at when the workspace was worked through last. */
  #seen: { readonly charts: ScopePlan['charts']; readonly isOn: boolean } | undefined;
  /** What was told of a chart, until it can be rendered again. */
  readonly #told = new Map<string, string>();

  constructor(options: ChartsOptions) {
    this.#options = options;
  }

  /** Files changed on disk. */
  filesChanged(uris: readonly string[]): void {
    const folders = [...new Set(this.#options.host.plan.charts.map((it) => `${it.chart}/`))];
    if (uris.some((uri) => folders.some((it) => uri.startsWith(it)))) this.update();
  }

  /** The workspace is worked through: charts may have come, and values may be others. */
  settled(): void {
    const { charts } = this.#options.host.plan;
    const isOn = this.#options.isOn();
    // Every edit comes by here.
    if (charts === this.#seen?.charts && isOn === this.#seen.isOn) return;
    this.#seen = { charts, isOn };
    if (this.#key !== this.#keyNow()) this.update();
  }

  /** Renders what is not rendered as it is now. */
  update(): void {
    this.#isWanted = true;
    if (!this.#isRunning) void this.#run();
  }

  #keyNow(): string {
    const { host, isOn, render } = this.#options;
    return render !== undefined && isOn() ? JSON.stringify(host.plan.charts) : '';
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#isWanted) {
      this.#isWanted = false;
      this.#key = this.#keyNow();
      const renderings = await this.#renderAll();
      // What came meanwhile is newer.
      if (this.#isWanted) continue;
      if (renderings.size === 0 && this.#renderings.size === 0) continue;
      this.#renderings = renderings;
      this.#options.host.setRenderings(renderings);
      this.#options.onRendered();
    }
    this.#isRunning = false;
  }

  async #renderAll(): Promise<ReadonlyMap<ScopeId, Rendering>> {
    const { host, render, isOn, warn, displayPath } = this.#options;
    const renderings = new Map<ScopeId, Rendering>();
    if (render === undefined || !isOn()) return renderings;
    for (const install of host.plan.charts) {
      const rendered = await render(install);
      if (rendered === undefined) continue;
      if ('rendering' in rendered) {
        renderings.set(install.scope, rendered.rendering);
        this.#told.delete(install.scope);
      } else if (this.#told.get(install.scope) !== rendered.problem) {
        this.#told.set(install.scope, rendered.problem);
        warn(`${displayPath(install.chart)} is read as it is written: ${rendered.problem}`);
      }
      if (this.#isWanted) break;
    }
    return renderings;
  }
}

/** Whether settings ask for Helm. */
export function rendersCharts(settings: Settings): boolean {
  const render = settingIn(settings, 'helm', 'render');
  return render === true || render === 'on';
}
