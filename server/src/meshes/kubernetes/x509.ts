/** What of a certificate is no secret and decides whether it works: when it holds. Milliseconds since 1970. */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** Validity of the first certificate in the PEM text that Secret `data` holds in base64; undefined where it is no certificate. */
export function validityOfData(base64: string): Validity | undefined {
  const bytes = fromBase64(base64);
  return bytes && validityOfPem(String.fromCharCode(...bytes.slice(0, 20_000)));
}

/** Validity of the first certificate in PEM text; undefined where there is none, or it cannot be read. */
export function validityOfPem(pem: string): Validity | undefined {
  const body = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(pem)?.[1];
  const der = body === undefined ? undefined : fromBase64(body);
  return der && validityOfDer(der);
}

/** One DER element: its tag, and where its content lies. */
interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

const SEQUENCE = 0x30;
const VERSION = 0xa0;

/** Certificate ::= SEQUENCE { tbs SEQUENCE { [0] version, serial, algorithm, issuer, validity SEQUENCE { Time, Time } … } … } (RFC 5280) */
function validityOfDer(der: Uint8Array): Validity | undefined {
  const certificate = elementAt(der, 0);
  const tbs = certificate?.tag === SEQUENCE ? elementAt(der, certificate.start) : undefined;
  if (tbs?.tag !== SEQUENCE) return undefined;
  let field = elementAt(der, tbs.start);
  if (field?.tag === VERSION) field = elementAt(der, field.end);
  for (let skipped = 0; skipped < 3 && field; skipped++) field = elementAt(der, field.end);
  if (field?.tag !== SEQUENCE) return undefined;
  const before = elementAt(der, field.start);
  const after = before && elementAt(der, before.end);
  const notBefore = before && timeOf(der, before);
  const notAfter = after && timeOf(der, after);
  return notBefore === undefined || notAfter === undefined ? undefined : { notBefore, notAfter };
}

function elementAt(der: Uint8Array, offset: number): Element | undefined {
  const tag = der[offset];
  const first = der[offset + 1];
  if (tag === undefined || first === undefined) return undefined;
  let length = first;
  let start = offset + 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) return undefined;
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (der[start + i] ?? 0);
    start += count;
  }
  return start + length <= der.length ? { tag, start, end: start + length } : undefined;
}

/** UTCTime `YYMMDDHHMMSSZ`, or GeneralizedTime with four digits of the year. */
function timeOf(der: Uint8Array, { tag, start, end }: Element): number | undefined {
  const text = String.fromCharCode(...der.slice(start, end));
  const [, year, month, day, hour, minute, second] = /^(\d{2}|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  if (year === undefined || (tag === 0x17) !== (year.length === 2)) return undefined;
  const century = tag === 0x17 ? (Number(year) < 50 ? 2000 : 1900) : 0;
  return Date.UTC(century + Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function fromBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/[\s=]/g, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  let value = 0;
  let written = 0;
  for (const digit of digits) {
    const index = ALPHABET.indexOf(digit);
    if (index < 0) return undefined;
    value = ((value << 6) | index) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[written++] = (value >> bits) & 0xff;
    }
  }
  return bytes;
}
