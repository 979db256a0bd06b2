import type { Settings } from '../index/settings.js';
import { isRelease } from '../schema/releases.js';
import type { SchemaChoices } from '../schema/schemas.js';
import type { Json } from '../yaml/node.js';

/** Which channel and which release of each system its settings name: `gateway-api.channel`, `istio.version`. */
export function schemaChoices(settings: Settings): Required<Pick<SchemaChoices, 'channels' | 'targets'>> {
  const channels: Record<string, string> = {};
  const targets: Record<string, string> = {};
  for (const [system, section] of Object.entries(settings)) {
    if (typeof section !== 'object' || section === null || Array.isArray(section)) continue;
    const { channel, version } = section as Readonly<Record<string, Json>>;
    if (typeof channel === 'string') channels[system] = channel;
    // Unquoted, a release is a number.
    const release = typeof version === 'number' ? String(version) : version;
    if (typeof release === 'string' && isRelease(release)) targets[system] = release;
  }
  return { channels, targets };
}
