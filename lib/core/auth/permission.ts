import type { Role } from './user.ts';

/** What a request may do. */
export type Scope = 'logs:read' | 'rules:read' | 'rules:write' | 'alerts:ack' | 'channels:write' | 'admin';

const VIEWER: readonly Scope[] = ['logs:read', 'rules:read'];
const EDITOR: readonly Scope[] = [...VIEWER, 'rules:write', 'alerts:ack', 'channels:write'];
const ADMIN: readonly Scope[] = [...EDITOR, 'admin'];

const SCOPES: Readonly<Record<Role, readonly Scope[]>> = { viewer: VIEWER, editor: EDITOR, admin: ADMIN };

/** The scopes of a role; each role has those of the one below. */
export function scopesOf(role: Role): readonly Scope[] {
  return SCOPES[role];
}

/** Whether a role has a scope. */
export function hasScope(role: Role, scope: Scope): boolean {
  return SCOPES[role].includes(scope);
}
