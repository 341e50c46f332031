/** A record of numbers with three digits after the point, as a report writes them. */
export function roundAll<Key extends string>(values: Record<Key, number>): Record<Key, number> {
  return Object.fromEntries(
    Object.entries<number>(values).map(([key, value]) => [key, Number(value.toFixed(3))]),
  ) as Record<Key, number>;
}
