/** What a value of a format looks like, for messages; undefined for formats that nothing checks. */
export function formatName(format: string): string | undefined {
  return FORMATS[format]?.name;
}

/** Whether text has a format. Formats that the API server does not know are not checked. */
export function hasFormat(format: string, text: string): boolean {
  return FORMATS[format]?.holds(text) ?? true;
}

interface Format {
  readonly name: string;
  readonly holds: (text: string) => boolean;
}

const matches =
  (pattern: RegExp) =>
  (text: string): boolean =>
    pattern.test(text);

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(.\d+)?(z|[+-]\d{2}:\d{2})$/i;
const QUANTITY = /^[+-]?(\d+\.?\d*|\.\d+)(([KMGTPE]i)|[numkMGTPE]|([eE][+-]?\d+))?$/;
/** Numbers with a unit anywhere in the text are enough: `1h 30m`, `2 weeks`. */
const DURATION_WORDS = /\d+\s*((ns|us|µs|ms|s|m|h|hr|d|w)(?![a-zµ])|nano|micro|milli|sec|min|hour|day|week)/i;

const FORMATS: Readonly<Record<string, Format>> = {
  'date-time': { name: 'a time such as 2026-08-01T12:00:00Z', holds: isDateTime },
  datetime: { name: 'a time such as 2026-08-01T12:00:00Z', holds: isDateTime },
  date: { name: 'a date such as 2026-08-01', holds: isDate },
  duration: { name: 'a duration such as 10s or 1m30s', holds: (text) => parseDuration(text) !== undefined || DURATION_WORDS.test(text) },
  byte: { name: 'base64', holds: isBase64 },
  ipv4: { name: 'an IPv4 address', holds: isIpv4 },
  ipv6: { name: 'an IPv6 address', holds: isIpv6 },
  cidr: { name: 'an address range such as 10.0.0.0/8', holds: isCidr },
  mac: { name: 'a MAC address', holds: matches(/^([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}$/) },
  uuid: { name: 'a UUID', holds: matches(/^[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}$/) },
  email: { name: 'an e-mail address', holds: matches(/^[^\s@]+@[^\s@]+$/) },
  uri: { name: 'an address with a scheme, or a path', holds: matches(/^([a-zA-Z][a-zA-Z0-9+.-]*:|\/)[^\s]*$/) },
  hostname: {
    name: 'a host name',
    holds: matches(/^(?=.{1,255}$)[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*$/),
  },
  quantity: { name: 'a quantity such as 500m or 1Gi', holds: matches(QUANTITY) },
};

function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text); // no 30th of February
}

function isDateTime(text: string): boolean {
  return /^t$/i.test(text.charAt(10)) && isDate(text.slice(0, 10)) && TIME.test(text.slice(11));
}

const UNITS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** The commonest durations, read at once. */
const PLAIN_DURATION = /^(\d+)(ms|s|m|h)$/;

/** Milliseconds of a duration as Go writes it (`1h30m`, `1.5s`, `-5s`, `0`); undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const plain = PLAIN_DURATION.exec(text);
  if (plain !== null) return Number(plain[1]) * UNITS[plain[2]!]!;
  const signed = /^([+-]?)(.*)$/s.exec(text)!;
  if (signed[2] === '0') return 0;
  if (!/^((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/.test(signed[2]!)) return undefined;
  let sum = 0;
  for (const [, amount, unit] of signed[2]!.matchAll(/([\d.]+)(ns|us|µs|μs|ms|s|m|h)/g)) sum += Number(amount) * UNITS[unit!]!;
  return signed[1] === '-' ? -sum : sum;
}

/** The range of a format for whole numbers. */
export function integerRange(format: string | undefined): { readonly minimum: number; readonly maximum: number } | undefined {
  return format === 'int32' ? { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 } : undefined;
}

/** Line breaks are allowed in it, as Go's decoder does. */
function isBase64(text: string): boolean {
  const plain = text.replaceAll(/[\r\n]/g, '');
  return plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain);
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  if (!text.includes(':') || !/^[0-9a-fA-F:.]+$/.test(text)) return false;
  const lastColon = text.lastIndexOf(':');
  const tail = text.slice(lastColon + 1);
  if (tail.includes('.')) return isIpv4(tail) && isIpv6(`${text.slice(0, lastColon + 1)}0:0`);
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) && (halves.length === 2 ? groups.length < 8 : groups.length === 8);
}

function isCidr(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return false;
  const bits = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(bits)) return false;
  const address = text.slice(0, slash);
  return (isIpv4(address) && Number(bits) <= 32) || (isIpv6(address) && Number(bits) <= 128);
}
