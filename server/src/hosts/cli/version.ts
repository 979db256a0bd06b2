/** Filled in by the bundler; sources that run as they are have no version. */
declare const MESHWRIGHT_VERSION: string | undefined;

export const version = typeof MESHWRIGHT_VERSION === 'undefined' ? 'development' : MESHWRIGHT_VERSION;
