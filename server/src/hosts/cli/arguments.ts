import { nearest } from '../../text/nearest.js';
import type { ColorMode } from './color.js';

const FORMATS = ['human', 'json', 'sarif', 'github', 'gitlab', 'junit'] as const;
export type Format = (typeof FORMATS)[number];
/** From which severity on findings make the exit code 1. */
export type FailOn = 'error' | 'warning' | 'info' | 'never';

export interface CheckArguments {
  readonly command: 'check' | 'scopes' | 'explain';
  /** Files, folders, and `-` for standard input; never empty. */
  readonly paths: readonly string[];
  readonly format: Format;
  readonly closedWorld: boolean;
  readonly meshConfig: string | undefined;
  readonly meshNetworks: string | undefined;
  readonly clusters: readonly { readonly name: string; readonly files: readonly string[] }[];
  readonly set: readonly { readonly key: string; readonly value: string }[];
  readonly enable: readonly string[];
  /** Undefined: as settings say. */
  readonly failOn: FailOn | undefined;
  /** Whether preferred fixes are written, or shown as a diff. */
  readonly fix: 'no' | 'write' | 'show';
  /** File with findings that are known. Undefined: as settings say. */
  readonly baseline: string | undefined;
  /** Whether what is found is to be written there. */
  readonly writesBaseline: boolean;
  /** A git revision to compare with. */
  readonly since: string | undefined;
  /** Folder to write what takes dangerous steps since then back. */
  readonly rollback: string | undefined;
  readonly config: string | undefined;
  readonly loudness: 'quiet' | 'normal' | 'verbose';
  readonly color: ColorMode;
}

/** A rule's page, or what a resource below the paths comes to. */
export interface ExplainArguments extends CheckArguments {
  readonly command: 'explain';
  readonly name: string;
}

export type Arguments =
  (CheckArguments & { readonly command: 'check' | 'scopes' }) | ExplainArguments | { readonly command: 'help' | 'version' };

/** The arguments read, or what is wrong with them in one sentence. */
export type ParsedArguments = { readonly ok: Arguments } | { readonly problem: string };

export const HELP = `meshwright: checks service-mesh manifests, offline

  check [PATH...]            report problems (default: this folder; - reads stdin)
  explain KIND/NAME[.NS]     effective state: sidecar, mTLS, callers, routes (below further PATHs, if any)
  explain RULE-ID            print a rule's page; a code of another tool finds the rules that bear it
  scopes [PATH...]           what is applied together, and how that was found

check  --format human|json|sarif|github|gitlab|junit  --closed-world  --mesh-config FILE  --mesh-networks FILE
       --cluster NAME=FILE,...  --set KEY=VALUE  --enable CODE  --baseline FILE  --write-baseline
       --since REVISION (adds dangerous steps since then)  --rollback FOLDER (writes what takes them back)
       --fail-on error|warning|info|never  --fix  --fix-dry-run
all    -q, --quiet  -v, --verbose  --color auto|always|never  --config FILE  --version  --help
Exit   0 nothing at --fail-on (warning) or above, 1 findings, 2 wrong use or our own failure
`;

const COMMANDS = ['check', 'explain', 'scopes'];

/** Options that take a value, and how the help calls it. */
const VALUES: Readonly<Record<string, string>> = {
  '--format': 'human|json|sarif|github|gitlab|junit',
  '--mesh-config': 'FILE',
  '--mesh-networks': 'FILE',
  '--cluster': 'NAME=FILE,...',
  '--set': 'KEY=VALUE',
  '--enable': 'CODE',
  '--baseline': 'FILE',
  '--since': 'REVISION',
  '--rollback': 'FOLDER',
  '--fail-on': 'error|warning|info|never',
  '--color': 'auto|always|never',
  '--config': 'FILE',
};
const SWITCHES = ['--closed-world', '--write-baseline', '--fix', '--fix-dry-run', '--quiet', '--verbose', '--version', '--help'];
const SHORT: Readonly<Record<string, string>> = { '-q': '--quiet', '-v': '--verbose', '-h': '--help', '-V': '--version' };

