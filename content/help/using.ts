import { topic, type Topic } from './topic.ts';

/** The help page: what one needs to know to take part, in the order in which one meets it. */
export const usingTopics: readonly Topic[] = [
	topic('entrer', 'Entrer, avec ou sans mot de passe', [
		{
			text: 'Écrivez votre adresse électronique : un lien vous arrive. Ouvrez-le, puis appuyez sur le bouton. Le lien sert une fois, dans la demi-heure.'
		},
		{
			text: 'Le lien n’arrive pas ? Regardez dans les courriers indésirables. Vérifiez aussi que l’adresse est celle que votre structure a donnée.'
		},
		{ text: 'Vous pouvez choisir un mot de passe dans votre compte. Ce n’est jamais obligatoire.' }
	]),
	topic('cooperation', 'Une coopération', [
		{
			text: 'C’est un projet que portent au moins deux associations, avec d’autres partenaires si elles veulent. Pour commencer, il suffit de dire quoi et avec qui.'
		},
		{
			text: 'Chaque structure invitée accepte ou décline en son nom. Elle peut partir quand elle veut, en disant pourquoi. Ce qu’elle a écrit reste.'
		}
	]),
	topic('idee', 'Une idée', [
		{
			text: 'Tout le monde en dépose une, même sans compte : une phrase et une commune. Une personne sans compte confirme son adresse par un lien. Cette adresse n’est montrée à personne.'
		},
		{
			text: 'On rêve d’abord sans limite d’argent. On dit ensuite ce qu’il faudrait, ce que l’on en garde, et le plus petit premier pas. Toutes les voix de l’idée peuvent l’écrire.'
		},
		{
			text: 'Une structure qui porte l’idée en fait une coopération, en un bouton : ce qui est dit est repris. Les autres structures sont invitées, et chacune répond.'
		},
		{
			text: 'Après une saison sans nouvelles, on demande si l’idée tient toujours. Sans réponse, elle s’endort et reste lisible.'
		}
	]),
	topic('gerer', 'Gérer la fiche de sa structure', [
		{
			text: 'Personne ne la gère ? Ouvrez sa page, puis « Personnes ». Un code part à une adresse de la structure, ou par lettre à son siège. La maison peut aussi dire qu’elle vous connaît.'
		},
		{
			text: 'Les personnes qui gèrent ne répondent plus ? Demandez à reprendre la charge. Elles ont quinze jours pour s’y opposer. La maison ou l’administration décide, et personne n’est retiré.'
		},
		{
			text: 'La même structure est inscrite deux fois ? Dites-le à votre maison : les deux fiches se réunissent, et cela se défait.'
		}
	]),
	topic('ligne', 'Une ligne', [
		{ text: 'Tout s’écrit par lignes : une phrase, et ce que c’est. Une décision, une tâche, un objectif, un apport, une date…' },
		{
			text: 'Une ligne s’écrit une fois. Elle va seule où elle sert : l’étape, votre page d’accueil, le calendrier, la convention.'
		},
		{ text: 'On ne l’efface pas : on la corrige, en disant pourquoi. L’ancienne phrase reste lisible.' }
	]),
	topic('etapes', 'Les quatre étapes', [
		{
			list: [
				'Définir : ce que l’on veut faire, pour qui, ce que chaque structure y cherche.',
				'Clarifier : qui fait quoi, qui apporte quoi, ce que chaque structure ne peut pas faire.',
				'Planifier : les tâches, les dates, ce qui pourrait mal tourner.',
				'Évaluer : à quoi l’on verra que c’est réussi, puis ce que l’on a vu.'
			]
		},
		{ text: 'On peut commencer par n’importe laquelle. Rien n’est bloqué parce qu’une étape n’est pas finie.' }
	]),
	topic('annuaire', 'Chercher une structure', [
		{
			text: 'Écrivez un nom, un sigle, un mot, comme il vient : accents, abréviations et fautes de frappe sont pardonnés. Ajoutez un lieu, et une distance autour. Une commune écrite parmi les mots est comprise comme un lieu.'
		},
		{
			text: 'Vous pouvez aussi chercher par ce qu’une structure cherche ou propose : du matériel, une salle, des bénévoles.'
		},
		{
			text: 'D’abord viennent les structures qui sont ici. Dessous, celles du répertoire officiel, que vous pouvez inviter. Cochez « Avec les registres officiels » pour les avoir dans les fichiers et sur la carte.'
		},
		{ text: 'La carte montre des communes, jamais une rue. La même liste est dessous.' },
		{
			text: 'Un lieu est une commune, une intercommunalité, un département, une région, ou un territoire d’ici : une maison le dessine, l’administration apporte bassins de vie et quartiers.'
		},
		{
			text: 'Un visiteur sans compte ne voit que les structures qui l’ont choisi. Sur la page « Modifier » de votre structure, dites ce que vous montrez.'
		}
	]),
	topic('repertoires', 'Les répertoires officiels', [
		{
			text: 'L’annuaire montre aussi des structures qui ne sont pas ici : celles que publient le ministère de l’Intérieur, l’INSEE et la Banque-Carrefour belge. Chaque fait porte sa source et sa date.'
		},
		{
			text: 'Ces faits ne se corrigent pas ici : demandez-le au répertoire. Ce que votre structure dit d’elle-même se tient à côté, et n’est jamais remplacé. La rue n’est pas montrée.'
		},
		{
			text: 'L’administration envoie le fichier publié, pour un département, quelques communes ou tout le pays. La page dit où en est la lecture. On peut l’arrêter, puis la reprendre.'
		},
		{
			text: 'De la même façon entrent les subventions publiées et les annonces du Journal officiel. Elles disent qu’une structure vit, ou qu’elle est dissoute. L’annuaire met les autres à la fin.'
		},
		{
			text: 'Une ligne illisible n’est jamais perdue : elle se prend en tableau, avec le fichier, la ligne et la raison. Un numéro faux ou arrondi est gardé tel quel, sans servir.'
		}
	]),
	topic('point', 'Faire le point', [
		{
			text: 'Une fois par trimestre, ou quand quelqu’un le demande, chaque structure dit pour douze sujets si ça pèse ou si ça porte. C’est une seule réponse, décidée chez elle.'
		},
		{
			text: 'Personne ne lit la réponse des autres avant que toutes les structures qui portent la coopération aient répondu, ou que le jour dit soit passé.'
		},
		{
			text: 'On répond par un lien, connecté, ou sur une feuille que quelqu’un recopie. Une personne peut aussi écrire un mot que seule la maison qui accompagne lira.'
		}
	]),
	topic('inspirer', 'S’inspirer et faire pareil', [
		{
			text: '« S’inspirer » montre vingt choses que des associations ont faites ensemble : qui, où, ce qu’il faut, comment commencer. Tout le monde peut lire.'
		},
		{
			text: '« Faire pareil » propose des tâches, des dates, des points à décider, des indicateurs. Vous cochez, vous changez les mots, le reste est oublié. Rien n’est écrit avant votre accord.'
		},
		{ text: 'Dites le premier jour de l’action : les autres dates se calculent. Aucune n’est une obligation.' }
	]),
	topic('forme', 'Quelle forme ?', [
		{
			text: 'Collaboration, partenariat, coopération, mutualisation : six questions disent ce que vous faites, et pourquoi. « Nous ne savons pas encore » est toujours une réponse.'
		},
		{ text: 'Aucune forme n’est meilleure. On refait le questionnaire quand on veut : les lectures d’avant restent à côté.' }
	]),
	topic('phases', 'Phases et pauses', [
		{
			text: 'Une phase dit où en est la coopération : se connaître, chercher, préparer, agir, évaluer. Vous dites quand elle change. Les durées habituelles aident ; les dépasser n’est pas une faute.'
		},
		{
			text: 'Quand plus rien ne bouge, la page de la coopération le dit, avec une seule issue. Une pause fait taire ces rappels jusqu’au jour choisi.'
		}
	]),
	topic('seances', 'Les séances', [
		{
			text: 'Une séance est un moment de l’action : atelier, répétition, sortie. On en écrit une, ou toute une série, qui évite les dates impossibles des partenaires.'
		},
		{
			text: 'Après, notez un nombre de personnes : aucun nom n’est demandé. Une feuille de présence s’imprime. Les indicateurs peuvent compter tout seuls.'
		}
	]),
	topic('changer', 'Changer ce qui était convenu', [
		{
			text: 'Une convention est arrêtée, une décision est prise : la changer demande une raison. L’ancienne phrase reste à côté de la nouvelle, avec ce que le changement touche : articles, tâches, dates.'
		},
		{ text: 'Garder exprès ce qui était convenu est aussi une issue. Elle s’écrit de la même façon.' },
		{ text: 'Ouvrez la ligne et dites pourquoi. Un risque et un imprévu sont des lignes comme les autres, à l’étape Planifier.' }
	]),
	topic('mesurer', 'Indicateurs et bilan', [
		{
			text: 'Un indicateur dit à quoi l’on verra que c’est réussi. À l’étape Évaluer, chaque partenaire note une mesure datée : un nombre, ou des mots.'
		},
		{
			text: 'À la fin, le bilan met ce que l’on voulait à côté de ce que l’on a vu. Il garde aussi ce qui n’a pas marché, et pourquoi. Vous dites si d’autres peuvent le lire, avec vos noms ou sans.'
		},
		{ text: 'On recommence l’an prochain ? « Reprendre » copie les lignes, avec de nouvelles dates. Vous gardez ce qui sert.' }
	]),
	topic('partenaires', 'Vos partenaires, et ceux que vous présentez', [
		{
			text: 'La page « Partenaires » de votre structure garde une fiche par partenaire : vos notes, ce qui marche pour le joindre, ce que vous avez fait ensemble. Seules les personnes de votre structure la lisent.'
		},
		{
			text: 'Une note parle parfois d’une personne. Écrivez ce que vous lui diriez en face : elle peut demander à votre structure ce qui est noté sur elle. Une note s’efface.'
		},
		{
			text: 'Mettre en relation : choisissez deux ou trois structures et dites pourquoi. Chacune répond d’un clic. Les coordonnées ne sont données qu’à celles qui ont dit oui.'
		},
		{
			text: 'Écrire à une liste : des vœux, une invitation, ou la question de chaque année. Chaque structure reçoit une lettre, par courriel ou sur papier, et peut dire qu’elle n’en veut plus.'
		},
		{
			text: 'À une rencontre, chaque structure peut en tirer une autre au sort pour la présenter. Le tirage se vérifie : sa page explique comment.'
		},
		{ text: '« Pas maintenant » ne se voit pas : l’autre structure lit seulement que la réponse est attendue.' }
	]),
	topic('maison', 'Tenir une maison', [
		{
			text: 'Une maison accompagne des structures et des coopérations. L’administration l’ouvre. Sa page dit où elle travaille, qui accompagne et comment la joindre.'
		},
		{
			text: 'Elle choisit son territoire : on l’y trouve. Elle ne répond d’une structure que personne ne tient, et ne masque une idée, que là où l’administration l’a confirmé.'
		},
		{
			text: 'Seules les personnes qu’elle nomme lisent ce qu’elle accompagne. Nommez-en deux au moins : la dernière ne peut pas partir sans laisser la clé à une autre. Une personne peut accompagner pour deux maisons.'
		},
		{
			text: 'Ses courriels partent sous son nom, avec sa signature. Les réponses vont à son adresse, une fois que le lien envoyé à cette adresse a été ouvert. Quand un partenaire écrit dans une coopération qu’elle accompagne, le courriel porte les deux noms.'
		},
		{
			text: 'Sa bibliothèque garde ses modèles, ses clauses et ses grilles, pour celles et ceux qu’elle accompagne, ou pour tout le monde. Une clause se propose là où la convention s’écrit, une grille à l’ordre du jour d’une réunion, un modèle là où une lettre s’écrit. Le texte est copié : ce que la maison change ensuite n’y touche pas.'
		},
		{
			text: 'Un réseau ne lit que des nombres, et seulement des maisons qui ont accepté. Une structure, une maison ou l’administration le lit : la maison sait qui, avant d’accepter, et arrête quand elle veut.'
		},
		{
			text: 'Avant de fermer une maison, la page dit ce qui s’arrête. Chaque structure est prévenue, et choisit elle-même la suite : rester sans maison, ou accepter celle qui lui est proposée.'
		},
		{
			text: 'Deux territoires peuvent se recouvrir : les deux maisons sont montrées, celle qui travaille le plus près d’abord. « Sur notre territoire, sans maison » montre qui n’est accompagné par personne.'
		}
	]),
	topic('portefeuille', 'Pour une maison : le portefeuille', [
		{
			text: 'Toutes les coopérations que votre maison accompagne, sur une page : leur phase, ce qui est à reprendre, la dernière nouvelle, la prochaine date. La liste se télécharge pour un tableur.'
		},
		{
			text: 'Un annuaire entre par « Listes ». Dites ce que contient chaque colonne du fichier, regardez l’aperçu, puis faites-la lire. Le prochain fichier qui a les mêmes titres le sait déjà.'
		},
		{
			text: 'Un numéro faux, ou arrondi par un tableur, n’est jamais deviné : il reste à vérifier, à côté de la structure. Les lignes rejetées se téléchargent avec leur raison.'
		},
		{ text: 'Vous n’y lisez que ce que les partenaires partagent avec vous. Un conseil pas encore lu se voit.' }
	]),
	topic('lecture', 'Qui lit quoi', [
		{ text: 'Quand vous écrivez une ligne, vous choisissez pour qui. Sans choix, ce sont les partenaires.' },
		{
			table: {
				caption: 'Qui lit une ligne, selon ce qui a été choisi',
				head: ['Pour qui', 'Votre structure', 'Les partenaires', 'La maison qui accompagne', 'Tout le monde'],
				rows: [
					['Ma structure', 'Lit', 'Non', 'Non', 'Non'],
					['Les partenaires', 'Lit', 'Lisent', 'Voit seulement la date de la dernière ligne', 'Non'],
					['Les partenaires et l’accompagnateur·rice', 'Lit', 'Lisent', 'Lit', 'Non'],
					['Tout le monde', 'Lit', 'Lisent', 'Lit', 'Lit']
				]
			}
		},
		{
			text: 'Vos limites et vos objectifs propres restent d’abord dans votre structure. Vous les partagez quand vous le décidez, avec d’autres mots si vous voulez.'
		},
		{
			text: 'Une personne-ressource lit pour un temps ce que vous ouvrez à qui vous accompagne, et rien d’autre. Si elle anime, vous pouvez la laisser préparer l’ordre du jour et écrire le compte rendu. Vous y mettez fin quand vous voulez.'
		},
		{
			text: 'Une structure invitée qui n’a pas encore accepté ne lit pas les lignes des partenaires. Une structure partie ne lit pas ce qui s’écrit après son départ.'
		}
	]),
	topic('retrouver', 'Retrouver ce que l’on a lu ou écrit', [
		{
			text: '« Chercher » regarde partout où vous avez le droit de lire. Les accents ne comptent pas, une faute de frappe est pardonnée.'
		},
		{
			text: 'Une liste que vous filtrez souvent se garde sous un nom : « Garder cette vue ». Son nom attend au-dessus de la liste, avec le nombre de choses qui s’y trouvent aujourd’hui.'
		},
		{
			text: 'Un texte pas fini ? « Garder pour plus tard » le met dans vos brouillons, trois mois. Si votre session se ferme pendant que vous écrivez, votre texte vous attend un jour.'
		}
	]),
	topic('structure', 'Votre structure et ses personnes', [
		{ text: 'Ici, on agit toujours au nom d’une structure. Une personne peut appartenir à plusieurs.' },
		{
			list: [
				'Qui peut discuter lit, écrit et répond aux sondages de dates.',
				'Qui peut engager accepte aussi une coopération, ou la quitte.',
				'Qui peut signer signe aussi une convention.',
				'Qui gère la structure peut tout cela, écrit sa fiche et invite les autres.'
			]
		},
		{ text: 'Confiez la gestion à deux personnes au moins. Une structure ne dépend jamais d’une seule.' }
	]),
	topic('rejoindre', 'Rejoindre une structure déjà inscrite', [
		{ text: 'Cherchez-la dans l’annuaire. Sa page dit qui la gère : demandez à cette personne de vous inviter.' },
		{
			text: 'Si personne ne la gère, la maison des associations qui l’accompagne peut inviter quelqu’un. La personne qui tient ce site aussi.'
		},
		{ text: 'Si votre structure a été invitée par un lien, acceptez d’abord. La page vous propose ensuite d’ouvrir un compte.' }
	]),
	topic('liens', 'Les liens que vous recevez', [
		{ text: 'Un lien pour entrer ouvre votre compte. Il est pour vous seul : ne le transférez pas.' },
		{
			text: 'Un lien pour participer permet une chose et une seule : répondre à un sondage, lire, ou accepter au nom de votre structure. Il ne demande pas de compte. Il dit à qui il est.'
		},
		{ text: 'Ouvrir un lien ne fait rien : c’est le bouton de la page qui agit.' }
	]),
	topic('telephone', 'Par téléphone ou sur papier', [
		{
			text: 'Personne n’est obligé d’utiliser ce site. Votre maison des associations peut noter ce que vous dites au téléphone, au nom de votre structure. La ligne dit alors qu’elle vient d’un appel.'
		},
		{
			text: 'La maison qui accompagne une coopération peut donner un conseil. Vous dites d’un clic ce que vous en faites : « Lu », « On le fait », « Pas pour nous ». Il ne bloque jamais rien.'
		},
		{ text: 'Toutes les pages s’impriment. Un sondage, une feuille de présence, une convention se remplissent au stylo.' }
	]),
	topic('messages', 'Les messages que ce site envoie', [
		{ text: 'Peu. Avant que vous ayez accepté, une invitation, une fois. Ensuite, un seul message regroupe ce qui vous attend.' },
		{ text: 'Un message inattendu ? Sans appuyer sur un bouton, rien ne se passe.' }
	])
];
