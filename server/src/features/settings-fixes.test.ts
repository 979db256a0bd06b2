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

test('a host that exists elsewhere is declared in the settings', () => {
  const declared = (more = ''): string | undefined => {
    const { host, snapshot, uri, offset, textOf } = edit(`
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: [cart], http: [{ route: [{ destination: { host: led$0ger.legacy.svc.cluster.local } }] }] }
${more}`);
    const at = { start: offset, end: offset };
    const found = settingsFixes(snapshot, findingsIn(host, uri), at, 'file:///workspace/.meshwright.yaml');
    const fix = found.find((it) => it.title === 'Declare "ledger.legacy" as external (.meshwright.yaml)');
    return fix && applyEdits(textOf(fix.files[0]!.uri), fix.files[0]!.edits);
  };
  const closed = '# file: .meshwright.yaml\nworld: closed\n';
  expect(declared(closed)).toBe('world: closed\nexternal: [ledger.legacy.svc.cluster.local]\n');
  expect(declared(`${closed}external:\n- "*.example.net" # bank\n`)).toBe(
    'world: closed\nexternal:\n- "*.example.net" # bank\n- ledger.legacy.svc.cluster.local\n',
  );
});
