import type { Article } from './clause.ts';
import { bases } from './clauses/bases.ts';
import { life } from './clauses/life.ts';
import { means } from './clauses/means.ts';
import { sharing } from './clauses/sharing.ts';
import { work } from './clauses/work.ts';

/** The articles of a partnership agreement, in the order in which they are printed. */
export const agreementArticles: readonly Article[] = [...bases, ...work, ...means, ...sharing, ...life];
