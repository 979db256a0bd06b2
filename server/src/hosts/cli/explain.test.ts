import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { main } from './program.js';

const guide = fileURLToPath(new URL('../../../../examples/adoption-guide', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meshwright-'));
  await cp(guide, folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

async function explain(...names: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await main(['explain', ...names], {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    stdin: (async function* () {})(),
    cwd: folder,
    env: {},
  });
  return { code, out, err };
}

test('a workload: what decides its sidecar, mTLS by port, callers, routes, protocols', async () => {
  // By hand: istio-injection=enabled and no label of the pod (3.7) inject; port before workload before namespace before mesh decides mTLS.
  const { code, out } = await explain('deploy/payment.payments');
  expect(out.split('\n')).toEqual([
    'Deployment payments/payment (payments/payment.yaml:10), 2 pods',
    'sidecar   injected: Namespace "payments" has istio-injection=enabled  platform/namespaces.yaml:18',
    'mTLS      STRICT; 9090 PERMISSIVE, before PERMISSIVE of istio-system/default  payments/peer.yaml:9, payments/payment-ports.yaml:11, platform/mesh-policy.yaml:9',
    'clients   auto mTLS, no DestinationRule sets "tls"; ledger-batch without a sidecar: refused but on 9090  payments/ledger-batch.yaml:4',
    'callers   default deny; allowed: shop/checkout POST /charge, shop/chekout POST /refund  payments/access.yaml:4, payments/access.yaml:21',
    'routes    payment.payments: all to payment.shop port 8080             shop/payment-routing.yaml:15',
    'sees      everything (no Sidecar)',
    'protocol  8080 http (name http-api), 9090 grpc (appProtocol)          payments/payment.yaml:35',
    '',
  ]);
  expect(code).toBe(0);
});

test('a workload that opts out has no sidecar, takes plaintext only, and nothing guards it', async () => {
  const { out } = await explain('Deployment/ledger-batch');
  expect(out).toMatch(/^sidecar {2}none: its pods have the label sidecar\.istio\.io\/inject=false +payments\/ledger-batch\.yaml:14$/m);
  expect(out).toContain('mTLS     none: without a sidecar its ports take plaintext only');
  expect(out).toContain('callers  everybody: without a sidecar no AuthorizationPolicy is enforced');
});

test('a host: its name in full, pods by subset, and the share of each route', async () => {
  const { out } = await explain('svc/checkout.shop');
  expect(out).toContain('host      checkout.shop.svc.cluster.local');
  expect(out).toContain('subset    v1 (version=v1): checkout-v1 (3 pods)');
  expect(out).toMatch(/routes {4}checkout\.shop: x-canary: true to v3 +shop\/checkout\.yaml:13$/m);
  expect(out).toMatch(/^ +checkout\.shop: all else to v1 90 %, v2 10 % +shop\/checkout\.yaml:17, shop\/checkout\.yaml:21$/m);
  expect((await explain('vs/checkout')).out).toContain('checkout.shop v3: no such subset');
});

test('a Gateway, a ServiceEntry, a Namespace: each says what it is to others, with the lines', async () => {
  expect((await explain('gw/public')).out).toMatch(
    /^routes {2}shop\.example\.com by VirtualService "shop\/storefront" +shop\/storefront\.yaml:46$/m,
  );
  expect((await explain('se/card-network')).out).toMatch(/^protocol {3}443 tls +payments\/card-network\.yaml:13$/m);
  expect((await explain('ns/payments')).out).toMatch(/^mTLS {5}STRICT +payments\/peer\.yaml:9$/m);
});

test('a name that nothing has gets the nearest one', async () => {
  expect(await explain('deploy/paymnt')).toEqual({
    code: 2,
    out: '',
    err: 'meshwright: no resource "deploy/paymnt" (there is "deploy/payment")\n',
  });
  expect((await explain('istio/unknown-hst')).err).toContain('there is "istio/unknown-host"');
});
