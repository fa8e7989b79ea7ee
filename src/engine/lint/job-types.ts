import { jobTypes } from '../contract.ts';
import type { Model } from './model.ts';

/** Job types that the application waits for and the diagram lacks, and the other way round. */
export function strayJobTypes(elements: readonly Model[]): string[] {
  const handled: readonly string[] = jobTypes;
  const present = elements.flatMap(({ id, extensionElements }) =>
    (extensionElements?.values ?? []).flatMap(({ $type, type }) =>
      $type === 'zeebe:TaskDefinition' ? [{ id, type: type ?? '' }] : [],
    ),
  );
  return [
    ...handled
      .filter((type) => !present.some((task) => task.type === type))
      .map((type) => `нет задания с типом «${type}», его ждёт приложение`),
    ...present
      .filter(({ type }) => !handled.includes(type))
      .map(
        ({ id, type }) =>
          `элемент «${id}»: тип задания «${type}» приложению неизвестен, оно встанет`,
      ),
  ];
}
