import { expect, test } from 'vitest';
import { edit } from '../../../test/support/editor.js';
import { findingsIn } from '../analysis/workspace.js';
import { applyEdits } from '../text/edit.js';
import { quickFixes } from './actions.js';
import { settingsFixes } from './settings-fixes.js';

const ROUTE = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: cart
  namespace: shop
spec:
  rules:
  - ret$0ry: { attempts: 3 }
    backendRefs: [{ name: cart, port: 80 }]
`;

/** The settings file after a field of the experimental channel was met. */
function chosen(yaml: string): string | undefined {
  const { host, snapshot, uri, offset, textOf } = edit(yaml, { checksSchemas: true });
  const at = { start: offset, end: offset };
  const findings = findingsIn(host, uri);
  expect(quickFixes(snapshot, findings, at)).toEqual([]);
  expect(settingsFixes(snapshot, findings, at, undefined)).toEqual([]);
  const [fix] = settingsFixes(snapshot, findings, at, 'file:///workspace/.meshwright.yaml');
  return fix && applyEdits(textOf(fix.files[0]!.uri), fix.files[0]!.edits);
}

test('a field of the experimental channel has the workspace choose that channel', () => {
  expect(chosen(ROUTE)).toBe('gateway-api:\n  channel: experimental\n');
  expect(chosen(`${ROUTE}# file: .meshwright.yaml\nworld: closed\ngateway-api:\n  version: "1.6"\n`)).toBe(
    'world: closed\ngateway-api:\n  version: "1.6"\n  channel: experimental\n',
  );
  expect(chosen(ROUTE.replace('ret$0ry', 'time$0outs'))).toBeUndefined();
});
