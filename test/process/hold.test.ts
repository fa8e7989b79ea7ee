import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { connectEngine } from '../../src/engine/client.ts';
import type { JobType } from '../../src/engine/contract.ts';
import { holdJob } from '../../src/engine/hold.ts';
import { startWorkers } from '../../src/engine/worker.ts';
import { act } from '../system/act.ts';
import { deadUrl } from '../vk.ts';

const TIMEOUT_MS = 3_000;
/** How far the engine's clock goes at once, and how long that takes. */
const STEP_MS = 200;

/** A process with one job. */
const PROCESS = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="http://example.org/">
  <bpmn:process id="long-job" isExecutable="true">
    <bpmn:startEvent id="start"/>
    <bpmn:sequenceFlow id="flow" sourceRef="start" targetRef="work"/>
    <bpmn:serviceTask id="work">
      <bpmn:extensionElements><zeebe:taskDefinition type="long-job"/></bpmn:extensionElements>
    </bpmn:serviceTask>
  </bpmn:process>
</bpmn:definitions>`;

describe('A job that takes long', () => {
  const given = act();

  it('is done by one worker, however long it takes', async () => {
    const { clock, system } = given;
    const { engine } = system;
    await engine.deployResources([{ process: Buffer.from(PROCESS), name: 'long-job.bpmn' }]);
    let runs = 0;
    const workers = startWorkers(
      engine,
      [
        {
          type: 'long-job' as JobType,
          fetch: [],
          run: async (_variables, { signal }) => {
            runs += 1;
            const long = clock.now().plus(3 * TIMEOUT_MS);
            while (clock.now() < long) {
              await sleep(STEP_MS, undefined, { signal });
              await clock.nudge(STEP_MS);
            }
          },
        },
      ],
      TIMEOUT_MS,
    );
    try {
      await engine.createProcessInstanceWithResult({
        bpmnProcessId: 'long-job',
        variables: {},
        requestTimeout: 30_000,
      });
      expect(runs).to.equal(1);
    } finally {
      await workers.close();
    }
  });

  it('is given up before another gets it when the engine is away', async () => {
    const engine = connectEngine(new URL(await deadUrl()).host);
    const job = {
      key: '1',
      type: 'long-job',
      processInstanceKey: '1',
      elementId: 'work',
      elementInstanceKey: '1',
      retries: 3,
      variables: '{}',
    };
    const hold = holdJob(engine, job, TIMEOUT_MS);
    try {
      await new Promise((resolve) => hold.signal.addEventListener('abort', resolve));
      expect(hold.until()).to.be.above(performance.now());
    } finally {
      hold.release();
      await engine.close();
    }
  });
});
