import { didYouMean } from '../nearest.ts';
import type { Rule } from '../parts.ts';

/** A template is about a topic of the region. */
export const templateTopics: Rule = ({ settings, templates }) => {
  if (settings === null) return [];
  const known = settings.topics.map(({ code }) => code);
  return templates.flatMap(({ index, record: { topic } }) =>
    topic === undefined || known.includes(topic)
      ? []
      : [
          {
            file: 'templates.yaml' as const,
            path: [index, 'topic'],
            message: `тема «${topic}» не описана в region.yaml${didYouMean(topic, known)}; допустимо: ${known.join(', ')}`,
          },
        ],
  );
};
