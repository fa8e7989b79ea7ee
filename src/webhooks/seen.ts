/** Remembers the last `size` ids. */
export function createSeen(size: number): { has(id: string): boolean; add(id: string): void } {
  const ids = new Set<string>();
  return {
    has: (id) => ids.has(id),
    add(id) {
      ids.add(id);
      const oldest = ids.values().next();
      if (ids.size > size && !oldest.done) ids.delete(oldest.value);
    },
  };
}
