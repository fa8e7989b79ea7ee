import { createPageLinks } from '../../src/http/page-link.ts';
import type { MessageInWork } from './message.ts';
import type { System } from './system.ts';
import { complete, openTask, type OpenTask } from './tasks.ts';
import { eventually } from './wait.ts';

/** What a form sends, as far as a test cares. */
type Form = Record<string, unknown>;

/** The acts of people, each by its task; what a form sends can be changed field by field. */
export function people(system: System) {
  const task = (message: MessageInWork, element: string, assignee?: string): Promise<OpenTask> =>
    openTask(system, {
      instance: message.instance,
      element,
      ...(assignee !== undefined && { assignee }),
    });
  const act = async (found: Promise<OpenTask>, form: unknown): Promise<void> =>
    complete(system, await found, form);

  const curator = {
    sees: (message: MessageInWork, element: string) => task(message, element),
    triages: (message: MessageInWork, form: Form = {}) =>
      act(task(message, 'triage'), {
        decision: 'take',
        agencies: ['minzhkh'],
        topic: 'heating',
        kind: 'complaint',
        municipality: 'smolensk',
        urgent: false,
        note: null,
        reason: null,
        repeatOf: null,
        duplicateOf: null,
        answerHere: null,
        ...form,
      }),
    composes: (message: MessageInWork, text: string) =>
      act(task(message, 'compose-answer'), { text }),
    reviews: (message: MessageInWork, form: Form) =>
      act(task(message, 'review-answer'), {
        decision: null,
        reworkAssignments: null,
        remarks: null,
        fault: null,
        ...form,
      }),
    publishes: (message: MessageInWork, form: Form = {}) =>
      curator.reviews(message, { decision: 'publish', ...form }),
    async sendsBack(message: MessageInWork, agencies: string[], remarks: string) {
      const assignments = await Promise.all(agencies.map((agency) => message.assignment(agency)));
      const reworkAssignments = assignments.map(({ id }) => id);
      await curator.reviews(message, { decision: 'rework', reworkAssignments, remarks });
    },
    decidesOnReturn: (message: MessageInWork, form: Form) =>
      act(task(message, 'review-return'), { agencyCode: null, note: null, ...form }),
    appoints: (message: MessageInWork, form: Form) =>
      act(task(message, 'appoint-agency'), { agencyCode: null, ...form }),
    publishesByHand: (message: MessageInWork, link: string) =>
      act(task(message, 'publish-manually'), { outcome: 'published', link, note: null }),
    findsGoneByHand: (message: MessageInWork, note: string) =>
      act(task(message, 'publish-manually'), { outcome: 'gone', link: null, note }),
    /** By the link in each of the curator's tasks. */
    async withdraws({ id }: MessageInWork, reason: string) {
      const links = createPageLinks(system.url, system.environment['OTKLIK_LINK_SECRET'] ?? '');
      const body = new URLSearchParams({ reason });
      const response = await fetch(links.link(id, 'curate'), { method: 'POST', body });
      if (!response.ok) throw new Error(`not withdrawn: ${await response.text()}`);
    },
    decidesOnGone: (message: MessageInWork, form: Form) =>
      act(task(message, 'decide-gone'), { note: null, ...form }),
  };

  const executor = (login: string) => ({
    sees: (message: MessageInWork, element = 'prepare-draft') => task(message, element, login),
    drafts: (message: MessageInWork, text: string) =>
      act(task(message, 'prepare-draft', login), {
        outcome: 'draft',
        text,
        template: null,
        grounds: null,
        competentAgency: null,
      }),
    returns: (message: MessageInWork, grounds: string, competentAgency: string | null = null) =>
      act(task(message, 'prepare-draft', login), {
        outcome: 'return',
        text: null,
        grounds,
        competentAgency,
      }),
    reworks: (message: MessageInWork, text: string) =>
      act(task(message, 'rework-draft', login), { text }),
  });

  /** A task of a process that the Procedure started: `variable` is what it was started with. */
  const startedBy = async (
    variable: 'shortcomingId' | 'urgentReportId' | 'month',
    value: string,
    element: string,
  ): Promise<OpenTask> =>
    openTask(system, { instance: await instanceWith(system, variable, value), element });

  const deputyGovernor = {
    sees: (shortcomingId: string) =>
      startedBy('shortcomingId', shortcomingId, 'consider-shortcoming'),
    decides: (shortcomingId: string, form: Form) =>
      act(deputyGovernor.sees(shortcomingId), { remedyDueAt: null, ...form }),
  };
  const remedy = {
    isSeen: (shortcomingId: string) =>
      startedBy('shortcomingId', shortcomingId, 'remedy-shortcoming'),
    isReported: (shortcomingId: string, text: string) =>
      act(remedy.isSeen(shortcomingId), { text }),
  };
  const departmentHead = {
    sees: (urgentReportId: string) => startedBy('urgentReportId', urgentReportId, 'confirm-urgent'),
    decides: (urgentReportId: string, form: Form) =>
      act(departmentHead.sees(urgentReportId), { note: null, ...form }),
  };
  const monthly = {
    isSeen: (month: string) => startedBy('month', month, 'check-monthly-data'),
    isChecked: (month: string, form: Form) =>
      act(monthly.isSeen(month), { remarks: null, ...form }),
  };

  return { curator, executor, deputyGovernor, remedy, departmentHead, monthly, complete: act };
}

/** Waits until a process has the variable with this value. */
async function instanceWith({ view }: System, name: string, value: string): Promise<string> {
  return eventually(`a process with ${name} = ${value}`, async () => {
    await view.look();
    return view.instancesWith(name, value)[0];
  });
}
