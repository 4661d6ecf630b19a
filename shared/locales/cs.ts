import type { Strings } from "./strings.ts";

export const cs = {
	direction: "ltr",
	question: {
		nps: "Jak pravděpodobné je, že doporučíte obchod {shop} přátelům nebo kolegům?",
		csat: "Jak jste spokojeni s\u00a0dnešní objednávkou?",
		ces: "Obchod {shop} mi usnadnil objednání.",
	},
	ends: {
		nps: ["Zcela nepravděpodobné", "Velmi pravděpodobné"],
		csat: ["Velmi nespokojeni", "Velmi spokojeni"],
		ces: ["Rozhodně nesouhlasím", "Rozhodně souhlasím"],
	},
	levels: ["Nespokojeni", "Ani spokojeni, ani nespokojeni", "Spokojeni"],
	reasons: "Co vaši odpověď nejvíce ovlivnilo?",
	drivers: {
		quality: "Kvalita zboží",
		price: "Cena",
		range: "Výběr zboží",
		information: "Informace o\u00a0zboží",
		checkout: "Dokončení objednávky",
		payment: "Způsoby platby",
		delivery: "Způsoby doručení",
		service: "Zákaznický servis",
		website: "Web",
	},
	comment: "Chcete něco dodat?",
	done: "Hotovo",
	dismiss: "Ne, děkuji",
	saved: "Děkujeme, odpověď je uložena.",
	thanks: "Děkujeme za odpověď.",
	waiting: "Odešle se, jakmile budete online.",
	refused: "Odpověď se bohužel nepodařilo uložit.",
	answered: "K\u00a0této objednávce už odpověď máme. Děkujeme.",
	closed: "Momentálně pro vás nemáme žádnou otázku.",
	script: "Chcete-li odpovědět, zapněte prosím JavaScript.",
	shared: {
		nps: "Zákazníci nám dávají {value} na stupnici od −100 do 100 (počet odpovědí za 30\u00a0dní: {responses}).",
		csat: "Spokojených zákazníků máme {value} (počet odpovědí za 30\u00a0dní: {responses}).",
		ces: "Za snadnost nákupu nám zákazníci dávají {value} ze\u00a07 (počet odpovědí za 30\u00a0dní: {responses}).",
	},
} as const satisfies Strings;
