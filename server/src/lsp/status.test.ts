import { expect, test } from 'vitest';
import { createHost } from '../analysis/analyze.js';
import type { Settings } from '../index/settings.js';
import { statusOf, type Status } from './status.js';

const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: { name: cart, namespace: shop }\nspec: { ports: [{ name: http, port: 80 }] }\n';
const ROUTE =
  'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: cart, namespace: shop }\nspec: { hosts: [cart], http: [{ route: [{ destination: { host: cart } }] }] }\n';

function statusWith(text: string, settings: Settings): Status {
  const host = createHost({});
  host.setSettings(settings);
  host.apply([
    { uri: 'file:///shop/route.yaml', text: ROUTE },
    { uri: 'file:///shop/service.yaml', text, open: true },
  ]);
  return statusOf({
    host,
    reading: undefined,
    settings,
    settingsProblems: [],
    displayPath: (uri) => uri,
    active: 'file:///shop/service.yaml',
  });
}

test('a file beyond the limit says so, and one below it counts resources', () => {
  const large = `${SERVICE}# ${'x'.repeat(3 * 2 ** 20)}\n`;
  const told = statusWith(large, { files: { maxSize: 1 } });
  expect([told.text, told.detail]).toEqual(['large file', '3 MB, more than files.maxSize (1): checked while it is open only']);
  expect(statusWith(large, {}).text).toBe('2 resources');
  expect(statusWith(SERVICE, { files: { maxSize: 1 } }).text).toBe('2 resources');
});
