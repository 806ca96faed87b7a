import { word } from '#platform/say.ts';
import { m } from '#words';

type Facts = {
	purpose: string | null;
	place: string | null;
	phone: string | null;
	email: string | null;
	website: string | null;
	channels: readonly string[];
};

/** What the directory says of an organisation, as it is asked whether that is true: on a page, or on paper. */
export const factsSaid = ({ purpose, place, phone, email, website, channels }: Facts): [label: string, value: string][] =>
	(
		[
			[m.mailings_purpose(), purpose],
			[m.mailings_commune(), place],
			[m.mailings_phone(), phone],
			[m.mailings_email(), email],
			[m.mailings_website(), website],
			[m.mailings_channels(), channels.map((channel) => word(`organisations_channel_${channel}`)).join(', ')]
		] as const
	).map(([label, value]) => [label, value || m.mailings_empty()]);
