/**
 * One spelling for every URI: scheme and Windows drive in one form (`file:///c%3A/x` and `file:///C:/x` are the same file),
 * percent-encoding decoded where the character may stand as it is, upper-case hex where it may not.
 */
export function normalizeUri(uri: string): string {
  const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):(.*)$/s.exec(uri);
  if (!match) return uri;
  const scheme = match[1]!.toLowerCase();
  let rest = match[2]!.replace(/%[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*/g, reencode);
  if (scheme === 'file') {
    if (!rest.startsWith('//')) rest = `//${rest.startsWith('/') ? '' : '/'}${rest}`;
    rest = rest.replace(/^\/\/\/([a-zA-Z])(?::|%3A)/, (_, drive: string) => `///${drive.toUpperCase()}:`);
  }
  return `${scheme}:${rest}`;
}

/** The last part of a URI's path, decoded, for people to read. */
export function baseName(uri: string): string {
  const path = uri.replace(/[?#].*$/, '');
  const last = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** The folder part of a URI, without a trailing slash. */
export function folderOf(uri: string): string {
  return uri.slice(0, Math.max(0, uri.lastIndexOf('/')));
}

/** Whether two files lie in one folder or in neighboring ones, or one below the folder of the other: what people apply together. */
export function areNeighbors(a: string, b: string): boolean {
  const [one, other] = [folderOf(a), folderOf(b)];
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`) || folderOf(one) === folderOf(other);
}

function reencode(run: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(run);
  } catch {
    return run.toUpperCase();
  }
  // Characters that would change the meaning of the URI stay encoded; the rest takes encodeURI's form.
  return [...decoded].map((c) => (/[?#%]/.test(c) ? encodeURIComponent(c) : encodeURI(c))).join('');
}

/** The last folder and the file of a URI, decoded: how titles name another file where the workspace's root is not known. */
export function shortPath(uri: string): string {
  const folder = baseName(folderOf(uri));
  return folder === '' ? baseName(uri) : `${folder}/${baseName(uri)}`;
}
