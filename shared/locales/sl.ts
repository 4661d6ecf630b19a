import type { Strings } from "./strings.ts";

export const sl = {
	direction: "ltr",
	question: {
		nps: "Kako verjetno je, da bi trgovino {shop} priporočili prijatelju ali sodelavcu?",
		csat: "Kako zadovoljni ste z današnjim naročilom?",
		ces: "Trgovina {shop} mi je olajšala oddajo naročila.",
	},
	ends: {
		nps: ["Sploh ni verjetno", "Zelo verjetno"],
		csat: ["Zelo nezadovoljni", "Zelo zadovoljni"],
		ces: ["Sploh se ne strinjam", "Popolnoma se strinjam"],
	},
	levels: ["Nezadovoljni", "Niti zadovoljni niti nezadovoljni", "Zadovoljni"],
	reasons: "Kaj je najbolj vplivalo na vaš odgovor?",
	drivers: {
		quality: "Kakovost izdelkov",
		price: "Cena",
		range: "Izbira izdelkov",
		information: "Informacije o izdelkih",
		checkout: "Zaključek nakupa",
		payment: "Načini plačila",
		delivery: "Načini dostave",
		service: "Podpora strankam",
		website: "Spletna stran",
	},
	comment: "Želite še kaj dodati?",
	done: "Končaj",
	dismiss: "Ne, hvala",
	saved: "Hvala, vaš odgovor je shranjen.",
	thanks: "Hvala za odgovor.",
	waiting: "Poslan bo, takoj ko boste na spletu.",
	refused: "Vašega odgovora žal ni bilo mogoče shraniti.",
	answered: "Odgovor za to naročilo smo že prejeli. Hvala.",
	closed: "Trenutno za vas nimamo vprašanj.",
	script: "Če želite odgovoriti, omogočite JavaScript.",
	shared: {
		nps: "Stranke nam dajejo oceno {value} na lestvici od −100 do 100 (število odgovorov v 30 dneh: {responses}).",
		csat: "Zadovoljnih je {value} naših strank (število odgovorov v 30 dneh: {responses}).",
		ces: "Za enostavnost nakupa nam stranke dajejo oceno {value} od 7 (število odgovorov v 30 dneh: {responses}).",
	},
} as const satisfies Strings;
