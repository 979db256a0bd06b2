import { expect, test } from 'vitest';
import { isPlaceholder } from './placeholders.js';

test.each([
  ['MYSQL_PORT_PLACEHOLDER', true],
  ['REPLACE_ME', true],
  ['katib-ui.KATIB_UI_NAMESPACE_PLACEHOLDER.svc.cluster.local', true],
  ['reviews.prod.svc.cluster.local', false],
  ['80,443', false],
  ['STRICT', false],
])('%s: %s', (text, expected) => {
  expect(isPlaceholder(text)).toBe(expected);
});
