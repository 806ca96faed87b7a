/** What to ask those whom one presents, in a quarter of an hour; written for this product. */
export const interview: readonly string[] = [
	'Comment votre structure est-elle née, et qui l’a voulue ?',
	'Que faites-vous un jour ordinaire ? Racontez le dernier.',
	'De quoi êtes-vous fiers, que l’on voit peu ?',
	'Qui vient chez vous, et qui ne vient pas encore ?',
	'Qu’avez-vous en plus que vous pourriez prêter ou partager ?',
	'Que cherchez-vous en ce moment ?',
	'Avec qui avez-vous déjà travaillé ? Qu’en gardez-vous ?',
	'Que faudrait-il retenir de vous, en une phrase ?'
];