export function parseArguments(argv: readonly string[]): ParsedArguments {
  const words: string[] = [];
  const values = new Map<string, string[]>();
  let rest = false;
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i]!;
    if (rest || argument === '-' || !argument.startsWith('-')) {
      words.push(argument);
      continue;
    }
    if (argument === '--') {
      rest = true;
      continue;
    }
    const equals = argument.startsWith('--') ? argument.indexOf('=') : -1;
    const written = equals < 0 ? argument : argument.slice(0, equals);
    const option = SHORT[written] ?? written;
    if (SWITCHES.includes(option)) {
      if (equals >= 0) return { problem: `${option} takes no value` };
      values.set(option, ['']);
      continue;
    }
    const placeholder = VALUES[option];
    if (placeholder === undefined) return { problem: `unknown option ${written}${likeOption(written)}` };
    const value = equals < 0 ? argv[++i] : argument.slice(equals + 1);
    if (value === undefined || value === '') return { problem: `${option} needs a value: ${option} ${placeholder}` };
    values.set(option, [...(values.get(option) ?? []), value]);
  }
  if (values.has('--help')) return { ok: { command: 'help' } };
  if (values.has('--version')) return { ok: { command: 'version' } };
  const [command, ...operands] = words;
  switch (command) {
    case undefined:
      return { problem: 'no command (there are "check", "explain" and "scopes"; --help tells more)' };
    case 'check':
    case 'scopes': {
      const read = checkArguments(command, operands, values);
      return 'problem' in read ? read : { ok: { ...read.ok, command } };
    }
    case 'explain': {
      const [name, ...paths] = operands;
      if (name === undefined)
        return { problem: 'explain takes a resource or a rule, as in "explain deploy/cart.shop" and "explain istio/unknown-host"' };
      const rest = checkArguments('explain', paths, values);
      return 'problem' in rest ? rest : { ok: { ...rest.ok, command: 'explain', name } };
    }
    default:
      return {
        problem: `no command "${command}"${like(nearest(command, COMMANDS), (it) => `"${it}"`) || ' (there are "check", "explain" and "scopes")'}`,
      };
  }
}

function checkArguments(
  command: CheckArguments['command'],
  paths: readonly string[],
  values: ReadonlyMap<string, readonly string[]>,
): { readonly ok: CheckArguments } | { readonly problem: string } {
  const last = (option: string): string | undefined => values.get(option)?.at(-1);
  const format = last('--format') ?? 'human';
  if (!isOneOf(format, FORMATS)) return { problem: `--format takes human, json, sarif, github, gitlab or junit, not "${format}"` };
  const failOn = last('--fail-on');
  if (failOn !== undefined && !isOneOf(failOn, ['error', 'warning', 'info', 'never'])) {
    return { problem: `--fail-on takes error, warning, info or never, not "${failOn}"` };
  }
  const fix = values.has('--fix-dry-run') ? 'show' : values.has('--fix') ? 'write' : 'no';
  if (fix === 'show' && format !== 'human') return { problem: `--fix-dry-run prints a diff, not ${format}` };
  const writesBaseline = values.has('--write-baseline');
  if (writesBaseline && (fix !== 'no' || format !== 'human')) {
    return { problem: `--write-baseline prints nothing and repairs nothing: it goes without ${fix === 'no' ? '--format' : '--fix'}` };
  }
  if (values.has('--rollback') && !values.has('--since')) return { problem: '--rollback needs --since REVISION' };
  const color = last('--color') ?? 'auto';
  if (!isOneOf(color, ['auto', 'always', 'never'])) return { problem: `--color takes auto, always or never, not "${color}"` };
  const set: { key: string; value: string }[] = [];
  for (const written of values.get('--set') ?? []) {
    const equals = written.indexOf('=');
    if (equals < 1) return { problem: `--set takes KEY=VALUE, as in --set istio.version=1.28, not "${written}"` };
    set.push({ key: written.slice(0, equals), value: written.slice(equals + 1) });
  }
  const clusters: { name: string; files: string[] }[] = [];
  for (const written of values.get('--cluster') ?? []) {
    const equals = written.indexOf('=');
    const files = written
      .slice(equals + 1)
      .split(',')
      .filter((it) => it !== '');
    if (equals < 1 || files.length === 0)
      return { problem: `--cluster takes NAME=FILE,FILE, as in --cluster east=east.yaml, not "${written}"` };
    clusters.push({ name: written.slice(0, equals), files });
  }
  const named = clusters.flatMap((it) => it.files);
  return {
    ok: {
      command,
      paths: paths.length > 0 || named.length > 0 ? paths : ['.'],
      format,
      closedWorld: values.has('--closed-world'),
      meshConfig: last('--mesh-config'),
      meshNetworks: last('--mesh-networks'),
      clusters,
      set,
      enable: values.get('--enable') ?? [],
      failOn,
      fix,
      baseline: last('--baseline'),
      writesBaseline,
      since: last('--since'),
      rollback: last('--rollback'),
      config: last('--config'),
      loudness: values.has('--quiet') ? 'quiet' : values.has('--verbose') ? 'verbose' : 'normal',
      color,
    },
  };
}

function isOneOf<const T extends string>(value: string, words: readonly T[]): value is T {
  return (words as readonly string[]).includes(value);
}

/** An option is most often cut short; else it is misspelled. */
function likeOption(written: string): string {
  const options = [...SWITCHES, ...Object.keys(VALUES)];
  const longer = written.length > 3 ? options.find((it) => it.startsWith(written)) : undefined;
  return like(longer ?? nearest(written, options), (it) => it);
}

function like(name: string | undefined, shown: (name: string) => string): string {
  return name === undefined ? '' : ` (there is ${shown(name)})`;
}
