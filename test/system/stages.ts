import type { Act } from './act.ts';
import type { CityPost } from './city.ts';
import type { MessageInWork } from './message.ts';

/** A post and its message. */
export interface Case {
  post: CityPost;
  message: MessageInWork;
}

/** A message that the agencies got just now. */
export async function inWork(
  act: Act,
  agencies = ['minzhkh'],
  text = 'Нет отопления.',
): Promise<Case> {
  const post = act.city.writes(text);
  const message = await act.otklik.detected(post);
  await act.curator.triages(message, { agencies });
  for (const agency of agencies) await act.executor(agency).sees(message);
  return { post, message };
}

/** A message whose only draft lies before the curator. */
export async function atReview(
  act: Act,
  draft = 'Отопление включено.',
  text?: string,
): Promise<Case> {
  const it = await inWork(act, ['minzhkh'], text);
  await act.executor('minzhkh').drafts(it.message, draft);
  await act.curator.sees(it.message, 'review-answer');
  return it;
}
