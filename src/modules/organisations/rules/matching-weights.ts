/** What each piece of evidence weighs, in the order of `evidence`. Written by `node bench/matcher.ts --write`. */
export const weights: readonly number[] = [
	-3.553, -2.956, -2.266, -0.825, -1.282, -0.135, -1.667, -0.242, -0.853, 4.851, -5.977, 4.934, 0.943, 4.306, -1.173, 1.514,
	0.442, -1.388, 1.721, 0.502, 0.396, 0.852, 5.612, 3.642
];
export const bias = 3.025;
