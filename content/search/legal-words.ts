/** Words that are true of every association: before a name, they say no more than its kind. */
export const associationWords: readonly string[] = ['association', 'asso', 'assoc', 'assos', 'ass', 'asbl'];

/** These, and words that many bodies bear: a name often lacks them, and a question often holds them. */
export const legalWords: readonly string[] = [...associationWords, 'club', 'comite', 'com', 'cte'];
