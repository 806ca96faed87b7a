/** Something that whoever starts the product can mend: shown as its sentence alone, without a stack. */
export class CannotStart extends Error {
	override name = 'CannotStart';
}
