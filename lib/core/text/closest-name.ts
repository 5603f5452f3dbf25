/** More wrong letters than this make it another word. */
const DISTANCE_AT_MOST = 3;
/** Longer than any name that Weir offers; anything longer is not a slip of one of them. */
const LONGEST_NAME = 64;

/** The name among `names` that `name` was probably meant to be, if one is near enough. */
export function closestName(name: string, names: Iterable<string>): string | undefined {
  let closest: string | undefined;
  let least = Math.min(DISTANCE_AT_MOST, Math.ceil(name.length / 2)) + 1;
  if (name.length > LONGEST_NAME) return undefined;
  for (const candidate of names) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance >= least) continue;
    closest = candidate;
    least = distance;
  }
  return closest;
}

/** Letters to add, leave out or change (Levenshtein). */
function editDistance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const change = from.charAt(row - 1) === to.charAt(column - 1) ? 0 : 1;
      current.push(
        Math.min(
          (above[column] as number) + 1,
          (current[column - 1] as number) + 1,
          (above[column - 1] as number) + change,
        ),
      );
    }
    above = current;
  }
  return above[to.length] as number;
}
