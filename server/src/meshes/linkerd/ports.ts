/** Ports that Linkerd takes for plain TCP where nothing is said. */
export const DEFAULT_OPAQUE_PORTS = '25,587,3306,4444,5432,6379,9300,11211';

/** One element of a list of ports: numbers from `from` to `to`, or the name of a container's port. */
export type PortRange = { readonly from: number; readonly to: number } | { readonly name: string };

/** Elements of a list such as `3306,8000-8010`; undefined for those that are none. */
export function portElements(text: string): readonly { readonly text: string; readonly ports: PortRange | undefined }[] {
  return text
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '')
    .map((it) => ({ text: it, ports: portRange(it) }));
}

function portRange(text: string): PortRange | undefined {
  const parts = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/.exec(text);
  if (!parts) return /^(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?$/i.test(text) && text.length <= 63 ? { name: text } : undefined;
  const from = Number(parts[1]);
  const to = parts[2] === undefined ? from : Number(parts[2]);
  return from <= to && to <= 65535 ? { from, to } : undefined;
}

/** Whether a list holds a port, by its number or its name. */
export function holdsPort(list: readonly PortRange[], number: number | undefined, name?: string): boolean {
  return list.some((it) => ('name' in it ? it.name === name : number !== undefined && it.from <= number && number <= it.to));
}

/** What a list of a Service comes to, whose outbound policy is made of it: nothing at all, where one element is no port or range. */
export function portsOfServiceList(text: string): readonly PortRange[] {
  const elements = portElements(text).map((it) => it.ports);
  return elements.some((it) => it === undefined || 'name' in it || it.from === 0) ? [] : elements.flatMap((it) => it ?? []);
}

/** What a list comes to for the injector; elements that cannot be read are left out. */
export function portsIn(text: string): readonly PortRange[] {
  return portElements(text).flatMap((it) => it.ports ?? []);
}
