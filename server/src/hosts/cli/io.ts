/** What a program has to do with: the process gives its own, tests give theirs. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: AsyncIterable<Buffer | string>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Output {
  write(text: string): unknown;
  /** Whether a person sits in front of it. */
  readonly isTTY?: boolean | undefined;
}

/** One line to a person about how the program was used or fares. */
export function say(io: Io, line: string): void {
  io.stderr.write(`meshwright: ${harmless(line)}\n`);
}

/** Text from files made fit for a terminal: without control characters, which could move its cursor or change its title. */
export function harmless(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '?');
}
