import type { JsonObject } from '../../core/setup/json-value.ts';
import type { DomainSetup } from '../../ports/domain-setup.ts';

/** A DomainSetup that lives as long as the process. It is not ready the first `failures` times that it is asked. */
export function createMemorySetup({ failures = 0 } = {}): DomainSetup & { readonly writes: number } {
  const definitions = new Map<string, JsonObject>();
  let asked = 0;
  let writes = 0;
  return {
    get writes() {
      return writes;
    },
    async ready() {
      asked += 1;
      return asked > failures ? { kind: 'ready' } : { kind: 'not-ready', reason: 'connection refused' };
    },
    async find({ kind, name }) {
      return definitions.get(`${kind}/${name}`);
    },
    async put({ kind, name, definition }) {
      writes += 1;
      definitions.set(`${kind}/${name}`, definition);
    },
  };
}
