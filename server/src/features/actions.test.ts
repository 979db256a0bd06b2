import { expect, test } from 'vitest';
import { edit } from '../../../test/support/editor.js';
import { findingsIn } from '../analysis/workspace.js';
import { ignores } from './actions.js';

test('a finding about YAML that can still be read is ignored by a comment, a broken line is not', () => {
  const titles = (line: string): readonly string[] => {
    const { host, snapshot, uri, textOf } = edit(`
    kind: Service
    metadata:
      name: cart
      ${line}
      namespace: shop
    $0`);
    return ignores(snapshot, findingsIn(host, uri), { start: 0, end: textOf(uri).length }).map((it) => it.title);
  };
  expect(titles('name: carts')).toContain('Ignore "yaml/duplicate-key" on this line');
  expect(titles('labels: [').filter((it) => it.includes('yaml/syntax'))).toEqual([]);
});
