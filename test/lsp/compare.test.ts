import { execFileSync } from 'node:child_process';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { buildServer } from './build.js';
import { TemporaryFolder, TestClient } from './client.js';

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

beforeAll(buildServer, 120_000);

const STRICT = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
`;
const policy = (principal: string): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec: { rules: [{ from: [{ source: { principals: ["${principal}"] } }] }] }
`;

async function start(trusted: boolean) {
  const folder = new TemporaryFolder({ 'mtls.yaml': STRICT, 'policy.yaml': policy('cluster.local/ns/shop/sa/web') });
  const git = (...words: string[]): void => {
    const names = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
    execFileSync('git', ['-C', folder.path, ...names, ...words], { stdio: 'ignore' });
  };
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'first');
  git('checkout', '-qb', 'work');
  folder.write('policy.yaml', policy('*'));
  git('commit', '-qam', 'second');
  folder.remove('mtls.yaml');
  const client = await TestClient.start({ folders: [folder.uri], initializationOptions: { diagnostics: 'push', trusted } });
  ended.push(
    () => folder.delete(),
    () => client.stop(),
  );
  return { folder, client };
}

interface Compared {
  readonly markdown: string;
  readonly count: number;
  readonly restore: string;
  readonly remove: string;
}

test('the workspace is compared with where its branch began, and the way back is told', async () => {
  const { folder, client } = await start(true);
  const names = await client.request<{ base: { name: string; revision: string }; others: string[] }>('meshwright/revisions', {});
  expect(names.base.name).toBe('main');
  expect([...names.others].sort()).toEqual(['main', 'work']);
  const { markdown, count, restore, remove } = await client.request<Compared>('meshwright/compare', { ...names.base });
  expect(count).toBe(2);
  expect(markdown).toMatch(/^# 2 dangerous steps since main\n/);
  // What is there now is led to; what is gone is told where it was.
  expect(markdown).toContain(`](${folder.uriOf('policy.yaml')}#L4,`);
  expect(markdown).toMatch(/`mtls\.yaml:\d+` at main/);
  expect(restore).toContain('mode: STRICT');
  expect(restore).toContain('cluster.local/ns/shop/sa/web');
  expect(remove).toBe('');
});

test('what is only in the editor counts, and what is as it was is no step', async () => {
  const { folder, client } = await start(true);
  await client.open(folder.uriOf('policy.yaml'), policy('cluster.local/ns/shop/sa/web'));
  const now = await client.request<Compared>('meshwright/compare', { revision: 'main' });
  expect(now.count).toBe(1);
  expect(await client.request<unknown>('meshwright/compare', { revision: 'nowhere' })).toEqual({ problem: 'found no revision "nowhere"' });
});

test('Git runs for no workspace that nobody trusts', async () => {
  const { client } = await start(false);
  const refused = { problem: 'runs git, for which the workspace has to be trusted' };
  expect(await client.request<unknown>('meshwright/compare', { revision: 'main' })).toEqual(refused);
  expect(await client.request<unknown>('meshwright/revisions', {})).toEqual(refused);
});
