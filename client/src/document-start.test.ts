import { expect, test } from 'vitest';
import { beginsDocument } from './document-start.js';

test.each(['', 'istio-', '# routes\n\nist', 'kind: Service\n---\nist', 'kind: Service\r\n--- # next\r\n'])(
  '%j begins a document',
  (text) => {
    expect(beginsDocument(text)).toBe(true);
  },
);

test.each(['kind: Service\nist', 'kind: Serv', '  ist', '- ist', '---\nkind: Service\n', '# ist', '--- {}\nist'])('%j does not', (text) => {
  expect(beginsDocument(text)).toBe(false);
});
