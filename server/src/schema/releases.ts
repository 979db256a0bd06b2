/** Whether a release such as `1.26` comes after another. Of `1.26.3` and `1.32-dev`, the first two numbers count. */
export function isNewer(release: string, than: string): boolean {
  const [major = 0, minor = 0] = numbersOf(release);
  const [otherMajor = 0, otherMinor = 0] = numbersOf(than);
  return major > otherMajor || (major === otherMajor && minor > otherMinor);
}

/** Whether text names a release. */
export function isRelease(text: string): boolean {
  return /^v?\d+\.\d+/.test(text);
}

function numbersOf(release: string): readonly number[] {
  return release
    .replace(/^v/, '')
    .split('.', 2)
    .map((it) => Number.parseInt(it, 10));
}
