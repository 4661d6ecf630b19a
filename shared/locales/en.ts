import type { Strings } from "./strings.ts";

export const en = {
	direction: "ltr",
	question: {
		nps: "How likely are you to recommend {shop} to a friend or colleague?",
		csat: "How satisfied are you with your order today?",
		ces: "{shop} made it easy for me to place my order.",
	},
	ends: {
		nps: ["Not at all likely", "Extremely likely"],
		csat: ["Very dissatisfied", "Very satisfied"],
		ces: ["Strongly disagree", "Strongly agree"],
	},
	levels: ["Dissatisfied", "Neither satisfied nor dissatisfied", "Satisfied"],
	reasons: "What mattered most for your answer?",
	drivers: {
		quality: "Product quality",
		price: "Price",
		range: "Choice of products",
		information: "Product information",
		checkout: "Checkout",
		payment: "Payment options",
		delivery: "Delivery options",
		service: "Customer service",
		website: "Website",
	},
	comment: "Anything you would like to add?",
	done: "Done",
	dismiss: "No, thanks",
	saved: "Thank you, your answer is saved.",
	thanks: "Thank you for your answer.",
	waiting: "It will be sent as soon as you are online.",
	refused: "Sorry, your answer could not be saved.",
	answered: "This order has already been answered. Thank you.",
	closed: "There is no question for you right now.",
	script: "Please turn on JavaScript to answer.",
	shared: {
		nps: "Customers rate us {value} on a scale from −100 to 100 ({responses} answers in 30 days).",
		csat: "{value} of our customers are satisfied ({responses} answers in 30 days).",
		ces: "Customers rate how easy we are {value} out of 7 ({responses} answers in 30 days).",
	},
} as const satisfies Strings;
