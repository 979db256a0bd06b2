import { expect, test } from 'vitest';
import { edit } from '../../../test/support/editor.js';
import { findingsIn } from '../analysis/workspace.js';

const mesh = (namespace: string): string =>
  `apiVersion: consul.hashicorp.com/v1alpha1\nkind: Mesh\nmetadata: { name: mesh, namespace: ${namespace} }\n`;

test('documents that change places change which one of them is the first', () => {
  const { host, uri } = edit(`\n# file: mesh.yaml\n${mesh('a')}---\n${mesh('b')}$0`);
  const later = (): readonly (string | undefined)[] =>
    findingsIn(host, uri)
      .filter((it) => it.diagnostic.rule === 'consul/singleton-duplicate')
      .map((it) => /Mesh\/([ab])\//.exec(it.diagnostic.resource ?? '')?.[1]);
  expect(later()).toEqual(['b']);
  host.apply([{ uri, text: `${mesh('b')}---\n${mesh('a')}` }]);
  expect(later()).toEqual(['a']);
});
