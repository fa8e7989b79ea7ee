import type { Role } from '../../access/principal.ts';
import { may, type Action } from '../../access/rights.ts';

/** A part of the application in the head of every page. */
export interface Section {
  path: string;
  name: string;
}

/** Null: whoever has signed in. */
const SECTIONS: (Section & { action: Action | null })[] = [
  { path: '/', name: 'Обзор', action: null },
  { path: '/messages', name: 'Сообщения', action: 'messages:read' },
  { path: '/templates', name: 'Шаблоны ответов', action: 'templates:read' },
  { path: '/shortcomings', name: 'Недостатки', action: 'shortcomings:read' },
  { path: '/urgent', name: 'Срочные доклады', action: 'urgent:read' },
  { path: '/reports', name: 'Сводные данные', action: 'reports:read' },
  { path: '/admin', name: 'Управление', action: 'registry:read' },
];

/** The sections that somebody with this role may open. */
export const sectionsFor = (role: Role): Section[] =>
  SECTIONS.filter(({ action }) => action === null || may({ role }, action));
