/** Before or after the side effect it names, the process dies. */
export interface KillPoint {
  /** Number of the side effect, from 1. */
  readonly killAt: number;
  readonly when: 'before' | 'after';
}

type Effect<Args extends unknown[], Result> = (...args: Args) => Promise<Result>;

/** Plays a process that is killed: after the kill nothing that it guards happens, and nothing of it returns. */
export function createKillSwitch(point?: KillPoint) {
  let effects = 0;
  let isDead = false;
  const never = new Promise<never>(() => {});
  const killed = Promise.withResolvers<'killed'>();
  const die = (): Promise<never> => {
    isDead = true;
    killed.resolve('killed');
    return never;
  };
  const strike = (when: KillPoint['when'], number: number): boolean =>
    point?.killAt === number && point.when === when;

  return {
    /** How many side effects there were. */
    effects: () => effects,
    /** The same side effect, with the kill around it. */
    guard<Args extends unknown[], Result>(effect: Effect<Args, Result>): Effect<Args, Result> {
      return async (...args) => {
        if (isDead) return never;
        effects += 1;
        const number = effects;
        if (strike('before', number)) return die();
        const result = await effect(...args);
        return strike('after', number) || isDead ? die() : result;
      };
    },
    /** Runs until the end or the kill. */
    async run(work: Promise<unknown>): Promise<void> {
      await Promise.race([work, killed.promise]);
    },
  };
}

/** Every point at which a run of `effects` side effects can be killed. */
export function killPoints(effects: number): KillPoint[] {
  return Array.from({ length: effects }, (_, effect): KillPoint[] => [
    { killAt: effect + 1, when: 'before' },
    { killAt: effect + 1, when: 'after' },
  ]).flat();
}
