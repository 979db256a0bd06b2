/** Half-open span of UTF-16 offsets. Inside the core it is relative to the start of its YAML document. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export function rangeOf(start: number, end: number): Range {
  return { start, end };
}

/** A range that is kept for long. Facts of one place come one after the other, in some tables ten of them: they share one. */
export function lastingRange(start: number, end: number): Range {
  return latest.start === start && latest.end === end ? latest : (latest = { start, end });
}

let latest = rangeOf(0, 0);

/** Whether an offset touches a range; its end counts, because a cursor stands between characters. */
export function touches(range: Range, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

export function encloses(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function overlaps(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}

export function shift(range: Range, by: number): Range {
  return { start: range.start + by, end: range.end + by };
}
