import { expect, test } from 'vitest';
import { ASKED, Dispatch, KindRules, NO_WORDS } from './dispatch.js';
import { world } from '../index/settings.js';
import type { Kind } from '../model/kind.js';
import type { MeshModule } from './module.js';
import type { Rule } from './rule.js';

test('chooses the rules whose words a text holds, also words within others and words that overlap', () => {
  const kind = rulesOf({
    retries: ['retries'],
    tries: ['tries'],
    redirect: ['redirect'],
    code: ['redirectCode'],
    codex: ['Codex'],
    any: undefined,
  });
  expect(chosen(kind, 'a: b')).toEqual(['any']);
  expect(chosen(kind, 'tries: 1')).toEqual(['tries', 'any']);
  expect(chosen(kind, 'retries: 1')).toEqual(['retries', 'tries', 'any']);
  expect(chosen(kind, 'redirectCodex: 1')).toEqual(['redirect', 'code', 'codex', 'any']);
  expect(chosen(kind, 'redirect: 1')).toEqual(['redirect', 'any']);
});

test('takes words literally, and runs all rules where a text may write letters in another way', () => {
  const kind = rulesOf({ mark: ['istio.io/'], patch: ['$patch'], none: undefined });
  expect(chosen(kind, 'istioXio/')).toEqual(['none']);
  expect(chosen(kind, 'istio.io/rev: a')).toEqual(['mark', 'none']);
  expect(chosen(kind, '$patch: delete')).toEqual(['patch', 'none']);
  expect(chosen(kind, 'a: "\\u0024patch"')).toEqual(['mark', 'patch', 'none']);
  expect(chosen(kind, 'a: "$pa\\\n  tch"')).toEqual(['mark', 'patch', 'none']);
  expect(chosen(kind, 'a: "istio.io\\/rev"')).toEqual(['mark', 'patch', 'none']);
  expect(chosen(kind, 'a: "a\\.b\\n"')).toEqual(['none']);
});

test('runs rules that look things up where the workspace holds what they wait for', () => {
  const kind = { kind: 'Pod', group: '' } as Kind;
  const rule = (id: string, more: Partial<Rule>): Rule => ({ id, kinds: ['Pod'], reads: { world }, ...more }) as Rule;
  const rules = [rule('ambient', { workspaceMentions: ['ambient'] }), rule('off', { offByDefault: true }), rule('any', {})];
  const dispatch = new Dispatch([{ id: 'istio', kinds: [kind], rules } as unknown as MeshModule], new Map());
  const due = (systems: number): readonly string[] =>
    dispatch
      .of(kind)!
      .crossIn(NO_WORDS, systems)
      .map((it) => it.id);
  expect(due(NO_WORDS)).toEqual(['any']);
  expect(due(dispatch.systems.in('mode: ambient'))).toEqual(['ambient', 'any']);
  expect(due(NO_WORDS | ASKED)).toEqual(['off', 'any']);
});

function chosen(kind: KindRules, text: string): readonly string[] {
  return kind.ownIn(kind.wordsIn(text), NO_WORDS).map((it) => it.id);
}

function rulesOf(mentions: Readonly<Record<string, readonly string[] | undefined>>): KindRules {
  return new KindRules(
    Object.entries(mentions).map(([id, words]) => ({
      rule: { id, reads: {} } as unknown as Rule,
      waits: [],
      mentions: words,
    })),
  );
}
