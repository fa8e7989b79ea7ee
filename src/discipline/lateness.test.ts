import { expect } from 'chai';
import { createCalendar, defaultHours } from '../calendar/calendar.ts';
import { latenessOf, sayLateness } from './lateness.ts';

const calendar = createCalendar(defaultHours, []);
const zone = 'Europe/Moscow';
const msk = (text: string): Date => new Date(`${text}:00+03:00`);
// Tuesday, a working day that no holiday touches.
const clock = { kind: 'draft' as const, plain: false, dueAt: msk('2026-11-24T18:00') };

describe('By how much a limit was missed', () => {
  it('counts working time and plain time of a finished miss', () => {
    const stoppedAt = msk('2026-11-25T10:20');
    const lateness = latenessOf({ ...clock, stoppedAt }, calendar, msk('2026-11-25T12:00'));
    expect(lateness).to.deep.equal({
      stoppedAt,
      workingMs: 80 * 60_000,
      plainMs: (16 * 60 + 20) * 60_000,
    });
    expect(sayLateness(lateness, 'draft', zone)).to.equal(
      'Срок превышен на 1 ч 20 мин рабочего времени (календарного — 16 ч 20 мин); ' +
        'ответ поступил 25.11.2026 10:20.',
    );
  });

  it('says of a miss that goes on how far it went', () => {
    const lateness = latenessOf({ ...clock, stoppedAt: null }, calendar, msk('2026-11-25T10:20'));
    expect(sayLateness(lateness, 'draft', zone)).to.equal(
      'На момент уведомления срок превышен на 1 ч 20 мин рабочего времени ' +
        '(календарного — 16 ч 20 мин); ответ не поступил.',
    );
  });

  it('does not see what happened after the moment asked about', () => {
    const stoppedAt = msk('2026-11-25T15:00');
    const asOf = msk('2026-11-24T18:00');
    const lateness = latenessOf({ ...clock, stoppedAt }, calendar, asOf);
    expect(lateness).to.deep.equal({ stoppedAt: null, workingMs: 0, plainMs: 0 });
    expect(sayLateness(lateness, 'draft', zone)).to.match(
      /^На момент уведомления срок превышен на менее 1 мин рабочего времени/,
    );
  });

  it('tells working time in hours, however long, and skips the weekend', () => {
    const due = { ...clock, dueAt: msk('2026-11-20T18:00'), stoppedAt: null };
    const lateness = latenessOf(due, calendar, msk('2026-11-26T09:30'));
    expect(sayLateness(lateness, 'draft', zone)).to.contain(
      '24 ч 30 мин рабочего времени (календарного — 5 сут. 15 ч 30 мин)',
    );
  });

  it('counts a plain limit in plain time only', () => {
    const plain = {
      kind: 'return' as const,
      plain: true,
      dueAt: msk('2026-11-21T23:00'),
      stoppedAt: msk('2026-11-21T23:05'),
    };
    const lateness = latenessOf(plain, calendar, msk('2026-11-22T01:00'));
    expect(lateness.workingMs).to.equal(null);
    expect(sayLateness(lateness, 'return', zone)).to.equal(
      'Срок превышен на 5 мин; сообщение возвращено 21.11.2026 23:05.',
    );
  });
});
