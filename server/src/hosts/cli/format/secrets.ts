import { readHeader } from '../../../yaml/header.js';
import { splitDocuments } from '../../../yaml/split.js';

/** Whether a document is a Secret, or a list with one among its items. */
export function holdsSecret(document: string): boolean {
  return readHeader(document).kind === 'Secret' || /["']?\bkind["']?\s*:\s*["']?Secret(List)?\b/.test(document);
}

/** A text with the lines of Secrets covered, but for those that say what they are; line breaks stay. */
export function coverSecrets(text: string): string {
  return splitDocuments(text)
    .map((it) => (holdsSecret(it.text) ? cover(it.text) : it.text))
    .join('');
}

const COVER = '***';

function cover(document: string): string {
  // In lists and flow style a line says too little about where it belongs.
  const isBlock = readHeader(document).kind === 'Secret' && !/^\s*\{/m.test(document);
  let section = '';
  return document.replace(/[^\r\n]+/g, (line) => {
    if (/^(---|\.\.\.)\s*$/.test(line)) return line;
    section = /^["']?([\w-]+)["']?\s*:/.exec(line)?.[1] ?? section;
    const says =
      isBlock && (/^(apiVersion|kind|type|metadata)\s*:/.test(line) || (section === 'metadata' && /^\s+(name|namespace)\s*:/.test(line)));
    return says ? line : COVER;
  });
}
