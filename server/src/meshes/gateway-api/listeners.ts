import type { YamlNode } from '../../yaml/node.js';

/** What a listener takes requests by, as text to compare: its hostname, port and protocol. */
export function listenerTuple(listener: YamlNode): string {
  return [listener.text('hostname') ?? '', listener.number('port'), listener.text('protocol')].join('|');
}
