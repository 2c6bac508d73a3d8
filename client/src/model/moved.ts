/** The list with one entry that many places further on; at the ends it stays. */
export function moved<T>(list: readonly T[], index: number, by: number): readonly T[] {
  const entry = list[index];
  const target = Math.min(list.length - 1, Math.max(0, index + by));
  if (entry === undefined || target === index) {
    return list;
  }
  const others = list.filter((_, each) => each !== index);
  return [...others.slice(0, target), entry, ...others.slice(target)];
}
