/** `NAMESPACE_PLACEHOLDER`, `REPLACE_ME`: some tool, or somebody, writes the real value there before it is applied. */
export function isPlaceholder(text: string): boolean {
  return (
    text.includes('_') && /[A-Z]+_[A-Z]/.test(text) && /placeholder|replace|change|your|todo|^[A-Z0-9_]+$|\.[A-Z0-9_]+(?:\.|$)/i.test(text)
  );
}
