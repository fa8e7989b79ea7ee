import type { CitizenPlace } from '../citizen.ts';
import type { Place } from '../types.ts';

export interface Sample {
  id: string;
  title: string;
  author: string;
  place: CitizenPlace;
  text: string;
}

/** What people see of the network, in Russian. */
export interface Look {
  /** Where one post is shown, with `:ref`. */
  path: string;
  places: Record<Place, string>;
  /** Where one may write. */
  choices: Partial<Record<CitizenPlace, string>>;
  samples: readonly Sample[];
  /** Whom a post must name to be answered; null: nobody. */
  mention: string | null;
}
