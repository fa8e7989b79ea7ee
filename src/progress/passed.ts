import { elements, type Element, type ElementId } from '../engine/contract.ts';

const byId = new Map<string, Element>(elements.map((it) => [it.id, it]));

/**
 * The elements that a process passed, given those whose jobs it did (`recorded`, in their order): also
 * what must have been passed for a job to begin, such as the task of a person before it, and the end
 * right behind it. Where the diagram leaves it open which way was taken, nothing is claimed. An element
 * that the diagram no longer has stays.
 */
export function passedElements(recorded: readonly string[]): string[] {
  const passed = new Set<string>();
  for (const id of recorded) {
    for (const before of waysTo(id)) passed.add(before);
    passed.add(id);
    const end = elements.find(
      ({ type, after }) => type === 'EndEvent' && after.length === 1 && after[0] === id,
    );
    if (end) passed.add(end.id);
  }
  return [...passed];
}

/** What lies between a job and the one before it, as far as there is a single way. */
function waysTo(id: string): ElementId[] {
  const [only, ...others] = byId.get(id)?.after ?? [];
  const before = only && byId.get(only);
  if (!before || others.length > 0 || before.jobType !== null) return [];
  const further = before.type === 'UserTask' ? [] : waysTo(before.id);
  return [...further, before.id];
}
