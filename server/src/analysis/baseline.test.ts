import { expect, test } from 'vitest';
import { edit } from '../../../test/support/editor.js';
import { baselineOf } from './baseline.js';
import { findingsIn } from './workspace.js';

const ROUTE = `
  # file: shop/route.yaml
  apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata: { name: checkout, namespace: shop }
  spec:
    hosts: [www.example.com]
    http:
    - route:
      - destination: { host: nowhere$0 }
`;

test('what a baseline holds is not reported, and what comes later is', () => {
  const { host, uri, textOf } = edit(ROUTE);
  const rules = (): readonly string[] => findingsIn(host, uri).map((it) => it.diagnostic.rule);
  expect(rules()).toContain('istio/unknown-host');
  const { text, count } = baselineOf(host, 'file:///workspace');
  expect(count).toBeGreaterThan(0);
  host.setSettings({ ...host.settings, baselineText: text, baselineFolder: 'file:///workspace' });
  expect(rules()).not.toContain('istio/unknown-host');

  const moved = `# a line above\n${textOf(uri)}`;
  host.apply([{ uri, text: moved }]);
  expect(rules(), 'lines that moved').not.toContain('istio/unknown-host');
  host.apply([{ uri, text: `${moved}  - route:\n    - destination: { host: nobody }\n` }]);
  expect(rules(), 'a route that came later').toContain('istio/unknown-host');
});

test('a baseline that is none hides nothing', () => {
  const { host, uri } = edit(ROUTE);
  const before = findingsIn(host, uri).length;
  for (const text of ['{', '{"version":2}', '[]']) {
    host.setSettings({ ...host.settings, baselineText: text, baselineFolder: 'file:///workspace' });
    expect(findingsIn(host, uri).length, text).toBe(before);
  }
});
