import { addCommentMethod } from './add-comment.ts';
import { discussionMethods } from './discussions.ts';
import type { Method, MethodDeps } from './method.ts';
import { photoMethods } from './photos.ts';
import { topicMethods } from './topics.ts';

/** All methods the stand-in knows, by name. */
export function createMethods(deps: MethodDeps): Map<string, Method> {
  const methods = [
    ...discussionMethods(deps),
    addCommentMethod(deps),
    ...topicMethods(deps),
    ...photoMethods(deps),
  ];
  return new Map(methods.map((method) => [method.name, method]));
}
