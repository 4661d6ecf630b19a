import type { Strings } from "./strings.ts";

export const fr = {
	direction: "ltr",
	question: {
		nps: "Quelle est la probabilité que vous recommandiez {shop} à un ami ou à un collègue\u202F?",
		csat: "Quel est votre niveau de satisfaction concernant votre commande d’aujourd’hui\u202F?",
		ces: "{shop} m’a permis de passer ma commande facilement.",
	},
	ends: {
		nps: ["Pas du tout probable", "Extrêmement probable"],
		csat: ["Très insatisfaisant", "Très satisfaisant"],
		ces: ["Pas du tout d’accord", "Tout à fait d’accord"],
	},
	levels: ["Insatisfaisant", "Ni satisfaisant ni insatisfaisant", "Satisfaisant"],
	reasons: "Qu’est-ce qui a le plus compté dans votre réponse\u202F?",
	drivers: {
		quality: "Qualité des produits",
		price: "Prix",
		range: "Choix de produits",
		information: "Informations produit",
		checkout: "Passage de commande",
		payment: "Moyens de paiement",
		delivery: "Modes de livraison",
		service: "Service client",
		website: "Site web",
	},
	comment: "Souhaitez-vous ajouter quelque chose\u202F?",
	done: "Terminer",
	dismiss: "Non, merci",
	saved: "Merci, votre réponse est enregistrée.",
	thanks: "Merci pour votre réponse.",
	waiting: "Elle sera envoyée dès que vous serez en ligne.",
	refused: "Malheureusement, votre réponse n’a pas pu être enregistrée.",
	answered: "Une réponse a déjà été donnée pour cette commande. Merci.",
	closed: "Il n’y a pas de question pour vous en ce moment.",
	script: "Veuillez activer JavaScript pour répondre.",
	shared: {
		nps: "Notre clientèle nous attribue un score de {value} sur une échelle de −100 à 100 (réponses sur 30 jours\u202F: {responses}).",
		csat: "{value} de notre clientèle est satisfaite (réponses sur 30 jours\u202F: {responses}).",
		ces: "Notre clientèle donne à la facilité de commande la note de {value} sur 7 (réponses sur 30 jours\u202F: {responses}).",
	},
} as const satisfies Strings;
