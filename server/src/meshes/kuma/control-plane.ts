import { settingIn, settings } from '../../index/settings.js';
import { defineLookup } from '../../index/tables.js';

/** What is true of the control plane that the manifests are for: settings below `kuma`. */
export interface ControlPlane {
  /** `2.14` stands for 2.10 to 2.14. */
  readonly version: '2.14' | '3.0';
  /** `zone`: one of several below a global control plane; `standalone`: the only one. */
  readonly mode: 'standalone' | 'zone' | 'global';
  readonly systemNamespace: string;
}

/** The control plane by settings `kuma.version`, `kuma.mode` and `kuma.systemNamespace`, key ``. */
export const controlPlane = defineLookup<ControlPlane>('kuma/controlPlane', (look) => {
  const tree = look.get(settings);
  const version = String(settingIn(tree, 'kuma', 'version') ?? '');
  const mode = settingIn(tree, 'kuma', 'mode');
  const namespace = settingIn(tree, 'kuma', 'systemNamespace');
  return {
    version: Number.parseInt(version.replace(/^v/, ''), 10) >= 3 ? '3.0' : '2.14',
    mode: mode === 'zone' || mode === 'global' ? mode : 'standalone',
    systemNamespace: typeof namespace === 'string' && namespace !== '' ? namespace : 'kuma-system',
  };
});
