import { expect, test } from 'vitest';
import { edit } from '../../../test/support/editor.js';
import { findingsIn } from '../analysis/workspace.js';
import { applyEdits } from '../text/edit.js';
import { ignores, widerIgnores } from './actions.js';

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

/** The file, and the settings, after an action with such a title. */
function ignoring(yaml: string, title: string): string {
  const { host, snapshot, uri, offset, textOf } = edit(yaml);
  const actions = widerIgnores(snapshot, findingsIn(host, uri), { start: offset, end: offset }, 'file:///workspace/.meshwright.yaml');
  const action = actions.find((it) => it.title.includes(title));
  if (action === undefined) return `not offered: ${actions.map((it) => it.title).join(', ')}`;
  return action.files.map((it) => applyEdits(textOf(it.uri), it.edits)).join('');
}

const service = (metadata: string): string => `apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: shop
${metadata}spec:
  type: ClusterIP
  ports:
  - name: we$0b
    port: 80
`;

test('an annotation silences a rule for the whole resource', () => {
  const rule = 'istio/port-protocol-guessed';
  expect(ignoring(service(''), 'for this Service')).toContain(
    `  namespace: shop\n  annotations:\n    meshwright.dev/ignore: ${rule}\nspec:`,
  );
  expect(ignoring(service('  annotations:\n    a: b\n'), 'for this Service')).toContain(
    `  annotations:\n    a: b\n    meshwright.dev/ignore: ${rule}\nspec:`,
  );
  expect(ignoring(service('  annotations:\n    meshwright.dev/ignore: pitfall\n'), 'for this Service')).toContain(
    `    meshwright.dev/ignore: "pitfall,${rule}"\nspec:`,
  );
});

test('the settings file silences a rule in the whole workspace', () => {
  expect(ignoring(service(''), 'in this workspace (.meshwright.yaml)')).toBe('rules:\n  istio/port-protocol-guessed: off\n');
  expect(ignoring(`${service('')}# file: .meshwright.yaml\nrules:\n  pitfall: info\n`, 'in this workspace')).toBe(
    'rules:\n  pitfall: info\n  istio/port-protocol-guessed: off\n',
  );
});
