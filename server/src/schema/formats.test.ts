import { expect, test } from 'vitest';
import { hasFormat, parseDuration } from './formats.js';

test('reads durations as Go does', () => {
  expect(['1h30m', '1.5s', '-5s', '0', '100ms', '.5s', '1m'].map(parseDuration)).toEqual([5_400_000, 1500, -5000, 0, 100, 500, 60_000]);
  expect(['', '5', '5 s', 's', '1d', '1h 30m', '12:30'].map(parseDuration)).toEqual(Array(7).fill(undefined));
});

const CASES: readonly (readonly [format: string, good: readonly string[], bad: readonly string[]])[] = [
  ['ipv4', ['10.0.0.1', '255.255.255.255'], ['10.0.0', '256.0.0.1', '01.2.3.4', '::1']],
  ['ipv6', ['::1', '2001:db8::', '::ffff:10.0.0.1', '1:2:3:4:5:6:7:8'], ['1::2::3', '12345::', '10.0.0.1', '1:2:3']],
  ['cidr', ['10.0.0.0/8', '2001:db8::/32', '0.0.0.0/0'], ['10.0.0.0', '10.0.0.0/33', '::/129', '10.0.0/8']],
  ['byte', ['', 'b2s=', 'YWJj\nZGVm\n'], ['ok!', 'b2s', 'a===']],
  [
    'date-time',
    ['2026-08-01T12:00:00Z', '2026-08-01T12:00:00.5+02:00'],
    ['2026-08-01', '2026-13-01T00:00:00Z', '2026-02-30T00:00:00Z', '2026-08-01 12:00:00Z', 'now'],
  ],
  ['quantity', ['500m', '1Gi', '1.5', '2e3', '.5'], ['1 Gi', 'Gi', '1gi']],
  ['duration', ['10s', '3 days', '1h 30m'], ['soon', '10', '5 apples']],
];

for (const [format, good, bad] of CASES) {
  test(`knows ${format}`, () => {
    expect(good.filter((text) => !hasFormat(format, text))).toEqual([]);
    expect(bad.filter((text) => hasFormat(format, text))).toEqual([]);
  });
}

test('does not check formats that the API server does not know', () => {
  expect(hasFormat('idn-hostname', '???')).toBe(true);
});
