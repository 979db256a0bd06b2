import { paths } from '../index/files.js';
import type { Table } from '../index/tables.js';
import type { Finding } from '../features/actions.js';
import type { Snapshot } from '../features/snapshot.js';
import { isSettingsFile, settingsFindings } from '../features/settings-file.js';
import type { SchemaSet } from '../schema/schemas.js';
import { withoutKnown } from './baseline.js';
import { diagnosticSources, fixesOf } from './diagnostics.js';
import { groundsOf } from './grounds.js';
import type { AnalysisHost } from './host.js';
import type { ResourceState } from './state.js';

/** A host as features see it. It is no copy: it answers for whatever revision the host is at. */
export function snapshotOf(host: AnalysisHost, schemas: SchemaSet, displayPath: (uri: string) => string): Snapshot {
  const tables = new Map<string, Table<unknown>>();
  for (const module of host.modules) for (const table of module.tables as readonly Table<unknown>[]) tables.set(table.name, table);
  return {
    modules: host.modules,
    get schemas() {
      return host.schemas ?? schemas;
    },
    file: (uri) => host.file(uri),
    files: () => host.files(),
    resource: (id) => host.resource(id),
    slotOf: (view) => host.slotOf(view as ResourceState),
    place: (view, range) => host.placeOf(view as ResourceState, range),
    textOf: (view) => host.textOf(view as ResourceState),
    look: (scope) => host.look(scope),
    kindOf: host.kindOf,
    resolve: (reference) => host.resolve(reference),
    referencesToDefinition: (definition) => host.referencesToDefinition(definition),
    definitions: (name, key, scope) => {
      const table = tables.get(name);
      return table ? host.look(scope).get(table, key) : [];
    },
    keysOf: (table) => (table.name === paths.name ? [...host.files()].map((it) => it.uri) : host.store.keysOf(table as Table<unknown>)),
    reported: (uri) => withoutKnown(host, uri, diagnosticSources(host, uri)).map((it) => it.diagnostic),
    scopeName: (scope) => host.plan.nameOf(scope),
    displayPath,
  };
}

/** What is wrong in a file, with its repairs. `own`: only what the document alone shows, while others are still being read. */
export function findingsIn(host: AnalysisHost, uri: string, parts: 'own' | 'all' = 'all'): readonly Finding[] {
  if (isSettingsFile(uri)) return settingsFindings(host, uri);
  return withoutKnown(host, uri, diagnosticSources(host, uri, parts)).map((source) => ({
    diagnostic: source.diagnostic,
    view: source.state,
    fixes: () => fixesOf(host, source),
    grounds: () => groundsOf(host, source),
  }));
}
