// Pages ship no JavaScript unless they ask for it.
export const csr = false;
