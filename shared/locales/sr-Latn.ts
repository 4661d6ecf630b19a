import type { Strings } from "./strings.ts";

export const srLatn = {
	direction: "ltr",
	question: {
		nps: "Koliko je verovatno da ćete prodavnicu {shop} preporučiti prijatelju ili kolegi?",
		csat: "Koliko ste zadovoljni današnjom porudžbinom?",
		ces: "Prodavnica {shop} mi je olakšala poručivanje.",
	},
	ends: {
		nps: ["Uopšte nije verovatno", "Veoma verovatno"],
		csat: ["Veoma nezadovoljni", "Veoma zadovoljni"],
		ces: ["Uopšte se ne slažem", "U potpunosti se slažem"],
	},
	levels: ["Nezadovoljni", "Ni zadovoljni ni nezadovoljni", "Zadovoljni"],
	reasons: "Šta je najviše uticalo na vaš odgovor?",
	drivers: {
		quality: "Kvalitet proizvoda",
		price: "Cena",
		range: "Izbor proizvoda",
		information: "Informacije o proizvodu",
		checkout: "Završetak kupovine",
		payment: "Načini plaćanja",
		delivery: "Načini isporuke",
		service: "Korisnička podrška",
		website: "Sajt",
	},
	comment: "Želite li nešto da dodate?",
	done: "Gotovo",
	dismiss: "Ne, hvala",
	saved: "Hvala, vaš odgovor je sačuvan.",
	thanks: "Hvala na odgovoru.",
	waiting: "Biće poslat čim se povežete na internet.",
	refused: "Nažalost, vaš odgovor nije sačuvan.",
	answered: "Već imamo odgovor za ovu porudžbinu. Hvala.",
	closed: "Trenutno nemamo pitanja za vas.",
	script: "Da biste odgovorili, uključite JavaScript.",
	shared: {
		nps: "Kupci nam daju ocenu {value} na skali od −100 do 100 (broj odgovora u poslednjih 30 dana: {responses}).",
		csat: "{value} naših kupaca je zadovoljno (broj odgovora u poslednjih 30 dana: {responses}).",
		ces: "Za lakoću poručivanja kupci nam daju ocenu {value} od 7 (broj odgovora u poslednjih 30 dana: {responses}).",
	},
} as const satisfies Strings;
