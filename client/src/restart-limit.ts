/** Whether to start again what has just ended: not when it ended `count` times within `window` milliseconds. */
export interface RestartLimit {
  (now: number): boolean;
  forget(): void;
}

export function restartLimit(count: number, window: number): RestartLimit {
  let ends: number[] = [];
  const mayRestart = (now: number): boolean => {
    ends = [...ends.filter((it) => now - it < window), now];
    return ends.length < count;
  };
  return Object.assign(mayRestart, { forget: () => void (ends = []) });
}
