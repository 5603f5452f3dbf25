import * as z from 'zod';

/** Where rules can send messages to. `webhook` is the address in ALERT_WEBHOOK. */
export const Channel = z.enum(['webhook']);
