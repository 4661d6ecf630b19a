import type { Strings } from "./strings.ts";

export const ca = {
	direction: "ltr",
	question: {
		nps: "Quina probabilitat hi ha que recomanis {shop} a un amic o company de feina?",
		csat: "Quin és el teu grau de satisfacció amb la comanda d’avui?",
		ces: "{shop} m’ha facilitat fer la comanda.",
	},
	ends: {
		nps: ["Gens probable", "Extremadament probable"],
		csat: ["Satisfacció molt baixa", "Satisfacció molt alta"],
		ces: ["Totalment en desacord", "Totalment d’acord"],
	},
	levels: ["Satisfacció baixa", "Satisfacció mitjana", "Satisfacció alta"],
	reasons: "Què ha pesat més en la teva resposta?",
	drivers: {
		quality: "Qualitat dels productes",
		price: "Preu",
		range: "Varietat de productes",
		information: "Informació dels productes",
		checkout: "Procés de compra",
		payment: "Opcions de pagament",
		delivery: "Opcions de lliurament",
		service: "Atenció al client",
		website: "Lloc web",
	},
	comment: "Vols afegir-hi alguna cosa?",
	done: "Fet",
	dismiss: "No, gràcies",
	saved: "Gràcies, hem desat la teva resposta.",
	thanks: "Gràcies per la teva resposta.",
	waiting: "S’enviarà quan tinguis connexió.",
	refused: "Ho sentim, no hem pogut desar la teva resposta.",
	answered: "Ja hi ha una resposta per a aquesta comanda. Gràcies.",
	closed: "Ara mateix no hi ha cap pregunta per a tu.",
	script: "Activa el JavaScript per respondre.",
	shared: {
		nps: "La nostra clientela ens puntua amb un {value} en una escala de −100 a 100 (respostes en 30\u00a0dies: {responses}).",
		csat: "Un {value} de la nostra clientela està satisfeta (respostes en 30\u00a0dies: {responses}).",
		ces: "La nostra clientela puntua amb un {value} sobre 7 la facilitat de compra (respostes en 30\u00a0dies: {responses}).",
	},
} as const satisfies Strings;
