import type { Model, Timer } from './model.ts';

/** A number, or text with one in it: `duration("PT8H")`, `date(2026, 11, 24)`. */
const LITERAL = /"[^"]*\d[^"]*"|(?<![\w.])\d/;

/**
 * Timers that hold a time of their own. Limits are data of the region and are counted in working time
 * (clauses 5 to 9), so a timer reads its instant from a variable; only a process may start by the calendar.
 */
export function fixedTimers(elements: readonly Model[]): string[] {
  return elements.flatMap((element) =>
    element.$type === 'bpmn:StartEvent'
      ? []
      : (element.eventDefinitions ?? [])
          .map(timeOf)
          .filter((time) => time !== null && (!time.startsWith('=') || LITERAL.test(time)))
          .map(
            (time) =>
              `элемент «${element.id}»: в таймере записано время «${time}», а сроки задаёт реестр ` +
              'и считает приложение; допустимо выражение с переменной, например ' +
              '=date and time(assignment.dueAt)',
          ),
  );
}

const timeOf = ({ $type, timeDate, timeDuration, timeCycle }: Timer): string | null =>
  $type === 'bpmn:TimerEventDefinition'
    ? ((timeDate ?? timeDuration ?? timeCycle)?.body?.trim() ?? null)
    : null;
