import { expect, test } from 'vitest';
import { withSetting } from './settings-edit.js';

test('writes a severity where the file has rules, has none, or is empty', () => {
  const off = (text: string): string => withSetting(text, ['rules', 'istio/unknown-host'], 'off');
  expect(off('')).toBe('rules:\n  istio/unknown-host: off\n');
  expect(off('# ours\n')).toBe('# ours\nrules:\n  istio/unknown-host: off\n');
  expect(off('world: closed # yes\n')).toBe('world: closed # yes\nrules:\n  istio/unknown-host: off\n');
  expect(off('rules:\n  pitfall: info\nworld: open\n')).toBe('rules:\n  pitfall: info\n  istio/unknown-host: off\nworld: open\n');
  // To YAML, `off` is another word for false.
  expect(off('rules: { pitfall: info }\n')).toBe('rules: { pitfall: info, istio/unknown-host: false }\n');
  expect(off('rules:\n  istio/unknown-host: hint\n')).toBe('rules:\n  istio/unknown-host: off\n');
});

test('names a baseline', () => {
  expect(withSetting('world: open', ['baseline'], '.meshwright-baseline.json')).toBe('world: open\nbaseline: .meshwright-baseline.json');
});

test('leaves a file alone that is no map or cannot be read', () => {
  expect(withSetting('- a\n', ['baseline'], 'b.json')).toBe('- a\n');
  expect(withSetting('a: [\n', ['baseline'], 'b.json')).toBe('a: [\n');
});
