/** In how many of 6498 names of associations a word stands, from six on. Written by `node bench/matcher.ts --count` from published grants and directories. */
const names = 6498;
const counted = `
	de:988 la:554 ass:485 saint:407 association:388 club:373 des:338 et:334 comite:264 sportif:260 du:246 departement:244
	ogec:226 loire:195 nante:187 les:185 d:168 centre:160 ex:149 union:149 44:146 ecole:139 le:138 culture:136 l:136
	pays:133 federation:118 maison:116 amicale:114 montpellier:113 en:105 a:94 rural:94 tenni:94 as:92 pour:92 regional:90
	atlantique:87 musique:87 laique:86 compagnie:81 football:81 basket:76 ami:74 jeune:72 familial:69 loisir:67 national:66
	france:61 animation:59 theatre:58 assoc:56 joseph:54 ntes:53 social:53 erdre:52 nazaire:51 enfant:50 aide:48 nantai:47
	ouest:46 education:45 asso:43 famille:43 table:43 art:40 gymnastique:40 retraite:40 retz:40 developpement:39
	syndicat:39 office:38 solidarite:38 sud:38 emploi:37 parent:37 production:37 anceni:36 accueil:35 dame:35 petit:35
	bretagne:34 formation:34 local:34 action:33 badminton:33 p:33 reze:33 au:32 ball:32 danse:32 herault:32 enfance:31
	gestion:31 ile:31 jeunesse:31 nautique:31 arc:30 arts:30 sur:30 al:29 athletic:29 groupement:29 languedoc:29
	nantaise:29 tourisme:29 cinema:28 francaise:28 sante:28 quartier:27 service:27 socio:27 volley:27 aux:26 karate:26
	libre:26 ligue:26 solidaire:26 amitie:25 ancien:25 collectif:25 combattant:25 estuaire:25 vie:25 cote:24 notre:24 un:24
	enseignement:23 etoile:23 handball:23 initiative:23 reseau:23 societe:23 sportiv:23 carquefou:22 chateaubriant:22
	clisson:22 lycee:22 musicale:22 nature:22 soin:22 conseil:21 course:21 femme:21 groupe:21 martin:21 monde:21 presqu:21
	residence:21 blain:20 entente:20 grand:20 herblain:20 institut:20 populaire:20 promo:20 relai:20 rugby:20 s:20
	atelier:19 atlantiq:19 bouguenai:19 col:19 foyer:19 avenir:18 cercle:18 coeur:18 ensemble:18 insertion:18 musee:18
	nord:18 tir:18 velo:18 archer:17 cine:17 don:17 francai:17 jardin:17 mer:17 orvault:17 rencontre:17 roussillon:17
	savenay:17 3:16 amour:16 atlant:16 autre:16 eleveur:16 fete:16 habitat:16 logement:16 loir:16 main:16 montagne:16
	ocean:16 pierre:16 plongee:16 promotion:16 twirling:16 vertou:16 ville:16 baule:15 boxe:15 canoe:15 canton:15 clic:15
	cultur:15 dans:15 espace:15 fondation:15 hippique:15 jean:15 judo:15 kayak:15 mission:15 natation:15 oeuvre:15
	organisation:15 orientation:15 plus:15 public:15 triathlon:15 vincent:15 34:14 acdi:14 air:14 international:14 ligne:14
	nal:14 nort:14 paul:14 sans:14 sevre:14 vacance:14 vert:14 afr:13 age:13 aile:13 basse:13 castelbriantai:13 domicile:13
	educat:13 eleve:13 escalade:13 golf:13 habitant:13 hockey:13 marie:13 mfr:13 outil:13 pas:13 section:13 sillon:13
	sos:13 tous:13 afrique:12 agee:12 amical:12 anne:12 athletisme:12 bienfaisance:12 cap:12 chantier:12 confederation:12
	contre:12 croi:12 droit:12 etude:12 etudiant:12 goulaine:12 hand:12 inter:12 jeanne:12 lr:12 machecoul:12 maine:12
	partage:12 pornic:12 prevention:12 race:12 redon:12 soutien:12 tits:12 vilaine:12 2:11 aikido:11 bellevue:11 boxing:11
	c:11 cgt:11 cycliste:11 derval:11 entraide:11 equestre:11 franc:11 immaculee:11 memoire:11 muc:11 nazairien:11
	pedestre:11 personne:11 point:11 port:11 prive:11 recherche:11 riviere:11 scene:11 travailleur:11 activite:10 blanc:10
	catholique:10 chateau:10 chomeur:10 cite:10 college:10 coueron:10 eau:10 educatif:10 environnement:10 escrime:10
	espoir:10 frontiere:10 futsal:10 gilda:10 info:10 lege:10 lieu:10 lorou:10 lutin:10 mam:10 marine:10 nouveau:10
	patrimoine:10 pecheur:10 protection:10 pub:10 radio:10 randonnee:10 sautron:10 scolaire:10 sporting:10 terre:10
	thouare:10 tour:10 travail:10 troi:10 une:10 activ:9 ages:9 agir:9 athletique:9 atl:9 auto:9 aviron:9 bassin:9 benin:9
	billard:9 bois:9 boite:9 bon:9 bout:9 brevinoi:9 cheminot:9 commercant:9 cooperative:9 creche:9 defense:9 eaux:9 elan:9
	entreprise:9 esperance:9 europe:9 guerande:9 handicape:9 herbignac:9 herblinoi:9 histoire:9 homme:9 laiq:9 lune:9
	mars:9 mee:9 montpellieraine:9 mouvement:9 ntre:9 olympique:9 omnisport:9 organisme:9 pied:9 pont:9 primaire:9 rouge:9
	sacre:9 science:9 sebastien:9 socioculturel:9 stephanoise:9 syndicale:9 temp:9 val:9 victime:9 vigneu:9 vignoble:9
	volontaire:9 abord:8 admr:8 agricole:8 alpin:8 am:8 bernerie:8 bignon:8 bovine:8 breton:8 cfdt:8 champ:8 chapelle:8
	chevroliere:8 cle:8 coord:8 coordination:8 copain:8 creation:8 dela:8 echange:8 ecol:8 economique:8 est:8 fanfare:8
	fil:8 fr:8 franco:8 geiq:8 graine:8 guemene:8 handicap:8 intercommunal:8 jeu:8 joie:8 logne:8 mahdia:8 maire:8 mrt:8
	municipal:8 music:8 n:8 nation:8 nd:8 oudon:8 pere:8 pompier:8 prod:8 prof:8 pupille:8 racing:8 riaille:8 roller:8
	secour:8 ski:8 sol:8 son:8 sourd:8 ti:8 vallee:8 vivre:8 voile:8 voix:8 academie:7 aigrefeuille:7 andre:7 artisan:7
	asbr:7 asptt:7 aubin:7 bleu:7 bouaye:7 bouliste:7 cabane:7 campbon:7 chapelain:7 cheval:7 choeur:7 cooperation:7
	doudou:7 ec:7 echec:7 entraid:7 face:7 galerie:7 gesvre:7 glace:7 grpe:7 handi:7 historique:7 inst:7 internationale:7
	jacque:7 lagrange:7 leo:7 lep:7 luce:7 lutte:7 marai:7 mediterranee:7 mesanger:7 metropole:7 montpellierain:7 moulin:7
	musical:7 nuit:7 officier:7 olympic:7 or:7 ordre:7 papillon:7 pen:7 petanque:7 plein:7 pontchateau:7 pornichet:7
	publique:7 res:7 route:7 sang:7 sapeur:7 sauvetage:7 snos:7 soleil:7 stade:7 suce:7 technique:7 the:7 transport:7
	universite:7 vaillante:7 vallet:7 accompagnement:6 acteur:6 afg:6 agglomeration:6 alliance:6 amateur:6 atout:6
	automne:6 benevole:6 bmx:6 bonne:6 bret:6 bretonne:6 briere:6 bro:6 bron:6 bulle:6 cadre:6 cens:6 chant:6 chemin:6
	ciel:6 citoyen:6 combat:6 commun:6 communaute:6 cyclo:6 debrouillard:6 detente:6 diffusion:6 edition:6 el:6 elevage:6
	enseig:6 entre:6 erbray:6 escale:6 etudiante:6 festival:6 fils:6 fm:6 fraternite:6 garde:6 gen:6 generale:6 grandir:6
	guerandaise:6 gymn:6 handisport:6 harmonie:6 hospitaliere:6 image:6 information:6 insert:6 j:6 lecture:6 livre:6
	madagascar:6 malville:6 marin:6 maritime:6 mauve:6 mean:6 michel:6 migrant:6 mutuelle:6 nazair:6 oiseau:6 orgue:6
	paillade:6 parc:6 pari:6 passion:6 patinage:6 penfao:6 petite:6 philbert:6 piriac:6 police:6 rive:6 rose:6 routiere:6
	rue:6 saffre:6 sauvegarde:6 securite:6 sel:6 senior:6 soriniere:6 souvenir:6 spectacle:6 subaquatique:6 taekwondo:6
	team:6 varade:6 verte:6 vivante:6
`;

/** How rare a word is: 0 in every name, 1 in no other. */
export const rarities: ReadonlyMap<string, number> = new Map(
	counted
		.trim()
		.split(/\s+/)
		.map((pair) => pair.split(':'))
		.map(([word, count]) => [word!, Math.log(names / (1 + Number(count))) / Math.log(names)])
);
