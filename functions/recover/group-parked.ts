import { PARKED_FOLDER } from '../../lib/core/archive/parked-file.ts';
import type { ObjectStore, ObjectSummary } from '../../lib/ports/object-store.ts';

/** Objects that are un-parked together: what a few requests to the index carry, however small the batches were. */
const GROUP_OBJECTS = 50;
const GROUP_BYTES = 1024 * 1024;

/**
 * Groups the parked objects, the oldest day first, until they come to `maxBytes`. The first object is a group of its own:
 * the trial of an index that was down.
 */
export async function* groupParked(
  objects: Pick<ObjectStore, 'list'>,
  maxBytes: number,
): AsyncGenerator<readonly ObjectSummary[]> {
  let isTrial = true;
  let left = maxBytes;
  let group: ObjectSummary[] = [];
  let groupBytes = 0;
  for await (const object of objects.list(PARKED_FOLDER)) {
    if (left <= 0) break;
    left -= object.bytes;
    group.push(object);
    groupBytes += object.bytes;
    if (!isTrial && group.length < GROUP_OBJECTS && groupBytes < GROUP_BYTES) continue;
    yield group;
    isTrial = false;
    group = [];
    groupBytes = 0;
  }
  if (group.length > 0) yield group;
}
