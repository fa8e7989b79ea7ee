import type { ElementId } from '../engine/contract.ts';
import type { History } from '../db/history.ts';

type Known = Pick<
  History,
  'message' | 'assignments' | 'deadlines' | 'answers' | 'decisions' | 'publications'
>;

/**
 * Where a message waits, as its rows tell: the tasks of people, or the publication that is being tried.
 * `recorded`: the elements whose jobs were done.
 */
export function currentElements(known: Known, recorded: readonly string[]): ElementId[] {
  const { message, assignments } = known;
  if (message.finishedAt !== null) return [];
  if (message.processInstanceKey === null) return ['message-detected'];
  if (message.status === 'review') return inReview(known, recorded);
  const waits = assignments.flatMap(({ status }): ElementId[] =>
    status === 'open' ? ['prepare-draft'] : status === 'returned' ? ['review-return'] : [],
  );
  if (waits.length > 0) return [...new Set(waits)];
  const nobody = recorded.includes('assign-executor') && !recorded.includes('record-appointment');
  return assignments.length === 0 && nobody ? ['appoint-agency'] : ['triage'];
}

function inReview(
  { deadlines, answers, decisions, publications, assignments }: Known,
  recorded: readonly string[],
): ElementId[] {
  const reworked = deadlines.some(({ kind, stoppedAt }) => kind === 'rework' && stoppedAt === null);
  if (reworked) return ['rework-draft'];
  const round = deadlines.findLast(({ kind }) => kind === 'review');
  const answer = answers.at(-1);
  const parts = assignments.filter(({ status }) => status === 'drafted').length;
  if (!answer || (round && answer.composedAt < round.startedAt)) {
    return parts > 1 ? ['compose-answer'] : ['review-answer'];
  }
  const decided = decisions.findLast(({ answerId }) => answerId === answer.id);
  if (decided?.decision === 'edit') return ['compose-answer'];
  if (decided?.decision !== 'publish') return ['review-answer'];
  switch (publications.findLast(({ answerId }) => answerId === answer.id)?.status) {
    case 'needs-person':
      return ['publish-manually'];
    case 'gone':
      return recorded.includes('record-gone') ? ['publish-manually'] : ['decide-gone'];
    case 'refused':
      return ['compose-answer'];
    case 'reserved':
    case 'unknown':
    case 'published':
    case undefined:
      return ['publish-answer'];
  }
}
