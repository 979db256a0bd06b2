import { world } from '../index/settings.js';
import type { Lookup, Lookups, Setting, Table } from '../index/tables.js';
import type { Grounds, LookedUp } from '../features/explain-diagnostic.js';
import { allRules } from '../features/settings-file.js';
import type { Site } from '../model/resource.js';
import type { Problem } from '../rules/rule.js';
import { contextFor } from '../rules/runner.js';
import { severityIn, type DiagnosticSource } from './diagnostics.js';
import type { AnalysisHost } from './host.js';

/** Why a diagnostic is shown: the rule, how certain it is, and what its check looked up. Runs that check once more. */
export function groundsOf(host: AnalysisHost, { diagnostic, state, found }: DiagnosticSource): Grounds {
  const rule = allRules(host.modules).find((it) => it.id === diagnostic.rule);
  const now = host.look().get(world);
  const certainty = found?.problem.certainty ?? 'proven';
  return {
    rule,
    certainty,
    world: now,
    isChosen:
      rule !== undefined && severityIn(host, state?.resource.scope ?? '', now, rule, found?.problem ?? {}, {}) !== diagnostic.severity,
    scopes: state === undefined || state.resource.scope === '' ? [] : [host.plan.nameOf(state.resource.scope)],
    lookedUp: lookedUpFor(host, { diagnostic, state, found }),
  };
}

function lookedUpFor(host: AnalysisHost, { state, found }: DiagnosticSource): readonly LookedUp[] {
  if (state === undefined || found === undefined || Object.keys(found.rule.reads).length === 0) return [];
  const recorder = new Recorder(host.look(state.resource.scope));
  let before = 0;
  try {
    for (const problem of found.rule.check(contextFor(found.rule, state, recorder))) {
      if (isSame(problem, found.problem)) break;
      before = recorder.looked.length;
    }
  } catch {
    // Its failure was reported when the diagnostics were made.
    return [];
  }
  // What was looked up for this very place comes first; the rest held for the places above too.
  const all = [...recorder.looked.slice(before), ...recorder.looked.slice(0, before)];
  return [...new Map(all.map((it) => [`${it.name} ${it.key}`, it])).values()];
}

function isSame(a: Problem, b: Problem): boolean {
  return a.at.start === b.at.start && a.at.end === b.at.end && a.message === b.message;
}

/** Passes questions on and keeps them with their answers. */
class Recorder implements Lookups {
  readonly looked: LookedUp[] = [];
  readonly #look: Lookups;

  constructor(look: Lookups) {
    this.#look = look;
  }

  get<T>(source: Table<T> | Lookup<T> | Setting<T>, key = ''): never {
    const value: unknown = source.type === 'setting' ? this.#look.get(source) : this.#look.get(source as Lookup<T>, key);
    const slash = source.name.indexOf('/');
    this.looked.push({ name: source.name.slice(slash + 1), key, ...told(value) });
    return value as never;
  }
}

/** An answer in a word, with the places it is made of. Contents of resources stay out. */
function told(value: unknown): Pick<LookedUp, 'answer' | 'sites'> {
  if (value === undefined || value === null) return { answer: 'none', sites: [] };
  if (typeof value === 'boolean') return { answer: value ? 'yes' : 'no', sites: [] };
  if (typeof value === 'string' || typeof value === 'number') return { answer: String(value), sites: [] };
  if (!Array.isArray(value)) return { answer: isSite(value) ? '1 found' : 'known', sites: isSite(value) ? [value] : [] };
  if (value.length === 0) return { answer: 'none', sites: [] };
  const sites = value.filter(isSite);
  if (sites.length > 0) return { answer: `${value.length} found`, sites };
  const words = value.filter((it): it is string => typeof it === 'string');
  return { answer: words.length === 0 ? `${value.length} found` : words.join(', '), sites: [] };
}

function isSite(value: unknown): value is Site {
  return typeof value === 'object' && value !== null && 'resource' in value && typeof value.resource === 'string' && 'range' in value;
}
