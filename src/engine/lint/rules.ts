import { Linter } from 'bpmnlint';
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js';
import type { Model } from './model.ts';
import { ruleWords } from './words.ts';

/** The generations of the engine that the diagram must fit: the one of the local stack and production's. */
const GENERATIONS = ['camunda-cloud-8-6', 'camunda-cloud-8-9'];

interface Report {
  id: string;
  message: string;
  category: string;
}

/** What the rules of BPMN and of both engine generations find, each fault once. */
export async function brokenRules(root: Model): Promise<string[]> {
  const faults = new Set<string>();
  for (const generation of GENERATIONS) {
    const linter = new Linter({
      config: {
        extends: ['bpmnlint:recommended', `plugin:camunda-compat/${generation}`],
        rules: { 'fake-join': 'off' },
      },
      resolver: new NodeResolver(),
    });
    const results = (await linter.lint(root)) as Record<string, Report[]>;
    for (const [rule, reports] of Object.entries(results)) {
      for (const { id, message, category } of reports) {
        if (category !== 'warn') faults.add(`элемент «${id}»: ${inWords(rule, message)}`);
      }
    }
  }
  return [...faults];
}

const inWords = (rule: string, message: string): string =>
  `${ruleWords[rule] ?? 'ошибка схемы'} (${rule}: ${message})`;
