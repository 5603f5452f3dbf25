/**
 * The part of `items` that is up in a turn: `size` of them at most, beginning where the turn before ended and going on
 * from the start after the last. While the items stay the same, as many turns as they fill reach each of them.
 */
export function takeTurn<Item>(items: readonly Item[], turn: number, size: number): readonly Item[] {
  if (items.length <= size) return items;
  const start = (turn * size) % items.length;
  const end = start + size;
  return [...items.slice(start, end), ...items.slice(0, Math.max(0, end - items.length))];
}
