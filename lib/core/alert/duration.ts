import * as z from 'zod';

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** A duration as rules write it, a whole number and one unit (`90s`, `5m`, `4h`, `7d`); parsed into seconds. */
export const Duration = z
  .string()
  .regex(/^\d{1,6}[smhd]$/, 'must be a whole number and a unit (s, m, h or d), such as 5m')
  .transform((text) => Number(text.slice(0, -1)) * SECONDS[text.slice(-1) as keyof typeof SECONDS]);
