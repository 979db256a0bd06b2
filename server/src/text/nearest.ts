/**
 * The candidate closest to what was written: at most two edits away (insert, delete, replace, swap neighbours),
 * or equal but for case. Words under four letters, and words that differ in digits only, never match: `v2` is no typo of `v3`, nor
 * `cart2` of `cart`.
 */
export function nearest(written: string, candidates: Iterable<string>, most = 2): string | undefined {
  let best: string | undefined;
  let bestDistance = most + 1;
  for (const candidate of candidates) {
    if (candidate === written) continue;
    if (candidate.toLowerCase() === written.toLowerCase()) return candidate;
    if (written.length < 4 || Math.abs(candidate.length - written.length) > most) continue;
    if (withoutDigits(candidate) === withoutDigits(written)) continue;
    const distance = editDistance(written, candidate, most);
    if (distance < bestDistance || (distance === bestDistance && best !== undefined && candidate < best)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function withoutDigits(text: string): string {
  return text.replace(/\d+/g, '');
}

/** Optimal string alignment distance, or `most + 1` once it is certain to exceed `most`. */
function editDistance(a: string, b: string, most = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let smallest = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      smallest = Math.min(smallest, cost);
    }
    if (smallest > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length]!;
}
