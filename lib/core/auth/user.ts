import * as z from 'zod';

/** What a user may do: read, change rules and acknowledge, or everything. */
export const Role = z.enum(['viewer', 'editor', 'admin']);
export type Role = z.infer<typeof Role>;

/** A person who may sign in. */
export const User = z.object({
  /** In lower case. */
  email: z.email().lowercase(),
  role: Role,
  /** As `hashPassword` makes it. */
  passwordHash: z.string(),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  disabled: z.boolean().optional(),
});
export type User = z.infer<typeof User>;
