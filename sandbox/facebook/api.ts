import { noObject, GraphError } from '../meta/errors.ts';
import { parseFields, select, type Field, type Shape } from '../meta/fields.ts';
import type { GraphCall, GraphNetwork, Operation } from '../meta/graph.ts';
import type { MetaOptions } from '../meta/options.ts';
import { pageOf } from '../meta/paging.ts';
import type { MetaStore } from '../meta/store.ts';
import type { Comment, Post } from '../meta/types.ts';
import { graphTime, lengthOf } from '../meta/text.ts';
import type { Links } from '../meta/links.ts';

const EDGES = ['feed', 'visitor_posts', 'tagged', 'posts', 'comments'];

export interface FacebookApiDeps {
  store: MetaStore;
  options: MetaOptions;
  links: Links;
  /** Keeps an image, null when it is none; gives its file name. */
  keep: (bytes: Buffer) => string | null;
}

/** Facebook's part of the Graph API: a page, its posts, comments and photos. */
export function createFacebookApi({ store, options, links, keep }: FacebookApiDeps): GraphNetwork {
  const { official, limits } = options;

  function operation({ method, path }: GraphCall): Operation {
    const [, edge] = path;
    if (edge === 'photos') return 'upload';
    if (method === 'POST') return 'publish';
    return edge !== undefined && EDGES.includes(edge) ? 'list' : 'read';
  }

  function run(call: GraphCall): unknown {
    const [id = '', edge, ...rest] = call.path;
    if (rest.length > 0) throw noObject(call.path.join('/'), call.method.toLowerCase());
    const fields = call.params['fields'] ? parseFields(call.params['fields']) : null;
    if (call.method === 'POST') {
      if (edge === 'photos' && id === official.id) return upload(call);
      if (edge === 'comments') return comment(call, id, fields);
      throw noObject(id, 'post');
    }
    if (edge === undefined) return node(id, fields);
    if (edge === 'comments') return comments(call, id, fields);
    if (id !== official.id || !EDGES.includes(edge)) throw noObject(id);
    const posts = {
      // What names the page is part of its feed too.
      feed: store.posts(),
      posts: store.posts('own'),
      visitor_posts: store.posts('visitor'),
      tagged: store.posts('elsewhere'),
    }[edge as 'feed'];
    return pageOf(
      posts,
      call.params,
      { limit: 25, max: 100 },
      (post) => select('PagePost', postShape(post), fields, 'id,created_time,message'),
      (after) => call.link({ ...call.params, after }),
    );
  }

  function node(id: string, fields: Field[] | null): unknown {
    if (id === official.id) {
      const shape: Shape = { id: () => id, name: () => official.name };
      return select('Page', shape, fields, 'id,name');
    }
    const post = store.findPost(id);
    if (post) return select('PagePost', postShape(post), fields, 'id,created_time,message');
    const found = store.findComment(id);
    if (!found) throw noObject(id);
    return select('Comment', commentShape(found), fields, 'id,created_time,message,from');
  }

  function author({ from }: { from: string }) {
    const name = store.nameOf(from);
    return name === '' ? undefined : { id: from, name };
  }

  function postShape(post: Post): Shape {
    return {
      id: () => post.id,
      message: () => (post.text === '' ? undefined : post.text),
      created_time: () => graphTime(post.createdAt),
      updated_time: () => graphTime(post.editedAt ?? post.createdAt),
      // Who wrote elsewhere is told to its author alone.
      from: () => (post.place === 'elsewhere' ? undefined : author(post)),
      permalink_url: () => links.post(post),
      full_picture: () => post.photos.map((file) => links.photo(file))[0],
      comments: (field) => ({
        data: [],
        ...(field.args['summary'] === 'true' && {
          summary: { order: 'chronological', total_count: counted(post, field), can_comment: true },
        }),
      }),
    };
  }

  function counted(post: Post, { args }: Field): number {
    const all = store.comments(post.id);
    return args['filter'] === 'stream' ? all.length : all.filter((each) => !each.parent).length;
  }

  function commentShape(comment: Comment): Shape {
    const parent = comment.parent === null ? undefined : store.findComment(comment.parent);
    return {
      id: () => comment.id,
      message: () => comment.text,
      created_time: () => graphTime(comment.createdAt),
      from: () => author(comment),
      permalink_url: () => links.comment(comment),
      parent: () =>
        parent && {
          id: parent.id,
          created_time: graphTime(parent.createdAt),
          message: parent.text,
        },
      comment_count: () =>
        store.comments(comment.post).filter((each) => each.parent === comment.id).length,
      attachment: () =>
        comment.photos.map((file) => ({
          type: 'photo',
          url: links.photo(file),
          media: { image: { src: links.photo(file), width: 1, height: 1 } },
        }))[0],
    };
  }

  function comments(call: GraphCall, id: string, fields: Field[] | null): unknown {
    const { filter = 'toplevel', order = 'chronological', since } = call.params;
    const post = store.findPost(id);
    const top = post ? undefined : store.findComment(id);
    if (!post && !top) throw noObject(id);
    const under = post
      ? store.comments(id).filter((each) => filter === 'stream' || each.parent === null)
      : store.comments(top?.post ?? '').filter((each) => each.parent === id);
    const recent = under.filter(
      (each) => since === undefined || Date.parse(each.createdAt) >= Number(since) * 1000,
    );
    return pageOf(
      order === 'reverse_chronological' ? recent.toReversed() : recent,
      call.params,
      { limit: 25, max: 100 },
      (each) => select('Comment', commentShape(each), fields, 'id,created_time,message,from'),
      (after) => call.link({ ...call.params, after }),
    );
  }

  function comment(call: GraphCall, id: string, fields: Field[] | null): unknown {
    const replyTo = store.findComment(id) ?? null;
    const post = store.findPost(replyTo?.post ?? id);
    if (!post) throw noObject(id, 'post');
    const text = call.params['message'] ?? '';
    const { attachment_id } = call.params;
    if (text.trim() === '' && !attachment_id)
      throw new GraphError(100, 'Missing message or attachment');
    if (lengthOf(text) > limits.comment) throw new GraphError(100, 'Param message is too long');
    const last = store
      .comments(post.id)
      .filter((each) => each.from === official.id)
      .at(-1);
    if (
      last?.text === text &&
      !attachment_id &&
      last.parent === (replyTo?.parent ?? replyTo?.id ?? null)
    ) {
      throw new GraphError(506, undefined, 1_455_006);
    }
    const photo = attachment_id ? store.takeUpload(attachment_id) : undefined;
    if (attachment_id && !photo) throw new GraphError(100, 'Invalid attachment_id');
    const made = store.addComment(post, official.id, text, photo ? [photo.file] : [], replyTo);
    return select('Comment', commentShape(made), fields, 'id');
  }

  function upload({ file, params }: GraphCall): unknown {
    if (params['published'] !== 'false') throw new GraphError(200, 'Only unpublished photos here');
    const kept = file && keep(file);
    if (!kept) throw new GraphError(324, 'Missing or invalid image file');
    return { id: store.addUpload(kept).id };
  }

  return { operation, run };
}
