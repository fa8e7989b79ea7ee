import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { InputError } from '../errors.ts';
import { assertDeployable } from './lint.ts';
import { readDiagram } from './lint/model.ts';
import { fixedTimers } from './lint/timers.ts';

const BPMN = join(import.meta.dirname, '..', '..', 'bpmn');

describe('The diagram before it is deployed', () => {
  let dir: string;
  let xml: string;
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'otklik-test-bpmn-'));
    xml = await readFile(join(BPMN, 'procedure.bpmn'), 'utf8');
  });
  after(() => rm(dir, { recursive: true, force: true }));

  /** The lines of the complaint about a diagram in which `old` was replaced. */
  async function faultsAfter(old: string, replacement: string): Promise<string[]> {
    expect(xml, old).to.include(old);
    return faultsOf(xml.replace(old, replacement));
  }

  async function faultsOf(content: string): Promise<string[]> {
    await writeFile(join(dir, 'procedure.bpmn'), content);
    try {
      await assertDeployable(dir);
      return [];
    } catch (error) {
      expect(error).to.be.instanceOf(InputError);
      return (error as InputError).message.split('\n');
    }
  }

  it('passes as it is', () => assertDeployable(BPMN));

  it('must not lose the way on from a boundary event', async () => {
    const flow = 'return-window-closes-to-close-return-window';
    const cut = xml
      .replace(`<bpmn:outgoing>${flow}</bpmn:outgoing>`, '')
      .replace(`<bpmn:incoming>${flow}</bpmn:incoming>`, '')
      .replace(new RegExp(`<bpmn:sequenceFlow id="${flow}"[^>]*/>`), '')
      .replace(
        new RegExp(`<bpmndi:BPMNEdge [^>]*bpmnElement="${flow}"[\\s\\S]*?</bpmndi:BPMNEdge>`),
        '',
      );
    const faults = await faultsOf(cut);
    expect(faults).to.satisfy((lines: string[]) =>
      lines.some((line) => line.includes('элемент «return-window-closes»: из элемента нет выхода')),
    );
    expect(faults.every((line) => line.startsWith(`${join(dir, 'procedure.bpmn')}: `))).to.be.true;
  });

  it('names a job type that the application does not know, and the one that is lost', async () => {
    const faults = await faultsAfter('type="close-return-window"', 'type="close-window"');
    expect(faults).to.have.length(2);
    expect(faults[0]).to.include('нет задания с типом «close-return-window», его ждёт приложение');
    expect(faults[1]).to.include(
      '«close-return-window»: тип задания «close-window» приложению неизвестен',
    );
  });

  const due =
    '<bpmn:timeDate xsi:type="bpmn:tFormalExpression">=date and time(assignment.dueAt)</bpmn:timeDate>';
  for (const timer of [
    '<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT8H</bpmn:timeDuration>',
    '<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">=duration("PT8H")</bpmn:timeDuration>',
    '<bpmn:timeDate xsi:type="bpmn:tFormalExpression">=now() + @"PT8H"</bpmn:timeDate>',
    '<bpmn:timeDate xsi:type="bpmn:tFormalExpression">2026-11-24T18:00:00Z</bpmn:timeDate>',
    '<bpmn:timeDate xsi:type="bpmn:tFormalExpression">=date and time(date(2026, 11, 24), time(18, 0, 0))</bpmn:timeDate>',
    '<bpmn:timeCycle xsi:type="bpmn:tFormalExpression">R/PT15M</bpmn:timeCycle>',
  ]) {
    it(`must not hold a time of its own: ${/>([^<]+)</.exec(timer)?.[1]} (clauses 5, 6, 8, 9)`, async () => {
      expect(xml).to.include(due);
      const { elements } = await readDiagram(xml.replace(due, timer));
      const [fault, ...more] = fixedTimers(elements);
      expect(fault).to.include('элемент «draft-deadline»: в таймере записано время «');
      expect(fault).to.include('=date and time(assignment.dueAt)');
      expect(more).to.be.empty;
    });
  }

  for (const content of ['', 'Договор.docx', '<html/>', '<bpmn:definitions']) {
    it(`is told from what is no diagram: «${content}»`, async () => {
      const [fault, ...more] = await faultsOf(content);
      expect(fault).to.include('это не схема BPMN');
      expect(more.every((line) => !line.includes('procedure.bpmn: '))).to.be.true;
    });
  }

  it('must be there', async () => {
    const error: unknown = await assertDeployable(join(dir, 'nowhere')).catch((it: unknown) => it);
    expect(error).to.be.instanceOf(InputError);
    expect((error as Error).message).to.match(/nowhere.procedure\.bpmn: файл не найден$/);
  });
});
