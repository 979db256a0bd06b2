import { expect, test } from 'vitest';
import { createHost } from '../analysis/analyze.js';
import { findingsIn, snapshotOf } from '../analysis/workspace.js';
import { bundledSchemas } from '../hosts/schemas.js';
import { completion } from './completion.js';
import { hover } from './hover.js';

const uri = 'file:///workspace/.meshwright.yaml';

function settings(marked: string): { labels: readonly string[]; hover: string | undefined; told: readonly string[] } {
  const offset = Math.max(0, marked.indexOf('$0'));
  const text = marked.replace('$0', '');
  const host = createHost();
  host.apply([{ uri, text, open: true }]);
  const snapshot = snapshotOf(host, bundledSchemas(), (it) => it);
  return {
    labels: completion(snapshot, uri, offset).map((it) => it.label),
    hover: hover(snapshot, uri, offset, { uriOf: (it) => it, isTrusted: false })?.markdown,
    told: findingsIn(host, uri).map(
      ({ diagnostic }) => `${text.slice(diagnostic.range.start, diagnostic.range.end)}: ${diagnostic.message}`,
    ),
  };
}

test('keys that are not set yet, values, and rules by id are offered', () => {
  expect(settings('world: open\n$0').labels).toEqual(expect.arrayContaining(['owns', 'rules', 'istio']));
  expect(settings('world: open\n$0').labels).not.toContain('world');
  expect(settings('world: $0').labels).toEqual(['open', 'closed']);
  expect(settings('istio:\n  $0').labels).toContain('rootNamespace');
  expect(settings('rules:\n  $0').labels).toEqual(expect.arrayContaining(['istio/unknown-host', 'yaml/syntax']));
  expect(settings('rules:\n  istio/unknown-host: $0').labels).toEqual(['error', 'warning', 'info', 'hint', 'off']);
});

test('a key tells what it does, a rule what it is about', () => {
  expect(settings('wor$0ld: open\n').hover).toMatch(/^\*\*world\*\*/);
  expect(settings('rules:\n  istio/unk$0nown-host: off\n').hover).toMatch(/^\*\*istio\/unknown-host\*\* · error/);
});

test('what has no effect is told at its place', () => {
  const [first] = settings('rules: { istio/unkown-host: off }\n').told;
  expect(first).toMatch(/^istio\/unkown-host: No rule, category or code is named "istio\/unkown-host"/);
  expect(settings('rules: { istio/unknown-host: off }\n').told).toEqual([]);
});
