import {
  DiagnosticSeverity,
  DiagnosticTag,
  SymbolKind,
  type Diagnostic as LspDiagnostic,
  type DocumentSymbol as LspSymbol,
  type Location,
  type Position,
  type Range as LspRange,
  type TextEdit as LspEdit,
} from 'vscode-languageserver';
import type { DocumentSymbol, SymbolSort } from '../features/symbols.js';
import type { Place, Snapshot } from '../features/snapshot.js';
import type { Diagnostic } from '../rules/diagnostic.js';
import type { TextEdit } from '../text/edit.js';
import type { LineIndex } from '../text/line-index.js';
import type { Range } from '../text/range.js';

/** The only place where offsets become lines and characters. */
export function toRange(lines: LineIndex, range: Range): LspRange {
  return { start: lines.positionAt(range.start), end: lines.positionAt(range.end) };
}

export function toOffset(lines: LineIndex, position: Position): number {
  return lines.offsetAt(position);
}

export function fromRange(lines: LineIndex, range: LspRange): Range {
  return { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
}

export function toEdit(lines: LineIndex, edit: TextEdit): LspEdit {
  return { range: toRange(lines, edit.range), newText: edit.text };
}

/** What conversion needs to know of the session. */
export interface Names {
  /** The spelling of a URI that the client uses itself. */
  readonly clientUri: (uri: string) => string;
  readonly rulePage: (rule: string) => string | undefined;
}

export function toLocation(snapshot: Snapshot, names: Names, place: Place): Location | undefined {
  const file = snapshot.file(place.uri);
  return file && { uri: names.clientUri(place.uri), range: toRange(file.lines, place.range) };
}

export interface DiagnosticAbilities {
  readonly relatedInformation: boolean;
  readonly tags: boolean;
  readonly codeDescription: boolean;
}

export function toDiagnostic(
  snapshot: Snapshot,
  names: Names,
  lines: LineIndex,
  diagnostic: Diagnostic,
  able: DiagnosticAbilities,
): LspDiagnostic {
  const page = able.codeDescription ? names.rulePage(diagnostic.rule) : undefined;
  const related = able.relatedInformation
    ? diagnostic.related.flatMap(({ uri, range, message }) => {
        const location = toLocation(snapshot, names, { uri, range });
        return location ? [{ location, message }] : [];
      })
    : [];
  const tags = able.tags ? diagnostic.tags.map((it) => (it === 'unnecessary' ? DiagnosticTag.Unnecessary : DiagnosticTag.Deprecated)) : [];
  return {
    range: toRange(lines, diagnostic.range),
    severity: severities[diagnostic.severity],
    source: 'meshwright',
    code: diagnostic.rule,
    message: diagnostic.message,
    ...(page === undefined ? {} : { codeDescription: { href: page } }),
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    data: { category: diagnostic.category, path: diagnostic.path, peers: diagnostic.peers },
  };
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function toSymbol(lines: LineIndex, symbol: DocumentSymbol): LspSymbol {
  return {
    name: symbol.name,
    ...(symbol.detail === '' ? {} : { detail: symbol.detail }),
    kind: symbolKinds[symbol.sort],
    range: toRange(lines, symbol.range),
    selectionRange: toRange(lines, symbol.selection),
    children: symbol.children.map((child) => toSymbol(lines, child)),
  };
}

export const symbolKinds: Readonly<Record<SymbolSort, SymbolKind>> = {
  workload: SymbolKind.Class,
  service: SymbolKind.Interface,
  host: SymbolKind.Interface,
  route: SymbolKind.Function,
  gateway: SymbolKind.Module,
  server: SymbolKind.Module,
  policy: SymbolKind.Key,
  rule: SymbolKind.Key,
  namespace: SymbolKind.Namespace,
  subset: SymbolKind.EnumMember,
  port: SymbolKind.Number,
  list: SymbolKind.Array,
  field: SymbolKind.Field,
  resource: SymbolKind.Object,
};
