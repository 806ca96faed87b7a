import { bringReceived, largestRegister, receivedFolder } from '#modules/register/commands.server.ts';
import { upload } from '#platform/http.server.ts';
import { wake } from '#platform/jobs.server.ts';
import { m } from '#words';

/** Takes a file of a register, however large: to the disk as it comes. */
export const POST = upload('administrators', () => ({ folder: receivedFolder(), most: largestRegister }), bringReceived, {
	to: '/administration/repertoire',
	say: () => {
		wake('read-registers');
		return m.register_brought();
	}
});
