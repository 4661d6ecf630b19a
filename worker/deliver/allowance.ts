/** Requests that one invocation may still make, the database's among them. All that runs in it takes from the same. */
export class Allowance {
	#left: number;

	constructor(requests: number) {
		this.#left = requests;
	}

	/** Takes so many, or none where so many are not left. @returns whether it took them */
	take(requests: number): boolean {
		if (requests > this.#left) return false;
		this.#left -= requests;
		return true;
	}

	/** Gives back what was taken and not needed. */
	giveBack(requests: number): void {
		this.#left += requests;
	}
}
