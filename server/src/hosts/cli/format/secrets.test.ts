import { expect, test } from 'vitest';
import { coverSecrets, holdsSecret } from './secrets.js';

test('only what a Secret is stays readable, and other documents stay as they are', () => {
  const service = 'kind: Service\nmetadata:\n  name: cart\n';
  expect(
    coverSecrets(
      `${service}---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: tls\n  annotations:\n    last: '{"data":"aHVudGVyMg=="}'\ndata:\n  name: aHVudGVyMg==\n  key: |\n    hunter2\n---\n${service}`,
    ),
  ).toBe(`${service}---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: tls\n***\n***\n***\n***\n***\n***\n---\n${service}`);
});

test('lists and flow style are covered as a whole', () => {
  const covered = coverSecrets(
    'kind: List\napiVersion: v1\nitems:\n- kind: Secret\n  data: {a: aHVudGVyMg==}\n---\n{"kind": "Secret",\n"apiVersion": "v1",\n"data": {"a": "aHVudGVyMg=="}}\n',
  );
  expect(covered).not.toContain('aHVudGVyMg');
  expect(covered.split('\n')).toHaveLength(10);
});

test('a list of Secrets holds some, though its items need not say so', () => {
  expect(holdsSecret('apiVersion: v1\nkind: SecretList\nitems:\n- data: {a: aHVudGVyMg==}\n')).toBe(true);
  expect(holdsSecret('apiVersion: v1\nkind: SecretStoreList\nitems: []\n')).toBe(false);
});
