import { commentMethods } from './comments.ts';
import { createCommentMethod } from './create-comment.ts';
import type { Method, MethodDeps } from './method.ts';
import { newsfeedMethods } from './newsfeed.ts';
import { peopleMethods } from './people.ts';
import { photoMethods } from './photos.ts';
import { wallMethods } from './wall.ts';

/** All methods the stand-in knows, by name. */
export function createMethods(deps: MethodDeps): Map<string, Method> {
  const methods = [
    ...newsfeedMethods(deps),
    ...wallMethods(deps),
    ...commentMethods(deps),
    createCommentMethod(deps),
    ...photoMethods(deps),
    ...peopleMethods(deps),
  ];
  return new Map(methods.map((method) => [method.name, method]));
}
