/**
 * Domains where anybody opens a mailbox or a page: an address there says nothing of which organisation it belongs to. Gathered from
 * what associations write in public lists; a domain that lacks here is added.
 */
export const sharedDomains: ReadonlySet<string> = new Set(
	`gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.fr hotmail.be live.com live.fr live.be msn.com yahoo.com yahoo.fr
	yahoo.be ymail.com icloud.com me.com mac.com aol.com aol.fr gmx.com gmx.fr gmx.net mail.com mail.fr proton.me protonmail.com
	protonmail.ch pm.me tutanota.com tuta.io zoho.com yandex.com mailo.com netc.fr netcourrier.com laposte.net orange.fr wanadoo.fr
	voila.fr free.fr aliceadsl.fr libertysurf.fr online.fr sfr.fr neuf.fr cegetel.net club-internet.fr 9online.fr numericable.fr
	numericable.com noos.fr bbox.fr dbmail.com caramail.com caramail.fr tele2.fr skynet.be proximus.be telenet.be belgacom.net
	scarlet.be voo.be brutele.be base.be mobistar.be riseup.net disroot.org framasite.org facebook.com instagram.com linkedin.com
	twitter.com x.com youtube.com helloasso.com assoconnect.com linktr.ee wix.com wixsite.com wordpress.com blogspot.com blogger.com
	over-blog.com over-blog.fr canalblog.com jimdo.com jimdofree.com weebly.com e-monsite.com webnode.fr webnode.com sites.google.com
	google.com pagesperso-orange.fr monsite-orange.fr asso.fr assofrance.net assos.fr leetchi.com github.io netlify.app
	notion.site canva.site free-h.net`.split(/\s+/)
);
