import type { Strings } from "./strings.ts";

export const et = {
	direction: "ltr",
	question: {
		nps: "Kui tõenäoliselt soovitaksite poodi {shop} sõbrale või kolleegile?",
		csat: "Kui rahul olete oma tänase tellimusega?",
		ces: "{shop} tegi mulle tellimise lihtsaks.",
	},
	ends: {
		nps: ["Üldse mitte tõenäoliselt", "Väga tõenäoliselt"],
		csat: ["Ei ole üldse rahul", "Väga rahul"],
		ces: ["Ei nõustu üldse", "Nõustun täielikult"],
	},
	levels: ["Ei ole rahul", "Nii ja naa", "Rahul"],
	reasons: "Mis mõjutas teie vastust kõige rohkem?",
	drivers: {
		quality: "Toodete kvaliteet",
		price: "Hind",
		range: "Tootevalik",
		information: "Tooteinfo",
		checkout: "Tellimuse vormistamine",
		payment: "Makseviisid",
		delivery: "Tarneviisid",
		service: "Klienditeenindus",
		website: "Veebisait",
	},
	comment: "Kas soovite midagi lisada?",
	done: "Valmis",
	dismiss: "Ei, aitäh",
	saved: "Aitäh, teie vastus on salvestatud.",
	thanks: "Aitäh vastuse eest.",
	waiting: "See saadetakse kohe, kui olete võrgus.",
	refused: "Kahjuks ei õnnestunud teie vastust salvestada.",
	answered: "Selle tellimuse kohta on vastus juba olemas. Aitäh.",
	closed: "Praegu ei ole meil teile küsimusi.",
	script: "Vastamiseks lülitage JavaScript sisse.",
	shared: {
		nps: "Klientide hinnang meile on {value} skaalal −100 kuni 100 (vastuseid 30\u00a0päeva jooksul: {responses}).",
		csat: "{value} meie klientidest on rahul (vastuseid 30\u00a0päeva jooksul: {responses}).",
		ces: "Klientide hinnang ostmise lihtsusele on {value} punkti 7-st (vastuseid 30\u00a0päeva jooksul: {responses}).",
	},
} as const satisfies Strings;
