import type { Strings } from "./strings.ts";

export const sk = {
	direction: "ltr",
	question: {
		nps: "Ako pravdepodobné je, že by ste odporučili obchod {shop} priateľovi alebo kolegovi?",
		csat: "Ako ste spokojní s dnešnou objednávkou?",
		ces: "Obchod {shop} mi uľahčil objednávanie.",
	},
	ends: {
		nps: ["Veľmi nepravdepodobné", "Veľmi pravdepodobné"],
		csat: ["Veľmi nespokojní", "Veľmi spokojní"],
		ces: ["Rozhodne nesúhlasím", "Rozhodne súhlasím"],
	},
	levels: ["Nespokojní", "Ani spokojní, ani nespokojní", "Spokojní"],
	reasons: "Čo najviac ovplyvnilo vašu odpoveď?",
	drivers: {
		quality: "Kvalita tovaru",
		price: "Cena",
		range: "Sortiment",
		information: "Informácie o tovare",
		checkout: "Dokončenie objednávky",
		payment: "Možnosti platby",
		delivery: "Možnosti doručenia",
		service: "Zákaznícky servis",
		website: "Webová stránka",
	},
	comment: "Chcete ešte niečo dodať?",
	done: "Hotovo",
	dismiss: "Nie, ďakujem",
	saved: "Ďakujeme, vaša odpoveď je uložená.",
	thanks: "Ďakujeme za odpoveď.",
	waiting: "Odošleme ju, hneď ako budete online.",
	refused: "Ľutujeme, vašu odpoveď sa nepodarilo uložiť.",
	answered: "K tejto objednávke už odpoveď máme. Ďakujeme.",
	closed: "Momentálne pre vás nemáme žiadnu otázku.",
	script: "Ak chcete odpovedať, zapnite JavaScript.",
	shared: {
		nps: "Zákazníci nám dávajú {value} na stupnici od −100 do 100 (počet odpovedí za 30 dní: {responses}).",
		csat: "{value} našich zákazníkov je spokojných (počet odpovedí za 30 dní: {responses}).",
		ces: "Za jednoduchosť nákupu nám zákazníci dávajú {value} zo 7 (počet odpovedí za 30 dní: {responses}).",
	},
} as const satisfies Strings;
