import { describe, expect, test } from 'vitest';
import type { Severity } from '../../../rules/rule.js';
import { LineIndex } from '../../../text/line-index.js';
import { paintFor } from '../color.js';
import { formatFindings, formatSummary } from './human.js';
import type { Finding, Report, ReportedFile, Summary } from './report.js';

const plain = paintFor('never', { write: () => true }, {});

function file(shown: string, text: string, starts: readonly number[] = [0]): ReportedFile {
  return { path: `/repo/${shown}`, shown, text, lines: new LineIndex(text), starts };
}

function finding(at: ReportedFile, word: string, more: Partial<Finding> & { severity?: Severity; message?: string } = {}): Finding {
  const start = at.text.indexOf(word);
  return {
    diagnostic: {
      rule: 'istio/unknown-subset',
      category: 'reference',
      severity: more.severity ?? 'error',
      peers: ['IST0101:host+subset', 'KIA1107'],
      message: more.message ?? 'Subset "v3" of "checkout.shop" is not defined. Requests on this route get 503.',
      uri: '',
      range: { start, end: start + word.length },
      path: '',
      resource: undefined,
      related: [],
      tags: [],
      hasFix: false,
    },
    file: at,
    resource: undefined,
    fixes: more.fixes ?? [],
    related: more.related ?? [],
  };
}

const summary: Summary = {
  counts: { error: 3, warning: 4, info: 1, hint: 11 },
  fixable: 5,
  resources: 1214,
  files: 96,
  scopes: 0,
  world: 'open',
  seconds: 0.84,
  passedOver: [{ file: 'values.yaml', reason: 'no manifest' }],
  templates: 6,
  unread: [{ file: 'tls.yaml', reason: 'cannot be read (permission denied)' }],
  asked: ['k8s'],
  known: 0,
  gone: 0,
  isComplete: true,
};

const findings = (...all: Finding[]): Report => ({ findings: all, summary });

const checkout = file('shop/checkout.yaml', 'http:\n- route:\n    - destination:\n        host: checkout\n        subset: v3\n');

