import { faultKinds, type Fault, type FaultKind } from '../faults.ts';
import { field } from './layout.ts';
import { markup, type Markup } from './markup.ts';

export interface FaultsPanel {
  /** Where the forms go: `/vk/behaviour`. */
  action: string;
  names: Record<FaultKind, string>;
  methods: readonly string[];
}

/** The folded panel in which the network is made to misbehave. */
export function faultsPanel({ action, names, methods }: FaultsPanel, active: Markup): Markup {
  return markup`<details class="card panel"><summary>Неисправности сети</summary>
<form method="post" action="${action}" data-live class="panel__form">
${field('Неисправность', 'fault-kind', markup`<select id="fault-kind" name="kind">${faultKinds.map((kind) => markup`<option value="${kind}">${names[kind]}</option>`)}</select>`)}
${field('Метод', 'fault-method', markup`<select id="fault-method" name="method"><option value="">как обычно для неё</option><option value="*">все методы</option>${methods.map((name) => markup`<option>${name}</option>`)}</select>`)}
${field('Сколько раз', 'fault-times', markup`<input id="fault-times" name="times" type="number" min="1" placeholder="пока не выключат">`)}
${field('Задержка, мс', 'fault-ms', markup`<input id="fault-ms" name="ms" type="number" min="0" max="600000" value="3000">`)}
<p class="error" role="alert" hidden></p>
<button>Включить</button>
</form>
<div id="faults">${active}</div>
</details>`;
}

/** The faults switched on now. */
export function activeFaults({ action, names }: FaultsPanel, faults: readonly Fault[]): Markup {
  if (faults.length === 0) return markup`<p class="muted">Сеть работает исправно.</p>`;
  return markup`<ul class="faults">${faults.map(
    (
      fault,
    ) => markup`<li><span>${names[fault.kind]}, ${fault.method === '*' ? 'все методы' : fault.method}${fault.kind === 'latency' && `, ${fault.ms ?? 1000} мс`}, ${fault.times === null ? 'пока не выключат' : `осталось раз: ${fault.times}`}</span>
<form method="post" action="${action}" data-live><input type="hidden" name="kind" value="${fault.kind}"><input type="hidden" name="method" value="${fault.method}"><input type="hidden" name="times" value="0"><button class="link">Выключить</button></form></li>`,
  )}</ul>`;
}
