import { GraphError, noObject } from '../meta/errors.ts';
import { parseFields, select, type Field, type Shape } from '../meta/fields.ts';
import type { GraphCall, GraphNetwork, Operation } from '../meta/graph.ts';
import type { Links } from '../meta/links.ts';
import type { MetaOptions } from '../meta/options.ts';
import { pageOf } from '../meta/paging.ts';
import type { MetaStore } from '../meta/store.ts';
import { graphTime, lengthOf } from '../meta/text.ts';
import type { Comment, Post } from '../meta/types.ts';

const LISTS = ['media', 'tags', 'comments', 'replies'];
const PAGES = { limit: 25, max: 100 };
/** Comments come fifty at most. */
const COMMENTS = { limit: 25, max: 50 };

export interface InstagramApiDeps {
  store: MetaStore;
  options: MetaOptions;
  links: Links;
}

/** Instagram's part of the Graph API: an account, its media, and where it is mentioned. */
export function createInstagramApi({ store, options, links }: InstagramApiDeps): GraphNetwork {
  const { official, limits } = options;

  function operation({ method, path }: GraphCall): Operation {
    if (method === 'POST') return 'publish';
    return path[1] !== undefined && LISTS.includes(path[1]) ? 'list' : 'read';
  }

  function run(call: GraphCall): unknown {
    const [id = '', edge, ...rest] = call.path;
    if (rest.length > 0) throw noObject(call.path.join('/'), call.method.toLowerCase());
    const fields = call.params['fields'] ? parseFields(call.params['fields']) : null;
    if (call.method === 'POST') return publish(call, id, edge);
    if (edge === undefined) return node(id, fields);
    const account = id === official.id;
    if (edge === 'media' && account) return media(call, store.posts('own'), fields);
    if (edge === 'tags' && account) return media(call, store.posts('elsewhere'), fields);
    if (edge === 'comments') {
      const top = store.comments(ownMedia(id).id).filter(({ parent }) => parent === null);
      return commentPage(call, top.toReversed(), fields);
    }
    if (edge === 'replies') return commentPage(call, answersTo(ownComment(id)), fields);
    throw noObject(id);
  }

  /** Others' media and comments are not there for whoever only was mentioned in them. */
  function ownMedia(id: string, method = 'get'): Post {
    const post = store.findPost(id);
    if (post?.place !== 'own') throw noObject(id, method);
    return post;
  }
  function ownComment(id: string, method = 'get'): Comment {
    const comment = store.findComment(id);
    const post = comment && store.findPost(comment.post);
    if (!comment || !post || (post.place !== 'own' && comment.from !== official.id)) {
      throw noObject(id, method);
    }
    return comment;
  }

  const answersTo = (comment: Comment): Comment[] =>
    store.comments(comment.post).filter(({ parent }) => parent === comment.id);

  function node(id: string, fields: Field[] | null): unknown {
    if (id === official.id) {
      const shape: Shape = {
        id: () => id,
        username: () => official.name,
        name: () => official.title,
        mentioned_media: (field) => {
          const post = store.findPost(field.args['media_id'] ?? '');
          if (post?.place !== 'elsewhere') throw noObject(field.args['media_id'] ?? '');
          return select('ShadowIGMedia', mediaShape(post), field.inner, 'id');
        },
        mentioned_comment: (field) => {
          const wanted = field.args['comment_id'] ?? '';
          const comment = store.findComment(wanted);
          if (!comment || !mentions(comment.text)) throw noObject(wanted);
          const shape = mentionedShape(comment);
          return select('ShadowIGComment', shape, field.inner, 'id,text,timestamp');
        },
      };
      return select('ShadowIGUser', shape, fields, 'id');
    }
    const post = store.findPost(id);
    if (post) return select('ShadowIGMedia', mediaShape(ownMedia(id)), fields, 'id');
    return select('ShadowIGComment', commentShape(ownComment(id)), fields, 'id,text,timestamp');
  }

  const mentions = (text: string): boolean => text.includes(`@${official.name}`);

  function media(call: GraphCall, posts: Post[], fields: Field[] | null): unknown {
    return pageOf(
      posts,
      call.params,
      PAGES,
      (post) => select('ShadowIGMedia', mediaShape(post), fields, 'id'),
      (after) => call.link({ ...call.params, after }),
    );
  }

  function commentPage(call: GraphCall, comments: Comment[], fields: Field[] | null): unknown {
    return pageOf(
      comments,
      call.params,
      COMMENTS,
      (comment) => select('ShadowIGComment', commentShape(comment), fields, 'id,text,timestamp'),
      (after) => call.link({ ...call.params, after }),
    );
  }

  function mediaShape(post: Post): Shape {
    return {
      id: () => post.id,
      caption: () => (post.text === '' ? undefined : post.text),
      timestamp: () => graphTime(post.createdAt),
      username: () => store.nameOf(post.from),
      permalink: () => links.post(post),
      media_type: () => 'IMAGE',
      media_url: () => post.photos.map((file) => links.photo(file))[0],
      comments_count: () => store.comments(post.id).length,
      owner: () => (post.place === 'own' ? { id: official.id } : undefined),
    };
  }

  function commentShape(comment: Comment): Shape {
    const post = store.findPost(comment.post);
    return {
      id: () => comment.id,
      text: () => comment.text,
      timestamp: () => graphTime(comment.createdAt),
      username: () => store.nameOf(comment.from),
      from: () => ({ id: comment.from, username: store.nameOf(comment.from) }),
      parent_id: () => comment.parent ?? undefined,
      hidden: () => false,
      like_count: () => 0,
      media: ({ inner }) => post && select('ShadowIGMedia', mediaShape(post), inner, 'id'),
      replies: ({ args, inner }) => {
        const answers = answersTo(comment);
        if (answers.length === 0) return undefined;
        return pageOf(
          answers,
          { limit: args['limit'] ?? '25' },
          COMMENTS,
          (answer) => select('ShadowIGComment', commentShape(answer), inner, 'id,text,timestamp'),
          (after) => `${comment.id}/replies?after=${after}`,
        );
      },
    };
  }

  /** Less is told of a comment elsewhere. */
  function mentionedShape(comment: Comment): Shape {
    const told = ['id', 'text', 'timestamp', 'username', 'like_count', 'media'];
    const all = Object.entries(commentShape(comment));
    return Object.fromEntries(all.filter(([name]) => told.includes(name)));
  }

  function publish({ params }: GraphCall, id: string, edge: string | undefined): unknown {
    const text = params['message'] ?? '';
    const [post, replyTo] = target();
    if (text.trim() === '') throw new GraphError(100, 'The parameter message is required');
    if (lengthOf(text) > limits.comment) throw new GraphError(100, 'The comment is too long');
    return { id: store.addComment(post, official.id, text, [], replyTo).id };

    function target(): [Post, Comment | null] {
      if (edge === 'comments') return [ownMedia(id, 'post'), null];
      if (edge === 'replies') {
        const comment = ownComment(id, 'post');
        return [ownMedia(comment.post, 'post'), comment];
      }
      if (edge !== 'mentions' || id !== official.id) throw noObject(id, 'post');
      const { media_id = '', comment_id } = params;
      const post = store.findPost(media_id);
      if (!post) throw noObject(media_id, 'post');
      const comment = comment_id === undefined ? null : store.findComment(comment_id);
      if (comment === undefined) throw noObject(comment_id ?? '', 'post');
      if (!mentions(comment?.text ?? post.text)) {
        throw new GraphError(10, 'The account is not mentioned there');
      }
      return [post, comment];
    }
  }

  return { operation, run };
}
