import type { Strings } from "./strings.ts";

export const lv = {
	direction: "ltr",
	question: {
		nps: "Cik ticams, ka jūs ieteiktu veikalu „{shop}” draugam vai kolēģim?",
		csat: "Cik lielā mērā jūs apmierina šodienas pasūtījums?",
		ces: "Veikalā „{shop}” man bija viegli veikt pasūtījumu.",
	},
	ends: {
		nps: ["Nemaz nav ticams", "Ļoti ticams"],
		csat: ["Pilnīgi neapmierina", "Pilnīgi apmierina"],
		ces: ["Pilnīgi nepiekrītu", "Pilnīgi piekrītu"],
	},
	levels: ["Neapmierina", "Neitrāli", "Apmierina"],
	reasons: "Kas visvairāk ietekmēja jūsu atbildi?",
	drivers: {
		quality: "Preču kvalitāte",
		price: "Cena",
		range: "Preču izvēle",
		information: "Informācija par precēm",
		checkout: "Pasūtījuma noformēšana",
		payment: "Apmaksas veidi",
		delivery: "Piegādes veidi",
		service: "Klientu apkalpošana",
		website: "Mājaslapa",
	},
	comment: "Vai vēlaties ko piebilst?",
	done: "Pabeigt",
	dismiss: "Nē, paldies",
	saved: "Paldies, jūsu atbilde ir saglabāta.",
	thanks: "Paldies par atbildi.",
	waiting: "Tā tiks nosūtīta, tiklīdz būs interneta savienojums.",
	refused: "Atvainojiet, jūsu atbildi neizdevās saglabāt.",
	answered: "Par šo pasūtījumu atbilde jau ir saņemta. Paldies.",
	closed: "Pašlaik jautājumu nav.",
	script: "Lai atbildētu, ieslēdziet JavaScript.",
	shared: {
		nps: "Klienti mūs vērtē ar {value} skalā no −100 līdz 100 (atbilžu skaits 30 dienās: {responses}).",
		csat: "Apmierināto klientu īpatsvars ir {value} (atbilžu skaits 30 dienās: {responses}).",
		ces: "Klienti pasūtīšanas vienkāršību vērtē ar {value} no 7 (atbilžu skaits 30 dienās: {responses}).",
	},
} as const satisfies Strings;
