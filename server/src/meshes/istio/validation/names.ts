/** Names as Istio reads them; unlike Kubernetes it does not mind upper case. (istio-validation 2) */

const LABEL = /^[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?$/;
const WILD_LABEL = /^(\*|\*?-?[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)$/;

export function isLabel(text: string): boolean {
  return text.length <= 63 && LABEL.test(text);
}

/** A label, `*`, or a label that begins with a star. */
function isWildLabel(text: string): boolean {
  return text.length <= 63 && (isLabel(text) || (text.startsWith('*') && WILD_LABEL.test(text)));
}

/** The commonest names, told at a glance: short, in lower case, and with no label that begins with a digit. */
function isPlainName(text: string): boolean {
  return text.length <= 63 && PLAIN_NAME.test(text);
}

const PLAIN_NAME = /^[a-z](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** A DNS name; one dot may stand at its end. */
export function isFqdn(text: string): boolean {
  if (isPlainName(text)) return true;
  return text.length >= 1 && text.length <= 255 && areLabels(text.split('.'));
}

/** A DNS name whose first label may be, or begin with, a star. */
export function isWildDomain(text: string): boolean {
  if (isPlainName(text)) return true;
  if (text.length < 1 || text.length > 255) return false;
  const [first = '', ...rest] = text.split('.');
  return isWildLabel(first) && (rest.length === 0 || areLabels(rest, true));
}

/** `*shop.example.com`: a star that is no label of its own. */
export function isPartialWildcard(text: string): boolean {
  return text.includes('*') && text.length > 1 && !text.startsWith('*.');
}

function areLabels(parts: readonly string[], isRest = false): boolean {
  return parts.every((part, i) => {
    const isLast = i === parts.length - 1;
    if (isLast && part === '' && (i > 0 || isRest)) return true;
    return isLabel(part) && !(isLast && /^\d+$/.test(part));
  });
}

/** What is wrong with the key of a label, in words; undefined where nothing is. */
export function complaintAboutLabelKey(key: string): string | undefined {
  const slash = key.lastIndexOf('/');
  const name = key.slice(slash + 1);
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  if (prefix !== undefined && (prefix.length > 253 || !prefix.split('.').every(isLabel))) return `${JSON.stringify(prefix)} is no DNS name`;
  return name.length <= 63 && LABEL_NAME.test(name) ? undefined : 'a name is up to 63 letters, digits, "-", "_" and "."';
}

export function isLabelValue(value: string): boolean {
  return value === '' || LABEL_NAME.test(value);
}

const LABEL_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
