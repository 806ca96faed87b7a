// The icons in use, each with one fixed meaning (lucide, ISC licence). An icon always stands beside a word.
import arrowLeft from 'lucide-static/icons/arrow-left.svg?raw';
import arrowRight from 'lucide-static/icons/arrow-right.svg?raw';
import blocks from 'lucide-static/icons/blocks.svg?raw';
import bookUser from 'lucide-static/icons/book-user.svg?raw';
import building2 from 'lucide-static/icons/building-2.svg?raw';
import calendarDays from 'lucide-static/icons/calendar-days.svg?raw';
import check from 'lucide-static/icons/check.svg?raw';
import chevronRight from 'lucide-static/icons/chevron-right.svg?raw';
import circleCheck from 'lucide-static/icons/circle-check.svg?raw';
import circleDashed from 'lucide-static/icons/circle-dashed.svg?raw';
import circleDot from 'lucide-static/icons/circle-dot.svg?raw';
import circleQuestionMark from 'lucide-static/icons/circle-question-mark.svg?raw';
import clock from 'lucide-static/icons/clock.svg?raw';
import copy from 'lucide-static/icons/copy.svg?raw';
import download from 'lucide-static/icons/download.svg?raw';
import equalApproximately from 'lucide-static/icons/equal-approximately.svg?raw';
import euro from 'lucide-static/icons/euro.svg?raw';
import eye from 'lucide-static/icons/eye.svg?raw';
import eyeOff from 'lucide-static/icons/eye-off.svg?raw';
import fileText from 'lucide-static/icons/file-text.svg?raw';
import handshake from 'lucide-static/icons/handshake.svg?raw';
import history from 'lucide-static/icons/history.svg?raw';
import house from 'lucide-static/icons/house.svg?raw';
import info from 'lucide-static/icons/info.svg?raw';
import lightbulb from 'lucide-static/icons/lightbulb.svg?raw';
import link from 'lucide-static/icons/link.svg?raw';
import list from 'lucide-static/icons/list.svg?raw';
import lock from 'lucide-static/icons/lock.svg?raw';
import logIn from 'lucide-static/icons/log-in.svg?raw';
import logOut from 'lucide-static/icons/log-out.svg?raw';
import mail from 'lucide-static/icons/mail.svg?raw';
import mapPin from 'lucide-static/icons/map-pin.svg?raw';
import messageSquare from 'lucide-static/icons/message-square.svg?raw';
import octagonX from 'lucide-static/icons/octagon-x.svg?raw';
import paperclip from 'lucide-static/icons/paperclip.svg?raw';
import pencil from 'lucide-static/icons/pencil.svg?raw';
import phone from 'lucide-static/icons/phone.svg?raw';
import plus from 'lucide-static/icons/plus.svg?raw';
import printer from 'lucide-static/icons/printer.svg?raw';
import scale from 'lucide-static/icons/scale.svg?raw';
import search from 'lucide-static/icons/search.svg?raw';
import send from 'lucide-static/icons/send.svg?raw';
import settings from 'lucide-static/icons/settings.svg?raw';
import signature from 'lucide-static/icons/signature.svg?raw';
import trash2 from 'lucide-static/icons/trash-2.svg?raw';
import triangleAlert from 'lucide-static/icons/triangle-alert.svg?raw';
import upload from 'lucide-static/icons/upload.svg?raw';
import user from 'lucide-static/icons/user.svg?raw';
import userPlus from 'lucide-static/icons/user-plus.svg?raw';
import users from 'lucide-static/icons/users.svg?raw';
import x from 'lucide-static/icons/x.svg?raw';

const drawings = {
	fait: circleCheck,
	cours: circleDot,
	attente: circleDashed,
	alerte: triangleAlert,
	bloque: octagonX,
	yes: check,
	maybe: equalApproximately,
	no: x,
	home: house,
	blocks: blocks,
	directory: bookUser,
	agenda: calendarDays,
	idea: lightbulb,
	search: search,
	help: circleQuestionMark,
	person: user,
	people: users,
	invite: userPlus,
	enter: logIn,
	leave: logOut,
	building: building2,
	phone: phone,
	mail: mail,
	send: send,
	talk: messageSquare,
	link: link,
	copy: copy,
	place: mapPin,
	time: clock,
	history: history,
	print: printer,
	download: download,
	upload: upload,
	attach: paperclip,
	text: fileText,
	list: list,
	write: pencil,
	sign: signature,
	add: plus,
	remove: trash2,
	open: chevronRight,
	next: arrowRight,
	back: arrowLeft,
	see: eye,
	hidden: eyeOff,
	locked: lock,
	settings: settings,
	agree: handshake,
	money: euro,
	decide: scale,
	info: info
};

export type IconName = keyof typeof drawings;

// Only the strokes are kept: the frame, its size and its colour belong to the stylesheet.
export const strokes = Object.fromEntries(
	Object.entries(drawings).map(([name, file]) => [
		name,
		file
			.replace(/^[^]*?<svg[^>]*>/, '')
			.replace('</svg>', '')
			.replace(/\s*\n\s*/g, '')
	])
) as Record<IconName, string>;
