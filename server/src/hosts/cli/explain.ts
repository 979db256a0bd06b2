import { createHost } from '../../analysis/analyze.js';
import { snapshotOf } from '../../analysis/workspace.js';
import { resourcesCalled, stateOf, titleOf, type State } from '../../features/effective.js';
import { allRules as rulesOf } from '../../features/settings-file.js';
import { placeOf, type Snapshot } from '../../features/snapshot.js';
import { meshes } from '../../meshes/index.js';
import type { Site } from '../../model/resource.js';
import { rulePage, rulesNamed } from '../../rules/page.js';
import type { RuleMeta } from '../../rules/rule.js';
import { nearest } from '../../text/nearest.js';
import { endOfLink } from '../files.js';
import { bundledSchemas } from '../schemas.js';
import type { ExplainArguments } from './arguments.js';
import { readInputs } from './inputs.js';
import { harmless, say, type Io } from './io.js';
import { pathProblems } from './paths.js';
import { loadSettings, optionSettings } from './settings.js';

/** Every rule there is, those of the YAML reader and of schemas too. */
export function allRules(): readonly RuleMeta[] {
  return rulesOf(meshes);
}

/** Prints the pages of the rules that a name means, or what the resources of that name come to. */
export async function explain(asked: ExplainArguments, io: Io): Promise<number> {
  const { name } = asked;
  const rules = allRules();
  const found = rulesNamed(rules, name);
  if (found.length > 0) {
    io.stdout.write(found.map(rulePage).join('\n'));
    return 0;
  }
  // Rules and resources look alike; no system is called like a kind.
  if (name.includes('/') && !rules.some((it) => it.id.startsWith(name.slice(0, name.indexOf('/') + 1)))) return explainResource(asked, io);
  const like = nearestRule(name, rules);
  say(io, `no rule or code "${name}"${like === undefined ? '' : ` (there is "${like}")`}`);
  return 2;
}

async function explainResource(asked: ExplainArguments, io: Io): Promise<number> {
  const options = optionSettings(asked);
  const problems = [...options.problems, ...(await pathProblems(asked, io.cwd))];
  for (const problem of problems) say(io, problem);
  if (problems.length > 0) return 2;
  const loaded = await loadSettings(asked, options.settings, io);
  if (loaded.broken) return 2;
  const inputs = await readInputs(asked, loaded, io);
  const host = createHost({ endOfLink });
  host.setSettings(loaded.settings);
  host.apply(inputs.files.map(({ uri, text }) => ({ uri, text })));
  const shown = new Map(inputs.files.map((it) => [it.uri, it.shown]));
  const snapshot = snapshotOf(host, bundledSchemas(), (uri) => shown.get(uri) ?? uri);
  const views = resourcesCalled(snapshot, asked.name);
  if (views.length === 0) {
    const names = namesLike(snapshot, asked.name);
    const like = nearest(asked.name, names);
    say(io, `no resource "${asked.name}"${like === undefined ? '' : ` (there is "${like}")`}`);
    return 2;
  }
  const states = views.map((view) => stateOf(snapshot, view));
  const texts = states.flatMap((it) => (it ? [stateText(snapshot, it)] : []));
  if (texts.length === 0) {
    say(io, `nothing to tell of ${titleOf(views[0]!.resource)}`);
    return 2;
  }
  io.stdout.write(texts.join('\n'));
  return 0;
}

/** Names of the same kind, written as the asker did. */
function namesLike(snapshot: Snapshot, written: string): readonly string[] {
  const kind = written.slice(0, written.indexOf('/'));
  const names = new Set<string>();
  for (const { slots } of snapshot.files()) {
    for (const { document } of slots) {
      for (const { resource, kind: own } of document.resources) {
        if (resource.kind.toLowerCase() !== kind.toLowerCase() && own?.shortNames.includes(kind) !== true) continue;
        names.add(`${kind}/${resource.name}`);
        if (resource.namespace !== undefined) names.add(`${kind}/${resource.name}.${resource.namespace}`);
      }
    }
  }
  return [...names];
}

/** A head, then a line for each topic with the places that decide it at the right. */
function stateText(snapshot: Snapshot, { view, summary, lines }: State): string {
  const place = (site: Site): string => {
    const at = placeOf(snapshot, site.resource, site.range);
    const file = at && snapshot.file(at.uri);
    return at && file ? `${snapshot.displayPath(at.uri)}:${file.lines.positionAt(at.range.start).line + 1}` : '';
  };
  const { resource } = view;
  const head = `${titleOf(resource)} (${place({ resource: resource.id, range: resource.root.get('metadata.name') ?? resource.root })})`;
  const topics = Math.max(...lines.map((it) => it.topic.length));
  const texts = Math.max(...lines.map((it) => it.text.length).filter((it) => it <= 62), 0);
  const rows = lines.map(({ topic, text, sites }, i) => {
    const label = lines[i - 1]?.topic === topic ? '' : topic;
    const places = [...new Set(sites.map(place))].filter((it) => it !== '');
    return `${label.padEnd(topics)}  ${text.padEnd(texts)}  ${places.join(', ')}`.trimEnd();
  });
  return [head + (summary === undefined ? '' : `, ${summary}`), ...rows].map((it) => `${harmless(it)}\n`).join('');
}

/** A rule that is meant by a misspelled id, or by one without its system. */
function nearestRule(name: string, rules: readonly RuleMeta[]): string | undefined {
  const last = rules.find((it) => it.id.endsWith(`/${name}`))?.id;
  return (
    last ??
    nearest(
      name,
      rules.flatMap((it) => [it.id, ...(it.peers ?? [])]),
      3,
    )
  );
}
