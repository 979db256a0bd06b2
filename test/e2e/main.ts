// Somebody opens the sample shop in VS Code and repairs it: the packaged extension, a real editor, a browser to look through.
// Pictures of each step go to test-results/; with --update-picture one of them becomes that of the README.
import assert from 'node:assert/strict';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openBrowser } from '../../scripts/browser.mjs';
import { startEditor } from '../../scripts/editor.mjs';
import { vsixFile } from '../../scripts/package.mjs';
import { at } from '../../scripts/setup.mjs';
import { Workbench, until } from './workbench.js';

// What was started goes with us.
process.once('SIGTERM', () => process.exit(143));
const pictures = at('test-results');
rmSync(pictures, { recursive: true, force: true });
mkdirSync(pictures, { recursive: true });
const copy = mkdtempSync(path.join(os.tmpdir(), 'meshwright-e2e-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true, maxRetries: 5 }));
const folder = path.join(copy, 'adoption-guide');
cpSync(at('examples/adoption-guide'), folder, { recursive: true });

const editor = await startEditor({
  vsix: [vsixFile],
  settings: { 'editor.hover.delay': 100, 'editor.minimap.enabled': false, 'editor.scrollbar.horizontal': 'hidden' },
});
const web = await openBrowser();
const page = await web.context.newPage();
let workbench = new Workbench(page, folder);
const pageErrors: string[] = [];
page.on('pageerror', (error) => pageErrors.push(String(error)));
page.setDefaultTimeout(20_000);

let passed = 0;
let failed = 0;
async function step(name: string, act: () => Promise<void>): Promise<void> {
  const start = Date.now();
  try {
    await act();
    passed++;
    console.log(`ok  ${name}  ${Date.now() - start} ms`);
  } catch (error) {
    failed++;
    const picture = `failed-${name.replaceAll(/\W+/g, '-')}`;
    console.log(`NOT OK  ${name}  ${Date.now() - start} ms, see test-results/${picture}.png`);
    console.log(error instanceof Error ? error.stack : error);
    await take(picture).catch(() => undefined);
    // Menus of a step that failed are not in the way of the next one.
    for (let press = 0; press < 3; press++) await page.keyboard.press('Escape').catch(() => undefined);
  }
}
async function take(name: string): Promise<string> {
  const file = path.join(pictures, `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}

const route = 'shop/checkout.yaml';
const versions = 'shop/checkout-versions.yaml';

await step('the folder opens without a question, a notification or a page of ours', async () => {
  await page.goto(editor.page(folder, [['openFile', editor.remote(path.join(folder, route))]]));
  await workbench.isReady();
  for (const intruder of ['.monaco-dialog-box', '.gettingStartedContainer', '.notification-toast'])
    assert.equal(await page.locator(intruder).count(), 0, intruder);
});

await step('the subset that nobody defines is marked', async () => {
  await workbench.isOpen('checkout.yaml', 30_000);
  await workbench.mark('error').first().waitFor({ timeout: 40_000 });
  await take('1-mark');
});

await step('its hover says what is wrong, what happens, and what is defined instead', async () => {
  await workbench.goTo(route, 'subset: v3', 'v3');
  const quickFix = workbench.hover.getByRole('button', { name: /^Quick Fix/ });
  await until(
    // It comes last, when the fixes are known.
    (timeout) => quickFix.waitFor({ timeout }),
    async () => {
      await workbench.leave();
      await workbench.word('v3').hover({ timeout: 4000 });
    },
  );
  const text = await workbench.hover.first().innerText();
  assert.match(text, /Subset "v3" of "checkout\.shop" is not defined\./);
  assert.match(text, /istio\/unknown-subset/);
  assert.match(text, /checkout-versions\.yaml\(\d+, \d+\): "checkout" defines v1 and v2 here/);
  await quickFix.click();
  await workbench.fixes.filter({ hasText: 'Change to "v2"' }).waitFor();
  const picture = await take('2-hover');
  if (process.argv.includes('--update-picture')) {
    mkdirSync(at('docs/images'), { recursive: true });
    copyFileSync(picture, at('docs/images/first-problem.png'));
  }
  await page.keyboard.press('Escape');
  await workbench.leave();
});

await step('the Problems panel lists it, and files that nobody opened', async () => {
  await workbench.command('Problems: Focus on Problems View');
  await workbench.problems.filter({ hasText: 'access.yaml' }).first().waitFor();
  await take('3-problems');
  for (const file of ['payments/access.yaml', 'payments/peer.yaml', 'platform/namespaces.yaml']) {
    const name = path.basename(file);
    await workbench.filterProblems(`**/${name}`);
    await workbench.problems.filter({ hasText: name }).first().waitFor();
  }
  await workbench.filterProblems('checkout.shop');
  const row = workbench.problems.filter({ hasText: 'Subset "v3" of "checkout.shop" is not defined.' });
  await row.waitFor();
  assert.match(await row.innerText(), /meshwright[\s\S]*istio\/unknown-subset[\s\S]*Ln 14, Col 17/);
});

await step('the code beside a problem leads to the page of its rule', async () => {
  await workbench.problems.filter({ hasText: 'Subset "v3"' }).getByText('istio/unknown-subset', { exact: true }).click();
  const tab = page.locator('.tab.active', { hasText: 'unknown-subset' });
  await tab.waitFor();
  await page
    .frameLocator('iframe.webview.ready')
    .frameLocator('iframe')
    .getByRole('heading', { name: 'istio/unknown-subset' })
    .first()
    .waitFor();
  await take('4-rule-page');
  await workbench.command('View: Close Editor');
  await tab.waitFor({ state: 'detached' });
  await workbench.filterProblems('');
});

await step('completion after "subset:" offers v1 and v2, and taking one clears the mark', async () => {
  await workbench.command('View: Focus Active Editor Group');
  await workbench.goTo(route, 'subset: v3', 'v3');
  await page.keyboard.press('Shift+End');
  await page.keyboard.press('Delete');
  await until(
    (timeout) => workbench.suggestions.filter({ hasText: 'v2' }).first().waitFor({ timeout }),
    () => page.keyboard.press('Control+Space'),
  );
  await workbench.suggestions.filter({ hasText: 'v1' }).first().waitFor();
  await take('5-completion');
  await page.keyboard.type('v2');
  await workbench.suggestions.filter({ hasText: 'v2' }).first().waitFor();
  await page.keyboard.press('Enter');
  await workbench.mark('error').first().waitFor({ state: 'detached' });
  assert.match(await workbench.text(), /subset: v2\n[\s\S]*subset: v1/);
});

await step('one key and Enter fix it, and the mark goes', async () => {
  // Back to what is on disk.
  await workbench.command('File: Revert File');
  await workbench.mark('error').first().waitFor();
  await until(
    (timeout) => workbench.fixes.filter({ hasText: 'Change to "v2"' }).waitFor({ timeout }),
    async () => {
      await page.keyboard.press('Escape');
      await workbench.goTo(route, 'subset: v3', 'v3');
      await page.keyboard.press('ControlOrMeta+.');
    },
  );
  await take('6-fixes');
  await until(
    (timeout) => workbench.mark('error').first().waitFor({ state: 'detached', timeout }),
    () => workbench.fixes.filter({ hasText: 'Change to "v2"' }).click({ timeout: 4000 }),
  );
  await workbench.save(route, /x-canary[\s\S]*subset: v2[\s\S]*subset: v1/);
  await workbench.filterProblems('checkout.shop');
  await workbench.problems.filter({ hasText: 'Subset "v3"' }).waitFor({ state: 'detached' });
  await workbench.filterProblems('');
  await workbench.problems.first().waitFor();
  await take('7-fixed');
});

await step('a subset is renamed in the route and in the file that defines it', async () => {
  await until(
    (timeout) => workbench.renameBox.waitFor({ timeout }),
    async () => {
      await page.keyboard.press('Escape');
      await workbench.goTo(route, 'subset: v1', 'v1');
      await page.keyboard.press('F2');
    },
  );
  await workbench.renameBox.fill('stable');
  await take('8-rename');
  await page.keyboard.press('Enter');
  await workbench.renameBox.waitFor({ state: 'hidden' });
  await until(
    (timeout) =>
      Promise.all([
        workbench.onDisk(route, /subset: stable/, timeout),
        workbench.onDisk(versions, /- name: stable\n {4}labels:\n {6}version: v1/, timeout),
      ]),
    () => workbench.command('File: Save All Files'),
  );
  await workbench.open('checkout-versions.yaml');
  await take('9-renamed');
  // Wherever the old name was left behind it would be reported.
  assert.equal(await workbench.explorer('checkout.yaml').filter({ hasText: /\d/ }).count(), 0);
  assert.equal(await workbench.explorer('checkout-versions.yaml').filter({ hasText: /\d/ }).count(), 0);
});

await step('a repair on disk of a file that nobody opened clears its problem', async () => {
  await workbench.filterProblems('chekout');
  const access = workbench.problems.filter({ hasText: 'chekout' });
  await access.first().waitFor();
  writeFileSync(path.join(folder, 'payments/access.yaml'), workbench.read('payments/access.yaml').replaceAll('chekout', 'checkout'));
  await access.first().waitFor({ state: 'detached' });
  await workbench.filterProblems('');
});

await step('the status item counts the resources', async () => {
  await workbench.open('checkout.yaml');
  const item = page.locator('.statusbar-item', { has: page.locator('.codicon-bracket') });
  const status = page.locator('.hover-language-status', { hasText: 'Meshwright' });
  await until(
    (timeout) => status.filter({ hasText: /\d+ resources/ }).waitFor({ timeout }),
    async () => {
      await workbench.leave();
      await item.first().hover({ timeout: 4000 });
    },
  );
  await take('10-status');
  await workbench.leave();
});

await step('the log tells what was read', async () => {
  await workbench.command('Meshwright: Show Output');
  // The panel keeps the filter that was set for the problems.
  await page
    .getByPlaceholder(/^Filter/)
    .last()
    .fill('');
  await page
    .locator('.output-view .view-lines, .panel .view-lines', { hasText: /read\s\d+\sfiles/ })
    .first()
    .waitFor();
  await take('11-log');
});

await step('hovers explain a field, and what decides about mTLS', async () => {
  await workbench.command('View: Hide Panel');
  await workbench.open('checkout.yaml');
  const field = await workbench.hoverAt(route, 'timeout: 5s', 'timeout');
  assert.match(field, /longest|timeout/i);
  await take('12-field');
  await page.keyboard.press('Escape');
  await workbench.openPath('payments/payment.yaml');
  const chain = await workbench.hoverAt('payments/payment.yaml', 'name: payment', 'name: payment', 'payment');
  assert.match(chain, /payment/);
  await take('13-workload');
  await page.keyboard.press('Escape');
  await workbench.openPath('payments/peer.yaml');
  await workbench.hoverAt('payments/peer.yaml', 'mode: STRICT', 'STRICT');
  // Diagnostics are in the hover at once; the server's own words follow.
  await workbench.contentHover.getByText(/Picks 2 workloads/).waitFor();
  await workbench.contentHover.getByText(/Mutual TLS only/).waitFor();
  await take('14-mtls');
  await page.keyboard.press('Escape');
});

await step('lenses tell who may call', async () => {
  await workbench.openPath('payments/access.yaml');
  await workbench.editor
    .locator('.codelens-decoration', { hasText: /caller/ })
    .first()
    .waitFor();
  await take('15-lens');
});

await step('a field that excludes another one is marked, and the fixes say which goes', async () => {
  await workbench.open('checkout.yaml');
  writeFileSync(path.join(folder, route), workbench.read(route).replace('exact: "true" }', 'exact: "true", prefix: "t" }'));
  const told = await workbench.hoverAt(route, 'prefix: "t"', 'prefix');
  assert.match(told, /only one of/);
  await take('16-one-of');
  await page.keyboard.press('Escape');
});

await step('a fix defines the subset that is missing', async () => {
  writeFileSync(
    path.join(folder, route),
    workbench.read(route).replace(', prefix: "t"', '').replace('subset: v2\n  - route', 'subset: v3\n  - route'),
  );
  await workbench.editor.getByText('v3', { exact: true }).waitFor();
  const create = workbench.fixes.filter({ hasText: /^Add subset "v3" to DestinationRule/ });
  await until(
    (timeout) => create.waitFor({ timeout }),
    async () => {
      await page.keyboard.press('Escape');
      await workbench.goTo(route, 'subset: v3', 'v3');
      await page.keyboard.press('ControlOrMeta+.');
    },
  );
  await take('17-before-subset');
  await create.click();
  await until(
    (timeout) => workbench.onDisk(versions, /name: v3/, timeout),
    () => workbench.command('File: Save All Files'),
  );
  await take('18-after-subset');
});

await step('"Explain" shows the evidence of a finding', async () => {
  await workbench.openPath('shop/payment-routing.yaml');
  const explain = workbench.fixes.filter({ hasText: /^Explain/ });
  await until(
    (timeout) => explain.waitFor({ timeout }),
    async () => {
      await page.keyboard.press('Escape');
      await workbench.goTo('shop/payment-routing.yaml', 'host: payment', 'payment');
      await page.keyboard.press('ControlOrMeta+.');
    },
  );
  await take('19-actions');
  await explain.click();
  const body = page.frameLocator('iframe.webview.ready').frameLocator('iframe');
  await body.getByRole('heading', { name: 'Evidence' }).waitFor();
  await take('20-explain');
  await body
    .getByRole('link', { name: /payment\.yaml:\d+/ })
    .first()
    .click();
  await workbench.isOpen('payment.yaml', 10_000);
});

for (const [name, file, line, word] of [
  ['linkerd', 'bakery/policies.yaml', '  - cluster.local/ns/bakery/sa/counter', 'cluster.local'],
  ['kuma', 'concerts/policies.yaml', 'name: programme-v3', 'programme-v3'],
] as const) {
  await step(`the sample of ${name} has its findings, too`, async () => {
    const other = path.join(copy, name);
    cpSync(at('examples', name), other, { recursive: true });
    workbench = new Workbench(page, other);
    await page.goto(editor.page(other, [['openFile', editor.remote(path.join(other, file))]]));
    await workbench.isReady();
    await workbench.isOpen(path.basename(file), 30_000);
    await workbench.mark('error').or(workbench.mark('warning')).first().waitFor({ timeout: 40_000 });
    assert.match(await workbench.hoverAt(file, line, word), new RegExp(`${name}/`));
    await take(`21-${name}`);
    await workbench.leave();
  });
}

await step('nothing was asked of other machines, and the page has no error', async () => {
  assert.deepEqual(web.blocked, []);
  assert.deepEqual(pageErrors, []);
});

await web.close();
await editor.stop();
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 ? 0 : 1);
