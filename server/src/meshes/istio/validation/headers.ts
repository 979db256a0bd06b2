/** The characters of a header name, and the comma that Istio's own check lets pass. */
const NAME = /^[!#$%&'*+,\-.^_`|~0-9A-Za-z]+$/;
const PSEUDO = [':method', ':scheme', ':authority', ':path', ':status'];

export function isHeaderName(name: string): boolean {
  return NAME.test(name);
}

/** A header that a match may ask for: also a pseudo-header, or a claim of a token. */
export function isMatchableHeader(name: string): boolean {
  return isHeaderName(name) || PSEUDO.includes(name) || isClaim(name);
}

/** `@request.auth.claims.group` or `@request.auth.claims[group]`. */
export function isClaim(name: string): boolean {
  const rest = /^@request\.auth\.claims(.*)$/is.exec(name)?.[1];
  return rest !== undefined && (/^\..+$/s.test(rest) || /^\[[^[\]]+\](\[[^[\]]+\])*$/.test(rest));
}

/** What is wrong with a header value, in words; undefined where nothing is. Envoy fills in what stands between percent signs. */
export function complaintAboutHeaderValue(value: string): string | undefined {
  // eslint-disable-next-line no-control-regex -- these have to be written as escapes
  if (/[\0-\x08\n-\x1f\x7f]/.test(value)) return 'it holds a control character';
  for (let i = value.indexOf('%'); i >= 0;) {
    if (value[i + 1] === '%') i = value.indexOf('%', i + 2);
    else {
      const end = endOfVariable(value, i + 1);
      if (end === undefined) return 'a percent sign opens a variable that is not closed; "%%" is a plain one';
      i = value.indexOf('%', end);
    }
  }
  return undefined;
}

/** Offset behind the closing percent sign of a variable that begins at an offset. */
function endOfVariable(value: string, start: number): number | undefined {
  const opening = /^[^%(]*/.exec(value.slice(start))![0].length + start;
  if (value[opening] === '%') return opening > start ? opening + 1 : undefined;
  if (value[opening] !== '(') return undefined;
  const rest = value.slice(opening);
  const list = /^\(\s*\[\s*(?:"(?:[^"\\]|\\.)*"\s*(?:,\s*"(?:[^"\\]|\\.)*"\s*)*)?\]\s*\)\s*%/s.exec(rest);
  const found = list ?? (/^\(\s*\[/.test(rest) ? undefined : /^\([^)]*\)\s*%/.exec(rest));
  return found ? opening + found[0].length : undefined;
}
