import type { Strings } from "./strings.ts";

export const ptPT = {
	direction: "ltr",
	question: {
		nps: "Qual é a probabilidade de recomendar a loja {shop} a um amigo ou colega?",
		csat: "Qual é o seu nível de satisfação com a encomenda de hoje?",
		ces: "A loja {shop} tornou fácil fazer a minha encomenda.",
	},
	ends: {
		nps: ["Nada provável", "Extremamente provável"],
		csat: ["Muito baixo", "Muito elevado"],
		ces: ["Discordo totalmente", "Concordo totalmente"],
	},
	levels: ["Baixo", "Médio", "Elevado"],
	reasons: "O que mais influenciou a sua resposta?",
	drivers: {
		quality: "Qualidade dos produtos",
		price: "Preço",
		range: "Gama de produtos",
		information: "Informação dos produtos",
		checkout: "Finalização da encomenda",
		payment: "Métodos de pagamento",
		delivery: "Opções de entrega",
		service: "Apoio ao cliente",
		website: "Website",
	},
	comment: "Quer acrescentar alguma coisa?",
	done: "Terminar",
	dismiss: "Agora não",
	saved: "Obrigado, a sua resposta foi guardada.",
	thanks: "Obrigado pela sua resposta.",
	waiting: "Será enviada assim que tiver ligação à Internet.",
	refused: "Lamentamos, mas não foi possível guardar a sua resposta.",
	answered: "Já recebemos uma resposta sobre esta encomenda. Obrigado.",
	closed: "De momento, não há perguntas para si.",
	script: "Ative o JavaScript para responder.",
	shared: {
		nps: "Os clientes avaliam-nos com {value} numa escala de −100 a 100 (respostas em 30 dias: {responses}).",
		csat: "{value} dos nossos clientes estão satisfeitos (respostas em 30 dias: {responses}).",
		ces: "Os clientes avaliam a facilidade de encomendar aqui com {value} em 7 (respostas em 30 dias: {responses}).",
	},
} as const satisfies Strings;
