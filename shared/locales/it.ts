import type { Strings } from "./strings.ts";

export const it = {
	direction: "ltr",
	question: {
		nps: "Con quale probabilità consiglieresti {shop} a un amico o collega?",
		csat: "Qual è il tuo livello di soddisfazione per l’ordine di oggi?",
		ces: "{shop} mi ha reso facile effettuare l’ordine.",
	},
	ends: {
		nps: ["Per niente probabile", "Estremamente probabile"],
		csat: ["Molto insoddisfacente", "Molto soddisfacente"],
		ces: ["Completamente in disaccordo", "Completamente d’accordo"],
	},
	levels: ["Insoddisfacente", "Né soddisfacente né insoddisfacente", "Soddisfacente"],
	reasons: "Cosa ha influito di più sulla tua risposta?",
	drivers: {
		quality: "Qualità dei prodotti",
		price: "Prezzo",
		range: "Scelta di prodotti",
		information: "Informazioni sui prodotti",
		checkout: "Procedura d’acquisto",
		payment: "Metodi di pagamento",
		delivery: "Opzioni di consegna",
		service: "Servizio clienti",
		website: "Sito web",
	},
	comment: "Vuoi aggiungere qualcosa?",
	done: "Fine",
	dismiss: "No, grazie",
	saved: "Grazie, la tua risposta è stata salvata.",
	thanks: "Grazie per la tua risposta.",
	waiting: "Verrà inviata appena sarai online.",
	refused: "Ci dispiace, non è stato possibile salvare la tua risposta.",
	answered: "Per questo ordine abbiamo già ricevuto una risposta. Grazie.",
	closed: "Al momento non ci sono domande per te.",
	script: "Attiva JavaScript per rispondere.",
	shared: {
		nps: "I nostri clienti ci danno un punteggio di {value} su una scala da −100 a 100 (risposte in 30 giorni: {responses}).",
		csat: "Percentuale di clienti soddisfatti: {value} (risposte in 30 giorni: {responses}).",
		ces: "I nostri clienti danno alla facilità d’acquisto un voto di {value} su 7 (risposte in 30 giorni: {responses}).",
	},
} as const satisfies Strings;
