import type { PodTemplate } from '../kubernetes/pod-templates.js';
import { portNames } from './annotations.js';

/** One element of the annotation for upstreams. */
export interface Upstream {
  /** Without the blanks around it. */
  readonly text: string;
  /** Where it stands in the annotation. */
  readonly start: number;
  readonly end: number;
  readonly isQuery: boolean;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly partition: string | undefined;
  readonly peer: string | undefined;
  readonly datacenter: string | undefined;
  /** As written: a number or the name of a container port. */
  readonly port: string;
  readonly bindAddress: string | undefined;
  /** What is wrong with it, as a clause; undefined where nothing is. */
  readonly fault: string | undefined;
}

const OPTIONS: Readonly<Record<string, 'port' | 'address' | 'mode'>> = {
  destination_port: 'port',
  'destination-port': 'port',
  destinationPort: 'port',
  port: 'port',
  local_bind_address: 'address',
  'local-bind-address': 'address',
  localBindAddress: 'address',
  mesh_gateway_mode: 'mode',
  'mesh-gateway-mode': 'mode',
  meshGatewayMode: 'mode',
};
const MODES: readonly string[] = ['none', 'local', 'remote'];

/** The elements of an annotation for upstreams, faulty ones too. */
export function upstreamsIn(annotation: string, isEnterprise: boolean): readonly Upstream[] {
  if (annotation.trim() === '') return [];
  const upstreams: Upstream[] = [];
  let at = 0;
  for (const raw of annotation.split(',')) {
    const text = raw.trim();
    const start = at + raw.length - raw.trimStart().length;
    upstreams.push({ ...upstreamIn(text, isEnterprise), text, start, end: start + text.length });
    at += raw.length + 1;
  }
  return upstreams;
}

type Parsed = Omit<Upstream, 'text' | 'start' | 'end'>;

function upstreamIn(text: string, isEnterprise: boolean): Parsed {
  const [target = '', port = '', ...rest] = text.split(':');
  const extra = rest.join(':');
  if (target === 'prepared_query')
    return {
      ...named(port),
      isQuery: true,
      port: extra,
      fault: port === '' || rest.length !== 1 || extra === '' ? 'a prepared query is written as prepared_query:name:port' : undefined,
    };
  const place = placeIn(target, isEnterprise);
  const options = optionsIn(extra, place.isLabelled);
  return {
    ...place,
    datacenter: place.datacenter ?? options.datacenter,
    bindAddress: options.bindAddress,
    isQuery: false,
    port,
    fault:
      text === ''
        ? 'nothing stands between two commas'
        : place.name === ''
          ? 'it has no name'
          : (place.fault ?? (port === '' ? 'it has no local port' : options.fault)),
  };
}

function named(name: string): Omit<Parsed, 'isQuery' | 'port' | 'fault'> {
  return { name, namespace: undefined, partition: undefined, peer: undefined, datacenter: undefined, bindAddress: undefined };
}

function placeIn(target: string, isEnterprise: boolean): Omit<Parsed, 'isQuery' | 'port'> & { readonly isLabelled: boolean } {
  const parts = target.split('.');
  const [name = '', second, third, fourth, fifth, sixth] = parts;
  if (second !== 'svc') {
    // The open-source edition has no namespaces, so that a dot is a part of the name.
    if (!isEnterprise) return { ...named(target), isLabelled: false, fault: undefined };
    return { ...named(name), namespace: second, partition: third, isLabelled: false, fault: undefined };
  }
  const labelled = { ...named(name), isLabelled: true, fault: undefined };
  if (parts.length === 2) return labelled;
  if (parts.includes('')) return { ...labelled, fault: 'a part between two dots is empty' };
  if (!isEnterprise) {
    if (parts.length === 4 && fourth === 'peer') return { ...labelled, peer: third };
    if (parts.length === 4 && fourth === 'dc') return { ...labelled, datacenter: third };
    return { ...labelled, fault: `behind "svc" the open-source edition takes one peer or dc, as in ${name}.svc.east.peer` };
  }
  if (parts.length === 4 && fourth === 'ns') return { ...labelled, namespace: third };
  if (parts.length === 6 && fourth === 'ns') {
    if (sixth === 'peer') return { ...labelled, namespace: third, peer: fifth };
    if (sixth === 'ap') return { ...labelled, namespace: third, partition: fifth };
    if (sixth === 'dc') return { ...labelled, namespace: third, datacenter: fifth };
  }
  return { ...labelled, fault: `behind "svc" comes a ns, and then a peer, ap or dc, as in ${name}.svc.shop.ns` };
}

interface Options {
  readonly datacenter: string | undefined;
  readonly bindAddress: string | undefined;
  readonly fault: string | undefined;
}

function optionsIn(extra: string, isLabelled: boolean): Options {
  const nothing: Options = { datacenter: undefined, bindAddress: undefined, fault: undefined };
  const question = extra.indexOf('?');
  const isPlain = !extra.includes('=');
  const first = question < 0 ? (isPlain ? extra : '') : extra.slice(0, question);
  const written = question < 0 ? (isPlain ? '' : extra) : extra.slice(question + 1);
  if (first.includes(':')) return { ...nothing, fault: 'it has a colon too many' };
  let bindAddress: string | undefined;
  for (const option of written === '' ? [] : written.split(/[&;]/)) {
    const [key = '', ...values] = option.split('=');
    const value = values.join('=');
    if (!Object.hasOwn(OPTIONS, key)) return { ...nothing, fault: `"${key}" is no option of an upstream` };
    if (OPTIONS[key] === 'mode' && !MODES.includes(value)) return { ...nothing, fault: `"${value}" is no mode; use none, local or remote` };
    if (OPTIONS[key] === 'address') bindAddress = value;
  }
  return { datacenter: isLabelled || first === '' ? undefined : first, bindAddress, fault: undefined };
}

/** The number of a local port: as Go reads it, or that of the container port of this name. */
export function portNumber(port: string, pods: PodTemplate): number | undefined {
  const written = goInteger(port);
  if (written !== undefined) return written;
  return pods.spec
    ?.list('containers.*.ports.*')
    .find((it) => it.text('name') === port)
    ?.number('containerPort');
}

/** Why a local port cannot be bound, as a clause. */
export function portFault(port: string, pods: PodTemplate): string | undefined {
  const written = goInteger(port);
  if (written !== undefined) return written > 0 ? undefined : 'its local port is not above 0';
  if (pods.specOpen || portNames(pods).includes(port)) return undefined;
  return `"${port}" is neither a number nor the name of a container port`;
}

/** A number with the prefixes that Go knows. */
function goInteger(text: string): number | undefined {
  if (!/^[+-]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]*|[1-9][0-9_]*)$/.test(text)) return undefined;
  const plain = text.replaceAll('_', '').replace(/^[+-]/, '');
  const number = Number(/^0[0-7]+$/.test(plain) ? `0o${plain.slice(1)}` : plain);
  return text.startsWith('-') ? -number : number;
}
