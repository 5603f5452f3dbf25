const MODES = ['ok', 'slow', 'error', 'exception'] as const;
export type ChaosMode = (typeof MODES)[number];

/** One visit to `/chaos`: how it goes and how long it takes. */
export interface ChaosTurn {
  readonly mode: ChaosMode;
  readonly delayMs: number;
}

export class PaymentGatewayError extends Error {
  override readonly name = 'PaymentGatewayError';
}

/** Reads `?mode=`: undefined where it is not one of the modes. */
export function chaosMode(text: string | null): ChaosMode | undefined {
  return MODES.find((mode) => mode === text);
}

/** A sequence of failures that looks random and is the same for the same seed. A forced mode still takes its turn. */
export function createChaos(seed: number): (forced?: ChaosMode) => ChaosTurn {
  const random = mulberry32(seed);
  return (forced) => {
    const mode = forced ?? MODES[Math.floor(random() * MODES.length)] ?? 'ok';
    const share = random();
    return { mode, delayMs: Math.round(mode === 'slow' ? 300 + share * 900 : share * 20) };
  };
}

/** Fails the way real code does: a cause inside, a stack of several frames. */
export function chargeCard(orderId: string): never {
  try {
    return openGateway();
  } catch (cause) {
    throw new PaymentGatewayError(`could not charge order ${orderId}`, { cause });
  }
}

function openGateway(): never {
  throw new RangeError('connection pool exhausted after 3 attempts');
}

/** Mulberry32 by Tommy Ettinger (public domain): 32 bits of state are plenty for a sample. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
