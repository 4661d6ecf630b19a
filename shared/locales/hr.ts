import type { Strings } from "./strings.ts";

export const hr = {
	direction: "ltr",
	question: {
		nps: "Kolika je vjerojatnost da ćete prijatelju ili kolegi preporučiti trgovinu {shop}?",
		csat: "Koliko ste zadovoljni današnjom narudžbom?",
		ces: "Trgovina {shop} olakšala mi je naručivanje.",
	},
	ends: {
		nps: ["Nimalo vjerojatno", "Iznimno vjerojatno"],
		csat: ["Vrlo nezadovoljni", "Vrlo zadovoljni"],
		ces: ["Uopće se ne slažem", "U potpunosti se slažem"],
	},
	levels: ["Nezadovoljni", "Ni zadovoljni ni nezadovoljni", "Zadovoljni"],
	reasons: "Što je najviše utjecalo na vaš odgovor?",
	drivers: {
		quality: "Kvaliteta proizvoda",
		price: "Cijena",
		range: "Izbor proizvoda",
		information: "Informacije o proizvodima",
		checkout: "Dovršetak kupnje",
		payment: "Načini plaćanja",
		delivery: "Načini dostave",
		service: "Korisnička podrška",
		website: "Web-stranica",
	},
	comment: "Želite li još nešto dodati?",
	done: "Gotovo",
	dismiss: "Ne, hvala",
	saved: "Hvala, vaš je odgovor spremljen.",
	thanks: "Hvala na odgovoru.",
	waiting: "Poslat ćemo ga čim se povežete s internetom.",
	refused: "Nažalost, vaš odgovor nismo uspjeli spremiti.",
	answered: "Odgovor za ovu narudžbu već je zaprimljen. Hvala.",
	closed: "Trenutačno nema pitanja za vas.",
	script: "Uključite JavaScript kako biste odgovorili.",
	shared: {
		nps: "Kupci nam daju ocjenu {value} na ljestvici od −100 do 100 (broj odgovora u 30 dana: {responses}).",
		csat: "Udio zadovoljnih kupaca iznosi {value} (broj odgovora u 30 dana: {responses}).",
		ces: "Kupci nam za jednostavnost naručivanja daju ocjenu {value} od 7 (broj odgovora u 30 dana: {responses}).",
	},
} as const satisfies Strings;