describe('findings', () => {
  test('show what, where, evidence, fixes and the codes of other tools', () => {
    const versions = file('shop/checkout-versions.yaml', 'spec:\n  host: checkout\n');
    const shown = formatFindings(
      findings(
        finding(checkout, 'v3', {
          fixes: [
            { title: 'Change to "v2"', preferred: true },
            { title: 'Add subset "v3" to DestinationRule "shop/checkout"', preferred: false },
          ],
          related: [{ file: versions, range: { start: 14, end: 22 }, message: '"checkout" defines v1 and v2 here' }],
        }),
      ),
      'normal',
      plain,
    );
    expect(shown).toBe(`error[istio/unknown-subset] Subset "v3" of "checkout.shop" is not defined. Requests on this route get 503.
  --> shop/checkout.yaml:5:17
3 |     - destination:
4 |         host: checkout
5 |         subset: v3
  |                 ^^
  --> shop/checkout-versions.yaml:2:9  "checkout" defines v1 and v2 here
  fix: Change to "v2" | Add subset "v3" to DestinationRule "shop/checkout"
  also known as IST0101, KIA1107

`);
  });

  test('show hints only where asked for, and one line per error where quiet', () => {
    const report = findings(
      finding(checkout, 'v3', { severity: 'hint' }),
      finding(checkout, 'v3', { severity: 'warning' }),
      finding(checkout, 'v3'),
    );
    expect(formatFindings(report, 'normal', plain)).not.toContain('hint[');
    expect(formatFindings(report, 'verbose', plain)).toContain('hint[');
    expect(formatFindings(report, 'quiet', plain)).toBe(
      'shop/checkout.yaml:5:17: error[istio/unknown-subset] Subset "v3" of "checkout.shop" is not defined. Requests on this route get 503.\n',
    );
  });

  test('an excerpt stays within its document', () => {
    const text = 'kind: A\n---\nkind: Gatway\n';
    const shown = formatFindings(findings(finding(file('a.yaml', text, [0, 8]), 'Gatway')), 'normal', plain);
    expect(shown).toContain('  --> a.yaml:3:7\n3 | kind: Gatway\n  |       ^^^^^^\n');
    expect(shown).not.toContain('kind: A');
  });

  test('a mark over several lines ends with the first', () => {
    expect(formatFindings(findings(finding(checkout, 'destination:\n        host: checkout')), 'normal', plain)).toContain(
      '3 |     - destination:\n  |       ^^^^^^^^^^^^\n',
    );
  });

  test('no line of a Secret is shown', () => {
    const secret = file('tls.yaml', 'apiVersion: v1\nkind: Secret\nstringData:\n  password: hunter2\n');
    expect(formatFindings(findings(finding(secret, 'hunter2')), 'normal', plain)).not.toContain('hunter2');
    const list = file('list.yaml', 'kind: List\nitems:\n- {kind: "Secret", data: {password: aHVudGVyMg==}}\n');
    expect(formatFindings(findings(finding(list, 'aHVudGVyMg==')), 'normal', plain)).not.toContain('aHVudGVyMg');
  });

  test('a line too long for a terminal is cut around its mark', () => {
    const wide = file('a.json', `{"a": "${'x'.repeat(500)}", "host": "revews"${' '.repeat(200)}}`);
    const lines = formatFindings(findings(finding(wide, 'revews')), 'normal', plain).split('\n');
    expect(Math.max(...lines.slice(2, 4).map((it) => it.length))).toBeLessThan(130);
    expect(lines[3]!.indexOf('^')).toBe(lines[2]!.indexOf('revews'));
  });

  test('control characters of manifests do not reach the terminal', () => {
    const odd = file('a.yaml', 'host: a\u001b[2Jb\n');
    const shown = formatFindings(findings(finding(odd, 'b\n', { message: 'No "a\u001b[2Jb".' })), 'normal', plain);
    expect(shown).not.toContain('\u001b');
    expect(shown).toContain('host: a?[2Jb');
  });

  test('carets stand below wide characters', () => {
    const wide = file('a.yaml', 'x: 設定 v3\n');
    expect(formatFindings(findings(finding(wide, 'v3')), 'normal', plain)).toContain('1 | x: 設定 v3\n  |         ^^\n');
  });

  test('color marks severity and rule, and nothing where it is unwanted', () => {
    const colored = formatFindings(findings(finding(checkout, 'v3')), 'normal', paintFor('always', { write: () => true }, {}));
    expect(colored).toContain('\u001b[31merror\u001b[39m[\u001b[1mistio/unknown-subset\u001b[22m]');
    const auto = (env: Record<string, string>, isTTY: boolean): boolean =>
      paintFor('auto', { write: () => true, isTTY }, env).bold('x') !== 'x';
    expect([
      auto({}, true),
      auto({}, false),
      auto({ NO_COLOR: '1' }, true),
      auto({ TERM: 'dumb' }, true),
      auto({ FORCE_COLOR: '1' }, false),
      auto({ FORCE_COLOR: '0' }, true),
    ]).toEqual([true, false, false, false, true, false]);
  });
});

describe('the summary', () => {
  test('counts, and names what was left out', () => {
    expect(formatSummary(findings(), 'normal', plain)).toBe(`meshwright: tls.yaml: cannot be read (permission denied)
3 errors, 4 warnings, 1 info in 1,214 resources (96 files, open world, 0.8 s). 11 hints: -v shows them. 5 can be fixed: --fix
Passed over: 1 file without mesh resources. Partly read: 6 Helm templates.
`);
  });

  test('tells how many scopes were found, where there are some', () => {
    expect(formatSummary({ findings: [], summary: { ...summary, scopes: 3 } }, 'normal', plain)).toContain(
      '(96 files, 3 scopes, open world, 0.8 s)',
    );
  });

  test('says that all is well, or that there was nothing', () => {
    const clean: Summary = {
      ...summary,
      fixable: 0,
      counts: { error: 0, warning: 0, info: 0, hint: 0 },
      unread: [],
      passedOver: [],
      templates: 0,
    };
    expect(formatSummary({ findings: [], summary: clean }, 'normal', plain)).toBe(
      'No problems in 1,214 resources (96 files, open world, 0.8 s).\n',
    );
    expect(formatSummary({ findings: [], summary: clean }, 'quiet', plain)).toBe('');
    const nothing: Summary = { ...clean, resources: 0, files: 0, passedOver: [{ file: 'values.yaml', reason: 'no manifest' }] };
    expect(formatSummary({ findings: [], summary: nothing }, 'normal', plain)).toBe('No mesh resources in "k8s" (1 YAML file read).\n');
  });
});
