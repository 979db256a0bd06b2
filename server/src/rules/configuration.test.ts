import { describe, expect, test } from 'vitest';
import { mergeSettings } from '../index/settings.js';
import { readSettings, settingsOf } from './configuration.js';
import { severityOf } from './severity.js';

const rules = [
  { id: 'istio/unknown-host', category: 'reference', peers: ['IST0101:host', 'KIA1101'] },
  { id: 'istio/shadowed-route', category: 'semantics' },
] as const;

describe('settings', () => {
  test('are read with versions as written, and with "off" where YAML sees a boolean', () => {
    const text =
      'world: closed\nistio: {version: 1.30, rootNamespace: mesh}\nrules:\n  istio/unknown-host: off\n  KIA1101: on\n  IST0101: info\n  semantics: hint\nfiles:\n';
    expect(readSettings(text, rules)).toEqual({
      settings: {
        world: 'closed',
        istio: { version: '1.30', rootNamespace: 'mesh' },
        rules: { 'istio/unknown-host': 'off', KIA1101: 'on', IST0101: 'info', semantics: 'hint' },
      },
      problems: [],
      broken: false,
    });
  });

  test('say what has no effect, and keep the rest', () => {
    const { settings, problems } = readSettings(
      'wrold: closed\nfailOn: high\nowns: shop\nrules: {istio/unkown-host: off, KIA1101: loud}\nexternal: [a.b]\n',
      rules,
    );
    expect(settings).toEqual({ rules: {}, external: ['a.b'] });
    expect(problems.map((it) => it.message)).toEqual([
      '"wrold" is no setting ("world" exists).',
      '"failOn" takes error, warning, info or never, not "high".',
      '"owns" takes a list of texts, not "shop".',
      'No rule, category or code is named "istio/unkown-host" ("istio/unknown-host" exists).',
      '"rules.KIA1101" takes error, warning, info, hint, on or off, not "loud".',
    ]);
  });

  test('that cannot be read are broken as a whole', () => {
    expect(readSettings('world: "closed\n', rules)).toMatchObject({ settings: {}, broken: true });
    expect(readSettings('- world\n', rules)).toMatchObject({ settings: {}, broken: true });
    expect(readSettings('', rules)).toEqual({ settings: {}, problems: [], broken: false });
  });

  test('of the command line have dots between keys', () => {
    const systems = ['gateway-api', 'kuma', 'consul'].map((it) => ({ id: `${it}/a-rule`, category: 'reference' }) as const);
    expect(settingsOf('gateway-api.channel', 'standard', systems).settings).toEqual({ 'gateway-api': { channel: 'standard' } });
    expect(settingsOf('kuma.version', '3.0', systems).settings).toEqual({ kuma: { version: '3.0' } });
    expect(settingsOf('external', '["a.b", "c.d"]', rules).settings).toEqual({ external: ['a.b', 'c.d'] });
    expect(settingsOf('rules.istio/unknown-host', 'off', rules).settings).toEqual({ rules: { 'istio/unknown-host': 'off' } });
    expect(settingsOf('consul.acls', 'true', systems).settings).toEqual({ consul: { acls: true } });
    expect(settingsOf('kumo.version', '3.0', systems).problems[0]!.message).toBe('"kumo" is no setting ("kuma" exists).');
    expect(settingsOf('', '', rules).problems).toHaveLength(1);
  });

  test('are laid over one another key by key', () => {
    expect(mergeSettings({ istio: { version: '1.27', trustDomain: 'a' }, owns: ['x'] }, { istio: { version: '1.28' }, owns: [] })).toEqual({
      istio: { version: '1.28', trustDomain: 'a' },
      owns: [],
    });
  });
});

describe('severity', () => {
  test('"on" wakes a rule that is off by default, at its own severity', () => {
    const rule = { id: 'istio/x', severity: 'info', category: 'style', peers: ['IST0136'], offByDefault: true } as const;
    expect(severityOf(rule, {}, 'closed', {})).toBeUndefined();
    expect(severityOf(rule, {}, 'closed', { IST0136: 'on' })).toBe('info');
    expect(severityOf(rule, {}, 'closed', { 'istio/x': 'error' })).toBe('error');
  });
});
