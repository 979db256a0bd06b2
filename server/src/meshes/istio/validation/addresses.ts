import { hasFormat } from '../../../schema/formats.js';

/** An IPv4 address, or an IPv6 address that may name its zone. */
export function isIp(text: string): boolean {
  if (hasFormat('ipv4', text)) return true;
  const percent = text.indexOf('%');
  return hasFormat('ipv6', percent > 0 && percent < text.length - 1 ? text.slice(0, percent) : text);
}

/** An address, or a range of them; bits below the prefix may be set. */
export function isSubnet(text: string): boolean {
  return text.split('/').length === 2 ? hasFormat('cidr', text) && !/\/0\d/.test(text) : isIp(text);
}

/** The part behind `unix://` of a socket: a path, or a name in the abstract namespace. */
export function isUnixPath(path: string): boolean {
  return path.startsWith('@') || (path.startsWith('/') && !path.endsWith('/'));
}

export function isPort(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= 65535;
}
