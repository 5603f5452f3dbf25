const HEARTBEAT_SECONDS = 10;
const REDRAW_MS = 200;

/** Tells the user what is going on: one line a step, and signs of life for those that take long. */
export interface Progress {
  /** Runs one step. `describe` gives what was done, for the line that ends it. */
  step<T>(name: string, work: () => Promise<T>, describe?: (result: T) => string): Promise<T>;
  say(line: string): void;
}

/** Shows progress on `output`: a live line on a terminal, a line every ten seconds elsewhere. */
export function showProgress(output: NodeJS.WriteStream): Progress {
  const running = new Map<string, number>();
  let lastHeartbeat = Date.now();
  let timer: NodeJS.Timeout | undefined;
  const clear = () => output.isTTY && output.write('\r\u001b[K');
  const say = (line: string) => {
    clear();
    output.write(`${line}\n`);
  };
  const beat = () => {
    const status = [...running]
      .map(([name, since]) => `${name} (${secondsSince(since).toFixed(0)} s)`)
      .join(', ');
    if (output.isTTY) output.write(`\r\u001b[K… ${status}`.slice(0, output.columns + 3));
    else if (secondsSince(lastHeartbeat) >= HEARTBEAT_SECONDS) {
      lastHeartbeat = Date.now();
      say(`… ${status}`);
    }
  };
  return {
    say,
    async step(name, work, describe) {
      const since = Date.now();
      running.set(name, since);
      timer ??= setInterval(beat, REDRAW_MS);
      try {
        const result = await work();
        const what = describe?.(result);
        say(`✓ ${name}${what ? `: ${what}` : ''} (${secondsSince(since).toFixed(1)} s)`);
        return result;
      } catch (error) {
        say(`✗ ${name} (${secondsSince(since).toFixed(1)} s)`);
        throw error;
      } finally {
        running.delete(name);
        if (running.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
      }
    },
  };
}

function secondsSince(time: number): number {
  return (Date.now() - time) / 1000;
}
