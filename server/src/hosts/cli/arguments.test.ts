import { describe, expect, test } from 'vitest';
import { parseArguments } from './arguments.js';

const problemOf = (line: string): string | undefined => {
  const parsed = parseArguments(line.split(' ').filter((it) => it !== ''));
  return 'problem' in parsed ? parsed.problem : undefined;
};

describe('arguments', () => {
  test('of check, in any order, with a blank or an equals sign before values', () => {
    const parsed = parseArguments([
      ...[
        'check',
        'k8s',
        '--format=json',
        '--closed-world',
        '--mesh-config',
        'mesh.yaml',
        '--cluster',
        'east=a.yaml,b.yaml',
        '--cluster=west=c.yaml',
      ],
      ...['--set', 'a.b=c=d', '--enable', 'IST0136', '--fail-on', 'never', '-v', '--', '-odd.yaml'],
    ]);
    expect(parsed).toEqual({
      ok: {
        command: 'check',
        paths: ['k8s', '-odd.yaml'],
        format: 'json',
        closedWorld: true,
        meshConfig: 'mesh.yaml',
        meshNetworks: undefined,
        clusters: [
          { name: 'east', files: ['a.yaml', 'b.yaml'] },
          { name: 'west', files: ['c.yaml'] },
        ],
        set: [{ key: 'a.b', value: 'c=d' }],
        enable: ['IST0136'],
        failOn: 'never',
        fix: 'no',
        baseline: undefined,
        writesBaseline: false,
        config: undefined,
        loudness: 'verbose',
        color: 'auto',
      },
    });
  });

  test('check without paths means this folder', () => {
    expect(parseArguments(['check'])).toMatchObject({ ok: { paths: ['.'], format: 'human', failOn: undefined, loudness: 'normal' } });
    expect(parseArguments(['check', '-'])).toMatchObject({ ok: { paths: ['-'] } });
  });

  test('--help and --version work with and without a command', () => {
    for (const line of [['--help'], ['-h'], ['check', '--help']]) expect(parseArguments(line)).toEqual({ ok: { command: 'help' } });
    expect(parseArguments(['--version'])).toEqual({ ok: { command: 'version' } });
  });

  test.each([
    ['check --closed', 'unknown option --closed (there is --closed-world)'],
    ['check --fial-on error', 'unknown option --fial-on (there is --fail-on)'],
    ['check --zzz', 'unknown option --zzz'],
    ['check -x', 'unknown option -x'],
    ['check --fail-on high', '--fail-on takes error, warning, info or never, not "high"'],
    ['check --format xml', '--format takes human, json, sarif, github, gitlab or junit, not "xml"'],
    ['check --write-baseline --format json', '--write-baseline prints nothing and repairs nothing: it goes without --format'],
    ['check --write-baseline --fix', '--write-baseline prints nothing and repairs nothing: it goes without --fix'],
    ['check --color maybe', '--color takes auto, always or never, not "maybe"'],
    ['check --mesh-config', '--mesh-config needs a value: --mesh-config FILE'],
    ['check --closed-world=yes', '--closed-world takes no value'],
    ['check --set world', '--set takes KEY=VALUE, as in --set istio.version=1.28, not "world"'],
    ['check --cluster east', '--cluster takes NAME=FILE,FILE, as in --cluster east=east.yaml, not "east"'],
    ['check --fix-dry-run --format json', '--fix-dry-run prints a diff, not json'],
    ['chek', 'no command "chek" (there is "check")'],
    ['frobnicate', 'no command "frobnicate" (there are "check", "explain" and "scopes")'],
    ['', 'no command (there are "check", "explain" and "scopes"; --help tells more)'],
    ['explain', 'explain takes a resource or a rule, as in "explain deploy/cart.shop" and "explain istio/unknown-host"'],
  ])('%s', (line, problem) => {
    expect(problemOf(line)).toBe(problem);
  });
});
