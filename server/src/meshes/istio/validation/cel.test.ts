import { expect, test } from 'vitest';
import { celError } from './cel.js';

test.each([
  ['response.code >= 400', true],
  ["response.code >= 500 && (connection.mtls == false || request.url_path.contains('v1beta3'))", true],
  ['has(request.headers) ? !("x-a" in request.headers) : [1, 2.5, 0x1F].exists(it, it == -1)', true],
  ["request.headers['x'] == 'a' // why", true],
  ['{"a": 1}["a"] == google.protobuf.Struct{f: 1}.f', true],
  ['response.code >= ', false],
  ['', false],
  ['(a', false],
  ['a b', false],
  ['a == "b', false],
  ['a = b', false],
  ['f(a,)', false],
])('%s: %s', (expression, expected) => {
  expect(celError(expression) === undefined).toBe(expected);
});
